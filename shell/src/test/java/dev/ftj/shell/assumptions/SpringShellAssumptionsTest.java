package dev.ftj.shell.assumptions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jline.reader.Candidate;
import org.jline.reader.Parser.ParseContext;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.reader.impl.LineReaderImpl;
import org.jline.terminal.impl.DumbTerminal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.shell.core.InputProvider;
import org.springframework.shell.core.InputReader;
import org.springframework.shell.core.InteractiveShellRunner;
import org.springframework.shell.core.NonInteractiveShellRunner;
import org.springframework.shell.core.command.Command;
import org.springframework.shell.core.command.CommandArgument;
import org.springframework.shell.core.command.CommandContext;
import org.springframework.shell.core.command.CommandExecutionException;
import org.springframework.shell.core.command.CommandExecutor;
import org.springframework.shell.core.command.CommandOption;
import org.springframework.shell.core.command.CommandRegistry;
import org.springframework.shell.core.command.DefaultCommandParser;
import org.springframework.shell.core.command.ExitStatus;
import org.springframework.shell.core.command.ParsedInput;
import org.springframework.shell.core.command.completion.CompletionProposal;
import org.springframework.shell.jline.CommandCompleter;

/**
 * What Spring Shell does that ftj does in another way. A test that fails after an upgrade names the code that may go, or has
 * to change.
 */
@Timeout(60)
class SpringShellAssumptionsTest {
    private final List<ParsedInput> ran = new ArrayList<>();
    private final CommandRegistry registry = new CommandRegistry(new HashSet<>(Set.of(Command.builder()
            .name("get")
            .description("shows a job")
            .options(
                    CommandOption.with()
                            .longName("yes")
                            .shortName('y')
                            .type(boolean.class)
                            .build(),
                    CommandOption.with()
                            .longName("output")
                            .shortName('o')
                            .type(String.class)
                            .build())
            .completionProvider(context -> List.of(new CompletionProposal("ftj-best")))
            .execute(context -> {
                ran.add(context.parsedInput());
            }))));

    private ParsedInput parse(String line) {
        return new DefaultCommandParser(registry).parse(line);
    }

    private static List<String> words(ParsedInput parsed) {
        return parsed.arguments().stream().map(CommandArgument::value).toList();
    }

    private CommandContext context(String line) {
        return new CommandContext(parse(line), registry, new PrintWriter(new StringWriter()), new InputReader() {});
    }

    // CommandLine.parse: one grammar for argv and the prompt.

    @Test
    void theRunnerForArgvJoinsTheWordsWithSpaces() throws Exception {
        new NonInteractiveShellRunner(new DefaultCommandParser(registry), registry)
                .run(new String[] {"get", "--", "a  b"});
        assertThat(ran)
                .singleElement()
                .satisfies(parsed -> assertThat(words(parsed)).isEqualTo(List.of("a", "b")));
    }

    @Test
    void theRunnerForArgvReturnsNormallyFromALineThatItCannotParse() throws Exception {
        String[] line = {"get", "-o"};
        assertThatIllegalArgumentException().isThrownBy(() -> parse(String.join(" ", line)));
        new NonInteractiveShellRunner(new DefaultCommandParser(registry), registry).run(line);
        assertThat(ran).isEmpty();
    }

    @Test
    void theRunnerForArgvReturnsNormallyFromACommandThatFails() throws Exception {
        registry.registerCommand(new Command() {
            @Override
            public String getName() {
                return "fail";
            }

            @Override
            public ExitStatus execute(CommandContext context) {
                return new ExitStatus(5, "failed");
            }
        });
        assertThatNoException()
                .isThrownBy(() -> new NonInteractiveShellRunner(new DefaultCommandParser(registry), registry)
                        .run(new String[] {"fail"}));
    }

    @Test
    void singleQuotesHoldNothingTogether() {
        assertThat(words(parse("get -- 'a b'"))).hasSize(2);
    }

    @Test
    void aQuoteThatIsNotClosedIsNoError() {
        assertThat(words(parse("get -- \"a b"))).isNotEmpty();
    }

    @Test
    void aFlagSwallowsTheWordBehindIt() {
        ParsedInput parsed = parse("get --yes ftj-1");
        assertThat(parsed.options()).singleElement().returns("ftj-1", CommandOption::value);
        assertThat(parsed.arguments()).isEmpty();
    }

    @Test
    void shortOptionsAreNotGrouped() {
        assertThat(parse("get -yo json").options())
                .noneMatch(option -> option.shortName() == 'o' && Objects.equals(option.value(), "json"));
    }

    @Test
    void anUnknownOptionIsAccepted() {
        assertThat(parse("get --ouput=json").options()).singleElement().returns("ouput", CommandOption::longName);
    }

    /** PromptCompleter looks for the command in the first word. */
    @Test
    void theBeginningOfAnArgumentIsNotCompleted() throws Exception {
        LineReaderImpl reader = new LineReaderImpl(
                new DumbTerminal(new ByteArrayInputStream(new byte[0]), new ByteArrayOutputStream()));
        CommandCompleter completer = new CommandCompleter(registry);
        List<Candidate> beforeTheWord = new ArrayList<>();
        completer.complete(reader, new DefaultParser().parse("get ", 4, ParseContext.COMPLETE), beforeTheWord);
        List<Candidate> withinTheWord = new ArrayList<>();
        completer.complete(reader, new DefaultParser().parse("get ftj-b", 9, ParseContext.COMPLETE), withinTheWord);
        assertThat(beforeTheWord).extracting(Candidate::value).contains("ftj-best");
        assertThat(withinTheWord).extracting(Candidate::value).doesNotContain("ftj-best");
    }

    /** Interactive has a loop of its own: Ctrl-C clears the line. */
    @Test
    void ctrlCAtThePromptEndsTheShell() throws Exception {
        List<String> reads = new ArrayList<>();
        InputProvider interrupted = () -> {
            reads.add("read");
            throw new UserInterruptException("");
        };
        StringWriter out = new StringWriter();
        new InteractiveShellRunner(interrupted, new DefaultCommandParser(registry), registry) {
            @Override
            public void print(String text) {
                out.write(text);
            }

            @Override
            public void flush() {}

            @Override
            public PrintWriter getWriter() {
                return new PrintWriter(out);
            }

            @Override
            public InputReader getReader() {
                return new InputReader() {};
            }
        }.run(new String[0]);
        assertThat(reads).hasSize(1);
    }

    /** LineExecutor takes the cause of it. */
    @Test
    void theExecutorWrapsWhatACommandThrows() {
        IllegalStateException thrown = new IllegalStateException("ours");
        registry.registerCommand(
                Command.builder().name("fail").description("fails").execute(context -> {
                    if (ran.isEmpty()) {
                        throw thrown;
                    }
                }));
        assertThatExceptionOfType(CommandExecutionException.class)
                .isThrownBy(() -> new CommandExecutor(registry).execute(context("fail")))
                .withCause(thrown);
    }
}
