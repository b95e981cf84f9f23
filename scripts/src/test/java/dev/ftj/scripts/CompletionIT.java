package dev.ftj.scripts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.ftj.book.JobBook;
import dev.ftj.scripts.Program.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The completion scripts in the shells that they are for, with an ids file that means harm. */
class CompletionIT {
    private static final String DEFAULT_IDS = "https=++api.u1.archetypeai.app+v0.5.ids";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path dir;

    @BeforeEach
    void writeIds() throws IOException {
        Path data = Files.createDirectories(dir.resolve("home/data"));
        Files.writeString(data.resolve(DEFAULT_IDS), """
                ftj-one
                ftj-two.2
                @best
                $(touch x)
                `touch x`
                ftj-$(touch x)
                ftj-;touch x
                ftj-one
                ftj-\u001b[31m
                -e
                """);
        // as ftj itself leaves it: scripts and book must find the same name for an endpoint
        JobBook.open(data, "http://127.0.0.1:8080/a+b=c%20d/v0.5").save("ftj-local", null, null, Instant.EPOCH);
    }

    @AfterEach
    void nothingOfTheFileWasEverRun() {
        assertThat(dir.resolve("x")).doesNotExist();
    }

    @Test
    void bashOffersWhatFits() {
        assertThat(bash("ftj", "g")).containsExactly("get");
        assertThat(bash("ftj", "get", "ftj-t")).containsExactly("ftj-two.2");
        assertThat(bash("ftj", "get", "ftj-one", "ftj-t")).containsExactly("ftj-two.2");
        assertThat(bash("ftj", "-o", "json", "get", "ftj-t")).containsExactly("ftj-two.2");
        assertThat(bash("ftj", "get", "@", "b")).containsExactly("@best");
        assertThat(bash("ftj", "get", "@b")).containsExactly("@best");
        assertThat(bash("ftj", "get", "-o", "")).containsExactly("text", "json", "jsonl", "yaml");
        assertThat(bash("ftj", "get", "--output", "=", "y")).containsExactly("yaml");
        assertThat(bash("ftj", "get", "--output", "=")).containsExactly("text", "json", "jsonl", "yaml");
        assertThat(bash("ftj", "completion", "")).containsExactly("bash", "zsh", "fish");
        assertThat(bash("ftj", "save", "--n")).containsExactly("--note");
        assertThat(bash("ftj", "get", "--field", "")).isEmpty();
    }

    @Test
    void bashOffersEveryPlainIdAndNoOther() {
        assertThat(bash("ftj", "get", "")).containsOnly("@last", "ftj-one", "ftj-two.2", "@best", "-e");
        assertThat(bash("ftj", "get", "$")).isEmpty();
        assertThat(bash("ftj", "get", "`")).isEmpty();
    }

    @Test
    void bashTakesNoGlobInAWordForAPattern() {
        assertThat(bash("ftj", "get", "*")).isEmpty();
        assertThat(bash("ftj", "get", "[f]tj")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "https://api.u1.archetypeai.app, ftj-one",
        "https://api.u1.archetypeai.app/v0.5//, ftj-one",
        "http://127.0.0.1:8080/a+b=c%20d/, ftj-local",
        "https://elsewhere.example, @last"
    })
    void everyShellReadsTheIdsOfItsEndpoint(String endpoint, String expected) {
        assertThat(bash(endpoint, List.of("ftj", "get", ""))).contains(expected);
        if (installed("zsh")) {
            assertThat(zsh(endpoint)).contains(expected);
        }
        if (installed("fish")) {
            assertThat(fish(endpoint, "ftj get ")).contains(expected);
        }
    }

    @Test
    void zshOffersPlainIdsAlone() {
        assumeThat(installed("zsh")).isTrue();

        assertThat(zsh("")).containsOnly("@last", "ftj-one", "ftj-two.2", "@best", "-e");
    }

    @Test
    void fishOffersWhatFits() {
        assumeThat(installed("fish")).isTrue();

        assertThat(fish("", "ftj get ftj-")).containsOnly("ftj-one", "ftj-two.2");
        assertThat(fish("", "ftj get ftj-one @b")).containsOnly("@best");
        assertThat(fish("", "ftj get --output=js")).containsOnly("--output=json", "--output=jsonl");
        assertThat(fish("", "ftj completion ")).contains("bash", "zsh", "fish");
    }

    private List<String> bash(String... words) {
        return bash("", List.of(words));
    }

    private List<String> bash(String endpoint, List<String> words) {
        String script = """
                source "$1"; shift
                COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
                _ftj
                [ ${#COMPREPLY[@]} -eq 0 ] || printf '%s\\n' "${COMPREPLY[@]}"
                """;
        return offered(endpoint, concat(List.of("bash", "--norc", "-c", script, "bash", script("bash")), words));
    }

    private List<String> zsh(String endpoint) {
        String script = """
                compdef() { }
                compadd() { shift; print -rl -- "${(@P)1}" }
                source "$1"
                _ftj_jobs
                """;
        return offered(endpoint, List.of("zsh", "-f", "-c", script, "zsh", script("zsh")));
    }

    private List<String> fish(String endpoint, String line) {
        String script = "source $argv[1]; complete -C $argv[2] | string replace -r '\\t.*' ''";
        return offered(endpoint, List.of("fish", "--no-config", "-c", script, script("fish"), line));
    }

    private List<String> offered(String endpoint, List<String> command) {
        Ended ended = new Program(dir, command.toArray(String[]::new))
                .with("FTJ_HOME", dir.resolve("home"))
                .with("ATAI_API_ENDPOINT", endpoint)
                .with("HOME", dir)
                .run();
        assertThat(ended.err()).isEmpty();
        return ended.out().lines().toList();
    }

    private static String script(String shell) {
        return Places.COMPLETION.resolve("ftj." + shell).toString();
    }

    private static boolean installed(String shell) {
        return new Program(Path.of("/"), "sh", "-c", "command -v " + shell)
                        .run()
                        .code()
                == 0;
    }

    private static List<String> concat(List<String> some, List<String> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }
}
