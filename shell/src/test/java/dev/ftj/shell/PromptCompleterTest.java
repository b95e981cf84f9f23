package dev.ftj.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ftj.Endpoint;
import dev.ftj.internal.store.JobBook;
import dev.ftj.shell.args.CommandLine;
import dev.ftj.shell.args.Commands;
import dev.ftj.shell.args.Option;
import dev.ftj.shell.args.Samples;
import dev.ftj.shell.command.CheckCommand;
import dev.ftj.shell.command.CompletionCommand;
import dev.ftj.shell.command.CreateCommand;
import dev.ftj.shell.command.EndpointCommand;
import dev.ftj.shell.command.FilesCommand;
import dev.ftj.shell.command.ForgetCommand;
import dev.ftj.shell.command.GetCommand;
import dev.ftj.shell.command.HelpCommand;
import dev.ftj.shell.command.ListCommand;
import dev.ftj.shell.command.SaveCommand;
import dev.ftj.shell.session.Session;
import dev.ftj.shell.session.Stdin;
import dev.ftj.shell.view.Console;
import dev.ftj.shell.view.Console.Terminals;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jline.reader.Candidate;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.terminal.impl.DumbTerminal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PromptCompleterTest {
    @TempDir
    Path home;

    private Session session;
    private Commands commands;
    private JobBook book;

    @BeforeEach
    void open() throws IOException {
        Map<String, String> environment = Map.of("FTJ_HOME", home.toString());
        Console console = new Console(
                OutputStream.nullOutputStream(), OutputStream.nullOutputStream(), Terminals.of("io"), environment);
        session = new Session(environment, console, new Stdin(InputStream.nullInputStream()));
        session.open(CommandLine.EMPTY, true);
        commands = Samples.commands(
                List.of(
                        new GetCommand(session, console).spec(),
                        new SaveCommand(session, console).spec(),
                        new ForgetCommand(session, console).spec(),
                        new CompletionCommand(Samples.commands(List.of(), List.of()), console).spec(),
                        new HelpCommand(Samples.commands(List.of(), List.of()), console).spec()),
                List.of(Option.SANDBOX, Option.COLOR));
        book = session.memory(session.options()).book();
        book.seen("ftj-1", "first", "RUNNING", Instant.EPOCH);
        book.save("ftj-2", "best", "lr 2e-4", Instant.EPOCH);
    }

    @AfterEach
    void close() {
        session.close();
    }

    @Test
    void aJobsNameOffersItsIdUnlessAnIdStartsWithTheSameText() throws IOException {
        book.seen("x-9", "ftj", "RUNNING", Instant.EPOCH);

        assertThat(values("get fir")).containsExactly("ftj-1");
        assertThat(values("get FIR")).containsExactly("ftj-1");
        assertThat(values("get ftj-1 fir")).doesNotContain("ftj-1");
        assertThat(values("get ftj")).contains("ftj-1", "ftj-2");
    }

    @Test
    void afterAnAtSignOnlyWhatBeginsWithItIsOffered() throws IOException {
        book.seen("user@host", "first", "RUNNING", Instant.EPOCH);
        assertThat(values("get @")).containsExactly("@best");
        assertThat(values("get @f")).containsExactly("@best");
        assertThat(values("get --sandbox @")).isEmpty();
    }

    @Test
    void afterACommaTheNextStatusIsOffered() {
        Console console = new Console(
                OutputStream.nullOutputStream(), OutputStream.nullOutputStream(), Terminals.of("io"), Map.of());
        commands = Samples.commands(List.of(new ListCommand(session, console).spec()), List.of());

        assertThat(values("list --status ")).contains("RUNNING");
        assertThat(values("list --status FAILED,")).contains("FAILED,RUNNING").doesNotContain("RUNNING");
        assertThat(values("list --status=FAILED,STOPPED,")).contains("--status=FAILED,STOPPED,RUNNING");
    }

    @Test
    void afterAMoveTheJobsOfTheOtherEndpointAreOfferedAndBothEndpoints() throws IOException {
        Endpoint other = Endpoint.of("https://other.example");
        Console console = new Console(
                OutputStream.nullOutputStream(), OutputStream.nullOutputStream(), Terminals.of("io"), Map.of());
        commands = Samples.commands(
                List.of(new GetCommand(session, console).spec(), new EndpointCommand(session, console).spec()),
                List.of());
        session.moveTo(other);
        session.memory(session.options()).book().seen("ftj-other", "there", "RUNNING", Instant.EPOCH);

        assertThat(values("get ")).contains("ftj-other").doesNotContain("ftj-1", "ftj-2", "@best");
        assertThat(values("get --endpoint " + Endpoint.DEFAULT + " ")).contains("ftj-1", "@best");
        assertThat(values("get --sandbox ")).contains("ftj-error-404").doesNotContain("ftj-other");
        assertThat(values("get --endpoint ")).containsExactly(Endpoint.DEFAULT.toString(), other.toString());
        assertThat(values("endpoint h")).containsExactly(Endpoint.DEFAULT.toString(), other.toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "''!get,save,forget,completion,help",
                "ge!get,save,forget,completion,help",
                "--sandbox !get,save,forget,completion,help",
                "help !get,save,forget,completion,help",
                "completion !bash,zsh,fish,powershell",
                "-!--sandbox,--color,--help,--version",
                "save -!--as,--note,--endpoint,--sandbox,--color,--verbose,--help",
                "get -o !text,json,jsonl,yaml",
                "get --output !text,json,jsonl,yaml",
                "get --output=!--output=text,--output=json,--output=jsonl,--output=yaml",
                "get --color=a!--color=auto,--color=always,--color=never",
                "save ftj-1 --as !"
            })
    void whatMayStandThereIsOffered(String line, String offered) {
        assertThat(values(line)).isEqualTo(offered == null ? List.of() : List.of(offered.split(",")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"get ", "get ft", "get -o json ", "get x ", "get 'f", "get -- ", "save "})
    void jobsAreOfferedWhereverOneMayStand(String line) {
        assertThat(values(line)).contains("ftj-1", "ftj-2");
    }

    @Test
    void whatStandsInTheLineAlreadyIsNotOfferedAgain() {
        assertThat(values("get ftj-2 ")).contains("ftj-1", "@best").doesNotContain("ftj-2");
        assertThat(values("get @best ")).doesNotContain("@best");
    }

    @Test
    void knownFileIdsAreOfferedWhereDatasetsAreNamed() {
        Console console = new Console(
                OutputStream.nullOutputStream(), OutputStream.nullOutputStream(), Terminals.of("io"), Map.of());
        commands = Samples.commands(
                List.of(
                        new CreateCommand(session, console).spec(),
                        new FilesCommand(session, console).spec(),
                        new CheckCommand(session, console).spec()),
                List.of());
        session.files(session.options()).add(List.of("first.jsonl", "second.csv"));

        assertThat(values("create --train ")).startsWith("second.csv", "first.jsonl");
        assertThat(values("create --train=")).contains("--train=first.jsonl");
        assertThat(values("files ")).contains("first.jsonl");
        assertThat(values("check --train ")).doesNotContain("first.jsonl");
    }

    @Test
    void statusNameAndNoteStandBesideAJob() {
        assertThat(candidates("get "))
                .filteredOn(candidate -> candidate.value().equals("ftj-1"))
                .extracting(Candidate::descr)
                .containsExactly("RUNNING  first");
        assertThat(candidates("get "))
                .filteredOn(candidate -> candidate.value().equals("@best"))
                .extracting(Candidate::descr)
                .containsExactly("ftj-2  (lr 2e-4)");
    }

    @Test
    void whatWouldActOnTheTerminalIsNotOfferedOrMadeVisible() throws IOException {
        book.seen("evil\u202eid", "x", "y", Instant.EPOCH);
        book.seen("ftj-3", "\u001b]0;owned\u0007\n", "\u009b2J", Instant.EPOCH);

        assertThat(candidates("get ")).noneMatch(candidate -> candidate.value().startsWith("evil"));
        assertThat(candidates("get "))
                .filteredOn(candidate -> candidate.value().equals("ftj-3"))
                .extracting(Candidate::descr)
                .containsExactly("\\u009b2J  \\u001b]0;owned\\u0007");
    }

    @Test
    void aFileNameThatWouldActOnTheTerminalIsNotOffered() throws IOException {
        Path files = Files.createDirectory(home.resolve("files"));
        Files.createFile(files.resolve("key"));
        Files.createFile(files.resolve("key\u001b[2J"));

        assertThat(values("get --api-key-file " + files + "/"))
                .singleElement()
                .asString()
                .endsWith("/key");
    }

    @Test
    void aQuotedTildeIsNotTheHomeDirectory() throws IOException {
        Files.createFile(home.resolve("key"));
        session = new Session(
                Map.of("HOME", home.toString()),
                new Console(
                        OutputStream.nullOutputStream(), OutputStream.nullOutputStream(), Terminals.of("io"), Map.of()),
                new Stdin(InputStream.nullInputStream()));

        assertThat(values("get --api-key-file ~/k")).contains("~/key");
        assertThat(values("get --api-key-file '~/k")).isEmpty();
    }

    @Test
    void anIdThatLooksLikeAReferenceIsOfferedAsALiteralOne() throws IOException {
        book.seen("@x", null, null, Instant.EPOCH);

        assertThat(values("get ")).contains("@@x").doesNotContain("@x");
    }

    @Test
    void theJobsAreThoseOfTheEndpointOfTheLine() {
        assertThat(values("get --sandbox "))
                .contains("ftj-my-finetune-run-3de60a5c")
                .doesNotContain("ftj-1");
        assertThat(values("get ")).doesNotContain("ftj-my-finetune-run-3de60a5c");
        assertThat(values("get --endpoint https://example.com ")).doesNotContain("ftj-1");
        assertThat(values("get --endpoint nonsense ")).isEmpty();
    }

    private List<String> values(String line) {
        return candidates(line).stream().map(Candidate::value).toList();
    }

    private List<Candidate> candidates(String line) {
        List<Candidate> candidates = new ArrayList<>();
        try (DumbTerminal terminal = new DumbTerminal(InputStream.nullInputStream(), OutputStream.nullOutputStream())) {
            LineReader reader = LineReaderBuilder.builder().terminal(terminal).build();
            new PromptCompleter(commands, session).complete(reader, PromptLine.of(line, line.length()), candidates);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return candidates;
    }
}
