package dev.ftj.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.ftj.FineTuneJob;
import dev.ftj.JobStatus;
import dev.ftj.shell.args.CommandLine;
import dev.ftj.shell.args.CommandSpec;
import dev.ftj.shell.args.Commands;
import dev.ftj.shell.args.Help;
import dev.ftj.shell.args.HelpData;
import dev.ftj.shell.args.ManualPages;
import dev.ftj.shell.args.Option;
import dev.ftj.shell.completion.CompletionScript;
import dev.ftj.shell.session.Session;
import dev.ftj.shell.session.Stdin;
import dev.ftj.shell.view.Console;
import dev.ftj.shell.view.Console.Terminals;
import dev.ftj.shell.view.NextStep;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jline.reader.Candidate;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.terminal.impl.DumbTerminal;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The program's own table of commands, and that help, hints, prompt and completion scripts all go by it. */
class CommandTableTest {
    private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\\\n]|\\\\.)*)\"");
    private static final Pattern OPTION = Pattern.compile("(?<![\\w-])--([a-z][a-z-]+)");
    private static final Pattern COMMAND = Pattern.compile("(?:^Type |See `|`ftj |: ftj )([a-z]+)(?:$|`| [A-Z-])");
    private static final Pattern COMMAND_LINE = Pattern.compile("(?:^|[ `])([a-z]+)((?: [A-Z]+)? --[^;,.`(]+)");

    @TempDir
    Path home;

    private Session session;
    private Commands commands;

    @BeforeEach
    void make() {
        Map<String, String> environment = Map.of("FTJ_HOME", home.toString());
        Console console = new Console(
                OutputStream.nullOutputStream(), OutputStream.nullOutputStream(), Terminals.of("io"), environment);
        session = new Session(environment, console, new Stdin(InputStream.nullInputStream()));
        session.open(CommandLine.EMPTY, true);
        commands = new CommandTable(session, console).commands();
    }

    @AfterEach
    void close() {
        session.close();
    }

    @Test
    void everyOptionOfEveryCommandHasALineInItsHelp() {
        Help help = new Help(commands);
        for (CommandSpec spec : commands.all()) {
            String page = help.page(spec.name(), 80);
            assertThat(page).as(spec.name()).contains("\nExit codes:\n");
            for (Option option : commands.options(spec)) {
                assertThat(page).as(spec.name()).containsPattern("(?m)^ +(-\\w, )?" + option.spelling() + "( |$)");
                for (String choice : spec.choices(option)) {
                    assertThat(page.replaceAll("\\s+", " "))
                            .as(spec.name() + " " + option.spelling())
                            .containsPattern("[:,] " + choice + "\\b");
                }
            }
        }
    }

    @Test
    void everyOptionBelongsToACommandOrWorksAlone() {
        for (Option option : Option.values()) {
            assertThat(Stream.concat(commands.options(null).stream(), allTaken()))
                    .contains(option);
        }
    }

    private Stream<Option> allTaken() {
        return commands.all().stream().flatMap(spec -> commands.options(spec).stream());
    }

    @Test
    void everyExampleIsALineThatTheParserTakes() {
        for (CommandSpec spec : commands.all()) {
            for (CommandSpec.Row example : spec.examples()) {
                String line = example.term().replaceFirst(" > .*", "");
                assertThatCode(() -> commands.parse(line)).as(line).doesNotThrowAnyException();
                assertThat(commands.parse(line).command()).isEqualTo(spec.name());
            }
        }
    }

    @Test
    void everyNextStepIsALineThatTheParserTakes() {
        CommandLine elsewhere =
                commands.parse(List.of("get", "ftj-1", "--endpoint=https://x.example", "--api-key-file=a b"));
        List<@Nullable String> lines = new ArrayList<>();
        for (JobStatus status : JobStatus.documented()) {
            FineTuneJob job = FineTuneJob.fromJson("{\"id\": \"ftj-1\", \"status\": \"" + status.value() + "\"}");
            lines.add(NextStep.after(job, command -> session.typed(session.options(), command)));
            lines.add(NextStep.after(job, command -> session.typed(elsewhere, command)));
        }
        lines.removeIf(Objects::isNull);
        assertThat(lines)
                .contains("next: watch ftj-1", "next: watch --endpoint https://x.example --api-key-file 'a b' ftj-1");
        for (String line : lines) {
            String typed = line.replaceFirst("^next: (ftj )?", "");
            assertThatCode(() -> commands.parse(typed)).as(typed).doesNotThrowAnyException();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"../core/src/main/java", "src/main/java"})
    void noMessageNamesAnOptionOrACommandThatIsNone(String sources) throws IOException {
        List<String> literals = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Path.of(sources))) {
            for (Path file :
                    files.filter(one -> one.toString().endsWith(".java")).toList()) {
                literals.addAll(literals(Files.readString(file)));
            }
        }

        assertThat(literals.stream().flatMap(literal -> found(OPTION, literal)))
                .isNotEmpty()
                .allMatch(name -> Option.ofLongName(name) != null);
        assertThat(literals.stream().flatMap(literal -> found(COMMAND, literal)))
                .isNotEmpty()
                .allMatch(name -> commands.find(name) != null);
        for (String literal : literals) {
            COMMAND_LINE.matcher(literal).results().forEach(this::takesItsOptions);
        }
    }

    /** A word before an option is a command, or a word of the sentence. */
    private void takesItsOptions(MatchResult line) {
        CommandSpec spec = commands.find(line.group(1));
        if (spec != null) {
            assertThat(found(OPTION, line.group(2)))
                    .as(line.group())
                    .allMatch(name -> commands.options(spec).contains(Option.ofLongName(name)));
        }
    }

    private static List<String> literals(String source) {
        return found(LITERAL, source.replaceAll("(?m)^\\s*(\\*|//|/\\*\\*).*$", ""))
                .toList();
    }

    private static Stream<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map((MatchResult match) -> match.group(1));
    }

    @Test
    void thePromptOffersTheOptionsOfACommandTheirChoicesAndNoOther() {
        assertThat(values("-")).isEqualTo(spellings(null));
        assertThat(values("")).isEqualTo(commands.names());
        for (CommandSpec spec : commands.all()) {
            assertThat(values(spec.name() + " -")).isEqualTo(spellings(spec));
            for (Option option : commands.options(spec)) {
                if (!spec.choices(option).isEmpty()) {
                    assertThat(values(spec.name() + " " + option.spelling() + " "))
                            .isEqualTo(spec.choices(option));
                }
            }
        }
    }

    @Test
    void thePromptOffersWhatIsKnownOfOptionsThatTakeAnyText() throws IOException {
        Path directory = Files.createDirectory(home.resolve("some"));
        Files.createFile(directory.resolve("file.json"));
        List<String> statuses =
                JobStatus.documented().stream().map(JobStatus::value).toList();

        assertThat(values("list --status ")).isEqualTo(statuses);
        assertThat(values("watch --until ")).isEqualTo(statuses);
        assertThat(values("list --status=")).allMatch(value -> value.startsWith("--status="));
        assertThat(values("create --model "))
                .containsExactly("Newton::c2_4_7b_251215a172f6d7", "Newton::c2_4_3b_251215dfe6a746");
        assertThat(values("get --field ")).contains("inference_config_path", "config.model");
        for (String option : List.of(
                "get --api-key-file", "create --from", "metrics --svg", "metrics --html", "list --api-key-file")) {
            assertThat(values(option + " " + directory + "/f")).containsExactly(directory + "/file.json");
            String spelling = option.substring(option.indexOf('-'));
            assertThat(values(option + "=" + directory + "/f"))
                    .containsExactly(spelling + "=" + directory + "/file.json");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bash", "zsh", "fish", "powershell"})
    void aCompletionScriptHoldsARowForEveryCommandAndOptionThatIsOfUseAndNoOther(String shell) throws IOException {
        String script = CompletionScript.of(shell, commands);
        List<CommandSpec> promptOnly =
                commands.all().stream().filter(CommandSpec::promptOnly).toList();
        assertThat(promptOnly)
                .extracting(CommandSpec::name)
                .containsExactlyInAnyOrder("login", "logout", "clear", "exit", "quit");
        List<CommandSpec> offered = new ArrayList<>(commands.all());
        offered.removeAll(promptOnly);
        List<String> expected = new ArrayList<>(spellings(null));
        for (CommandSpec spec : offered) {
            expected.add(spec.name());
            spellings(spec).forEach(option -> expected.add(spec.name() + " " + option));
        }

        List<String> rows = new ArrayList<>();
        for (String row : table(script)) {
            String[] fields = row.split("\\|", 5);
            assertThat(fields).hasSize(5).doesNotContainNull();
            if (fields[1].startsWith("--") || fields[2].equals("command")) {
                rows.add((fields[0] + " " + fields[1]).strip());
            }
        }
        assertThat(rows).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(script).doesNotContain("@TABLE@", "@VALUED@").contains(" --until ");
    }

    private static List<String> table(String script) {
        int from = script.indexOf("|get|");
        // the closing quote is followed by no other, unlike one of the table; PowerShell's here-string ends in a line
        // of its own
        Matcher end = Pattern.compile("'(?=\n| 2>)|\n'@").matcher(script);
        int to = end.find(from) ? end.start() : script.length();
        return script.substring(from, to).replace("'\\''", "'").lines().toList();
    }

    private List<String> spellings(@Nullable CommandSpec spec) {
        return commands.options(spec).stream().map(Option::spelling).toList();
    }

    private List<String> values(String line) {
        List<Candidate> candidates = new ArrayList<>();
        try (DumbTerminal terminal = new DumbTerminal(InputStream.nullInputStream(), OutputStream.nullOutputStream())) {
            LineReader reader = LineReaderBuilder.builder().terminal(terminal).build();
            new PromptCompleter(commands, session).complete(reader, PromptLine.of(line, line.length()), candidates);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return candidates.stream().map(Candidate::value).toList();
    }

    @Test
    void helpSpeaksOfItsOwnCommandOnly() throws IOException {
        Help help = new Help(commands);

        assertThat(help.page("upload", 200))
                .containsPattern("FILE\\.\\.\\. +files on this machine")
                .containsPattern("--name NAME +the name of the uploaded file")
                .doesNotContain("new job");
        assertThat(help.page("create", 200)).containsPattern("--name NAME +the name of the new job\n");
        assertThat(help.page("files", 200)).containsPattern("\\[FILE_ID\\] +the id of an uploaded file");
        assertThat(help.page("api", 200)).containsPattern("METHOD PATH +GET, HEAD, POST");
        assertThat(help.page("events", 200))
                .containsPattern("--limit N +the newest N events")
                .doesNotContain("N jobs");
        assertThat(help.page("list", 200))
                .containsPattern("--limit N +at most N jobs")
                .containsPattern("--model MODEL +only the jobs of this model, by its full name\n");
        assertThat(help.page("watch", 200))
                .containsPattern("--all +wait for all jobs")
                .doesNotContain("diff");
        assertThat(help.page("diff", 200)).containsPattern("--all +show equal values, too\n");
        assertThat(new HelpData(commands).page("diff").raw()).contains("show equal values, too");
        assertThat(CompletionScript.of("fish", commands)).contains("diff|--all|flag||show equal values, too");
        new ManualPages(commands, "1", "2026-11-27").writeTo(home.resolve("man"));
        assertThat(home.resolve("man/ftj-diff.1")).content().contains("show equal values, too");
        for (CommandSpec spec : commands.all()) {
            assertThat(help.page(spec.name(), 200)).doesNotContainPattern("(?m) (words|one word)$|; of ");
        }
    }
}
