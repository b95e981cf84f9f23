package dev.ftj.scripts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.ftj.Endpoint;
import dev.ftj.internal.store.JobBook;
import dev.ftj.scripts.ToolProcess.Ended;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The completion scripts in the shells that they are for, with an ids file that means harm. */
@Tag("once")
class CompletionIT {
    private static final String DEFAULT_IDS = "https=++api.u1.archetypeai.app+v0.5.ids";

    private static final Duration LONG = Duration.ofSeconds(60);

    private static final Pattern HELP_COMMAND = Pattern.compile("(?m)^  ([a-z]+) .*$(?=[\\s\\S]*^Options:)");
    private static final Pattern HELP_OPTION = Pattern.compile("(?m)^  (?:-\\w, |    )(--[a-z-]+)");
    private static final Map<String, Set<String>> OPTIONS = new LinkedHashMap<>();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path scripts;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path dir;

    @BeforeAll
    static void printTheScripts() throws IOException {
        for (String shell : List.of("bash", "zsh", "fish")) {
            Files.writeString(scripts.resolve("ftj." + shell), ftj("completion " + shell));
        }
        OPTIONS.put("", longOptions(ftj("help")));
        List<String> commands = HELP_COMMAND
                .matcher(ftj("help"))
                .results()
                .map(line -> line.group(1))
                .toList();
        String pages = ftj(commands.stream().map("help "::concat).collect(Collectors.joining("\n")));
        for (String page : pages.split("(?m)^(?=ftj [a-z]+: )")) {
            OPTIONS.put(page.substring("ftj ".length(), page.indexOf(':')), longOptions(page));
        }
        assertThat(OPTIONS.keySet()).containsAll(commands).contains("watch", "completion");
    }

    /** What lines on stdin print. */
    private static String ftj(String lines) {
        String jar = Places.LAYOUT.resolve("lib/ftj.jar").toString();
        Ended ended = new ToolProcess(
                        scripts,
                        "sh",
                        "-c",
                        "printf '%s\\n' \"$2\" | \"$0\" -jar \"$1\"",
                        Places.JAVA_HOME.resolve("bin/java").toString(),
                        jar,
                        lines)
                .with("FTJ_HOME", scripts.resolve("home"))
                .run();
        assertThat(ended.err()).isEmpty();
        return ended.out();
    }

    private static Set<String> longOptions(String page) {
        return HELP_OPTION.matcher(page).results().map(line -> line.group(1)).collect(Collectors.toSet());
    }

    private String home = "";
    private String userHome = "";

    @BeforeEach
    void writeIds() throws IOException {
        home = dir.resolve("home").toString();
        userHome = dir.toString();
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
                it's "two" & \u2603
                user@host
                -e
                """);
        Files.writeString(data.resolve(DEFAULT_IDS.replace(".ids", ".files")), """
                train.jsonl
                $(touch x)
                """);
        // as ftj itself leaves it: scripts and book must find the same name for an endpoint
        JobBook.open(data, "http://127.0.0.1:8080/a+b=c%20d/v0.5").save("ftj-local", null, null, Instant.EPOCH);
        JobBook.open(data, Endpoint.of("HTTP://LOCALHOST:80/Upper").toString())
                .save("ftj-upper", null, null, Instant.EPOCH);
        JobBook.open(data, "http://127.0.0.1:8080/a/v0.6").save("ftj_newer", null, null, Instant.EPOCH);
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
        assertThat(bash("ftj", "completion", "")).containsExactly("bash", "zsh", "fish", "powershell");
        assertThat(bash("ftj", "save", "--n")).containsExactly("--note");
        assertThat(bash("ftj", "get", "--endpoint", "")).isEmpty();
        assertThat(bash("ftj", "nonsense", "")).isEmpty();
        assertThat(bash("ftj", "list", "--status", "r")).containsExactly("REGISTERED", "RUNNING");
        assertThat(bash("ftj", "list", "-o", "c")).containsExactly("csv");
        assertThat(bash("ftj", "get", "-o", "c")).isEmpty();
        assertThat(bash("ftj", "list", "--sort", "-c")).containsExactly("-created");
        assertThat(bash("ftj", "create", "--like", "ftj-t")).containsExactly("ftj-two.2");
        assertThat(bash("ftj", "create", "--like", "=@", "b")).containsExactly("@best");
        assertThat(bash("ftj", "create", "--from", "home/d")).containsExactly("home/data");
        assertThat(bash("ftj", "create", "--from", "=", "home/d")).containsExactly("home/data");
        assertThat(bash("ftj", "help", "wa")).containsExactly("watch", "wait");
        assertThat(bash("ftj", "get", "--", "-")).containsExactly("-e");
    }

    /** Bash 3.2 cuts the words as the shell does, and replaces what follows the last separator nevertheless. */
    @Test
    void bashOffersTheSameWhereAWordComesWhole() {
        assertThat(bash("ftj", "get", "--output=y")).containsExactly("yaml");
        assertThat(bash("ftj", "get", "--output=")).containsExactly("text", "json", "jsonl", "yaml");
        assertThat(bash("ftj", "list", "--model=Newton::c2_4_7")).containsExactly("c2_4_7b_251215a172f6d7");
        assertThat(bash("ftj", "--output=json", "get", "ftj-t")).containsExactly("ftj-two.2");
    }

    @Test
    void bashGoesOnBehindTheColonsWhereItBreaksAWord() {
        assertThat(bash("ftj", "list", "--model", "N")).allMatch(model -> model.startsWith("Newton::"));
        assertThat(bash("ftj", "list", "--model", "Newton", "::", "c2_4_7")).containsExactly("c2_4_7b_251215a172f6d7");
        assertThat(bash("ftj", "list", "--model", "=", "Newton", "::"))
                .hasSize(2)
                .allMatch(rest -> rest.startsWith("c2"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bash", "zsh", "fish"})
    void everyCommandAndEveryOptionOfHelpIsOfferedAndNoOther(String shell) {
        assumeThat(installed(shell)).isTrue();

        Set<String> atThePromptOnly = Set.of("login", "logout", "clear", "exit", "quit");
        Set<String> commands = new TreeSet<>(OPTIONS.keySet());
        commands.remove("");
        assertThat(commands).containsAll(atThePromptOnly);
        commands.removeAll(atThePromptOnly);
        assertThat(offered(shell, "ftj", "")).containsExactlyInAnyOrderElementsOf(commands);
        assertThat(offered(shell, "ftj", "help", "")).containsExactlyInAnyOrderElementsOf(commands);
        OPTIONS.forEach((command, options) -> {
            if (atThePromptOnly.contains(command)) {
                return;
            }
            String[] words = command.isEmpty() ? new String[] {"ftj", "--"} : new String[] {"ftj", command, "--"};
            assertThat(offered(shell, words)).as(command).containsExactlyInAnyOrderElementsOf(options);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"bash", "zsh", "fish"})
    void valuesAreThoseOfTheOptionOfTheCommand(String shell) {
        assumeThat(installed(shell)).isTrue();

        assertThat(offered(shell, "ftj", "list", "-o", "")).containsOnly("text", "json", "jsonl", "yaml", "csv");
        assertThat(offered(shell, "ftj", "watch", "-o", "")).containsOnly("text", "json", "jsonl", "yaml");
        assertThat(offered(shell, "ftj", "watch", "--until", "")).hasSize(10).contains("RUNNING", "COMPLETED");
        assertThat(offered(shell, "ftj", "sandbox", "--weather", "")).containsOnly("calm", "stormy");
        assertThat(offered(shell, "ftj", "completion", "")).containsOnly("bash", "zsh", "fish", "powershell");
        assertThat(offered(shell, "ftj", "create", "--model", "")).hasSize(2);
        assertThat(offered(shell, "ftj", "-o", "json", "stop", "ftj-t")).containsOnly("ftj-two.2");
        assertThat(offered(shell, "ftj", "create", "--like", "@b")).containsOnly("@best");
        assertThat(offered(shell, "ftj", "create", "--train", "tr")).containsOnly("train.jsonl");
        assertThat(offered(shell, "ftj", "files", "tr")).contains("train.jsonl");
        assertThat(offered(shell, "ftj", "check", "--train", "tr")).doesNotContain("train.jsonl");
        assertThat(offered(shell, "ftj", "create", "--name", "")).isEmpty();
        assertThat(offered(shell, "ftj", "node", "")).isEmpty();
        assertThat(offered(shell, "ftj", "create", "--from", "home/d"))
                .singleElement()
                .asString()
                .startsWith("home/data");
    }

    @Test
    void bashOffersEveryIdQuotedExceptThoseThatActOnTheTerminal() {
        assertThat(bash("ftj", "get", ""))
                .containsOnly(
                        "@last",
                        "ftj-one",
                        "ftj-two.2",
                        "@best",
                        "\\$\\(touch\\ x\\)",
                        "\\`touch\\ x\\`",
                        "ftj-\\$\\(touch\\ x\\)",
                        "ftj-\\;touch\\ x",
                        "it\\'s\\ \\\"two\\\"\\ \\&\\ \u2603",
                        "user@host",
                        "-e");
        assertThat(bash("ftj", "get", "$")).containsExactly("\\$\\(touch\\ x\\)");
        assertThat(bash("ftj", "get", "`")).containsExactly("\\`touch\\ x\\`");
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
        "http://127.0.0.1:8080/a/v0.6, ftj_newer",
        "http://127.0.0.1:8080/a/v0.6/, ftj_newer",
        "' HTTPS://API.u1.archetypeai.APP/v0.5/ ', ftj-one",
        "https://api.u1.archetypeai.app:443, ftj-one",
        "'\t ', ftj-one",
        "HTTP://127.0.0.1:8080/a+b=c%20d, ftj-local",
        "HTTP://LOCALHOST:80/Upper/v0.5/, ftj-upper",
        "http://localhost/Upper, ftj-upper",
        "https://elsewhere.example, @last"
    })
    void everyShellReadsTheIdsOfItsEndpoint(String endpoint, String expected) {
        assertThat(bash(endpoint, List.of("ftj", "get", ""))).contains(expected);
        if (installed("zsh")) {
            assertThat(zsh(endpoint, List.of("ftj", "get", ""))).contains(expected);
        }
        if (installed("fish")) {
            assertThat(fish(endpoint, "ftj get ")).contains(expected);
        }
    }

    @Test
    void zshOffersEveryIdExceptThoseThatActOnTheTerminal() {
        assumeThat(installed("zsh")).isTrue();

        assertThat(zsh("", List.of("ftj", "get", "")))
                .containsOnly(
                        "@last",
                        "ftj-one",
                        "ftj-two.2",
                        "@best",
                        "$(touch x)",
                        "`touch x`",
                        "ftj-$(touch x)",
                        "ftj-;touch x",
                        "it's \"two\" & \u2603",
                        "user@host",
                        "-e");
    }

    @Test
    void fishOffersWhatFits() {
        assumeThat(installed("fish")).isTrue();

        assertThat(fish("", "ftj get ftj-")).containsOnly("ftj-one", "ftj-two.2", "ftj-$(touch x)", "ftj-;touch x");
        assertThat(fish("", "ftj get ftj-one @b")).containsOnly("@best");
        assertThat(fish("", "ftj get --output=js")).containsOnly("--output=json", "--output=jsonl");
        assertThat(fish("", "ftj completion ")).contains("bash", "zsh", "fish", "powershell");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create --from ~/a",
                "create --from $HOME/a",
                "create --from 'a fol",
                "create --from \"a fol",
                "create --from a\\ fol",
                "create --from=a"
            })
    void fishCompletesFilesAsItDoesForCat(String line) throws IOException {
        assumeThat(installed("fish")).isTrue();
        Files.createDirectory(dir.resolve("a folder"));

        assertThat(fish("", "ftj " + line))
                .containsExactlyElementsOf(fish(
                        "", line.startsWith("create --from=") ? "cat --from=a" : line.replace("create --from", "cat")))
                .singleElement()
                .asString()
                .endsWith("a folder/");
    }

    @Test
    void fishOffersIdsAndValuesInQuotes() {
        assumeThat(installed("fish")).isTrue();

        assertThat(fish("", "ftj get \"ftj-t")).containsOnly("ftj-two.2");
        assertThat(fish("", "ftj get 'ftj-t")).containsOnly("ftj-two.2");
        assertThat(fish("", "ftj 'get' -o \"y")).containsOnly("yaml");
        assertThat(fish("", "ftj get \"--outp")).containsOnly("--output");
    }

    @Test
    void bashOffersIdsAndValuesInQuotes() {
        assertThat(bash("ftj", "get", "\"ftj-t")).containsExactly("ftj-two.2");
        assertThat(bash("ftj", "'get'", "'ftj-t")).containsExactly("ftj-two.2");
        assertThat(bash("ftj", "get", "ftj\\-t")).containsExactly("ftj-two.2");
        assertThat(bash("ftj", "get", "\"@b")).containsExactly("@best");
        assertThat(bash("ftj", "get", "-o", "\"y")).containsExactly("yaml");
        assertThat(bash("ftj", "get", "--output", "=", "'y")).containsExactly("yaml");
        assertThat(bash("ftj", "get", "\"--output=y")).containsExactly("--output=yaml");
        assertThat(bash("ftj", "list", "--model", "\"Newton::c2_4_7"))
                .containsExactly("Newton::c2_4_7b_251215a172f6d7");
        assertThat(bash("ftj", "get", "\"$(")).isEmpty();
    }

    /** Typed at a terminal, where a function in the place of ftj shows the words that the shell makes of the line. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '%',
            value = {
                "create --from ~/a | <create><--from>HOME/a folder/>",
                "create --from $HOME/a | <create><--from>HOME/a folder/>",
                "create --from a\\ fol | <create><--from><a folder/>",
                "create --from=a | <create><--from=a folder/>",
                "get \"ftj-t | <get><ftj-two.2>",
                "get 'ftj-t | <get><ftj-two.2>",
                "get --output=\"y | <get><--output=yaml>",
                "list --model 'Newton::c2_4_7 | <list><--model><Newton::c2_4_7b_251215a172f6d7>"
            })
    void bashCompletesAtATerminal(String line, String words) throws Exception {
        Files.createDirectory(dir.resolve("a folder"));
        completesAtATerminal("bash", line, words.replace(">HOME", "><" + dir));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bash", "zsh", "fish"})
    void anIdIsQuotedAtATerminalAsTheShellNeedsIt(String shell) throws Exception {
        assumeThat(installed(shell)).isTrue();
        completesAtATerminal(shell, "get it", "<get><it's \"two\" & \u2603>");
        completesAtATerminal(shell, "get \\$", "<get><$(touch x)>");
        completesAtATerminal(shell, "get user@h", "<get><user@host>");
    }

    private void completesAtATerminal(String shell, String line, String shown) throws Exception {
        assumeThat(Files.isExecutable(Path.of("/usr/bin/script")))
                .as("script(1)")
                .isTrue();
        String start = switch (shell) {
            case "bash" -> "bash --norc --noprofile";
            case "zsh" -> "zsh -f";
            default -> "fish --no-config";
        };
        String function = shell.equals("fish")
                ? "function ftj; printf '<%s>' $argv; echo; end"
                : "ftj() { printf '<%s>' \"$@\"; echo; }";
        String before = shell.equals("zsh") ? "autoload -U compinit; compinit -u -D; " : "";
        Path screen = dir.resolve("screen");
        ProcessBuilder builder = new ProcessBuilder(ToolProcess.interruptible("script", "-qefc", start, "/dev/null"))
                .directory(dir.toFile())
                .redirectErrorStream(true)
                .redirectOutput(screen.toFile());
        builder.environment()
                .putAll(Map.of(
                        "HOME", dir.toString(), "FTJ_HOME", home, "TERM", "dumb", "PS1", "> ", "LC_ALL", "C.UTF-8"));
        builder.environment().remove("ATAI_API_ENDPOINT");
        Process terminal = ToolProcess.killedAtTheEnd(builder.start());
        try {
            var keyboard = terminal.outputWriter(StandardCharsets.UTF_8);
            keyboard.write(before + "source " + script(shell) + "; " + function + "; echo rea''dy\r");
            keyboard.flush();
            await().atMost(LONG).until(() -> Files.readString(screen).contains("ready"));
            keyboard.write("ftj " + line + "\t\r");
            keyboard.flush();
            await(shown).atMost(LONG).until(() -> Files.readString(screen).contains(shown));
        } finally {
            terminal.descendants().forEach(ProcessHandle::destroyForcibly);
            terminal.destroyForcibly();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bash", "zsh", "fish"})
    void withoutAnAbsoluteHomeDirectoryNoIdsAreRead(String shell) throws IOException {
        assumeThat(installed(shell)).isTrue();
        Files.createDirectories(dir.resolve("relative/.local/share/ftj"));
        Files.copy(
                dir.resolve("home/data").resolve(DEFAULT_IDS),
                dir.resolve("relative/.local/share/ftj").resolve(DEFAULT_IDS));
        Files.createDirectories(dir.resolve("relative/data"));
        Files.copy(
                dir.resolve("home/data").resolve(DEFAULT_IDS),
                dir.resolve("relative/data").resolve(DEFAULT_IDS));

        home = "relative";
        assertThat(offered(shell, "ftj", "get", "")).containsOnly("@last");
        home = "";
        userHome = "relative";
        assertThat(offered(shell, "ftj", "get", "")).containsOnly("@last");
    }

    private List<String> offered(String shell, String... words) {
        return switch (shell) {
            case "bash" -> bash(words);
            case "zsh" -> zsh("", List.of(words));
            default -> fish("", String.join(" ", words));
        };
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

    /** The completion system's own part, which is to be had in a line editor alone, is played: filter, and print. */
    private List<String> zsh(String endpoint, List<String> words) {
        String script = """
                compdef() { }
                compadd() { print -rl -- "${(@M)${(@P)@[-1]}:#${(b)PREFIX}*}" | sed '/^$/d' }
                compset() { PREFIX=${PREFIX#*=} }
                _files() { print -rl -- $PREFIX*(N) | sed '/^$/d' }
                source "$1"; shift
                words=("$@") CURRENT=$# PREFIX=$@[-1]
                _ftj
                true
                """;
        return offered(endpoint, concat(List.of("zsh", "-f", "-c", script, "zsh", script("zsh")), words));
    }

    private List<String> fish(String endpoint, String line) {
        String script = "source $argv[1]; complete -C $argv[2] | string replace -r '\\t.*' ''";
        return offered(endpoint, List.of("fish", "--no-config", "-c", script, script("fish"), line));
    }

    private List<String> offered(String endpoint, List<String> command) {
        Ended ended = new ToolProcess(dir, command.toArray(String[]::new))
                .with("FTJ_HOME", home)
                .with("ATAI_API_ENDPOINT", endpoint)
                .with("HOME", userHome)
                .run();
        assertThat(ended.err()).isEmpty();
        return ended.out().lines().toList();
    }

    private static String script(String shell) {
        return scripts.resolve("ftj." + shell).toString();
    }

    private static boolean installed(String shell) {
        return new ToolProcess(Path.of("/"), "sh", "-c", "command -v " + shell)
                        .run()
                        .code()
                == 0;
    }

    private static List<String> concat(List<String> some, List<String> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }
}
