package dev.ftj.shell.assumptions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jline.reader.Candidate;
import org.jline.reader.History;
import org.jline.reader.LineReader;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.LineReaderImpl;
import org.jline.reader.impl.history.DefaultHistory;
import org.jline.terminal.Attributes;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.impl.DumbTerminal;
import org.jline.terminal.impl.LineDisciplineTerminal;
import org.jline.utils.AttributedString;
import org.jline.utils.WCWidth;
import org.jline.widget.AutosuggestionWidgets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sun.misc.SignalHandler;

/**
 * What JLine does that ftj works around or relies on. A test that fails after an upgrade names the code that may go, or has
 * to change.
 */
@Timeout(60)
class JLineAssumptionsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String PASTE = "\u001b[200~";
    private static final String END_OF_PASTE = "\u001b[201~";

    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
    private LineDisciplineTerminal terminal;

    @BeforeEach
    void open() throws IOException {
        terminal = new LineDisciplineTerminal("test", "xterm", shown, StandardCharsets.UTF_8);
        terminal.setSize(new Size(80, 10));
    }

    @AfterEach
    void close() throws IOException {
        terminal.close();
    }

    private void type(String keys) throws IOException {
        terminal.processInputBytes(keys.getBytes(StandardCharsets.UTF_8));
    }

    private String shown() {
        return shown.toString(StandardCharsets.UTF_8);
    }

    private void see(String text) {
        await("to see " + text).atMost(PATIENCE).until(() -> shown().contains(text));
    }

    private static CompletableFuture<String> reading(LineReader reader) {
        CompletableFuture<String> line = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                line.complete(reader.readLine("> "));
            } catch (RuntimeException e) {
                line.completeExceptionally(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
        return line;
    }

    private static DumbTerminal dumb(String input, ByteArrayOutputStream out) throws IOException {
        return new DumbTerminal(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)), out);
    }

    // Pastes.

    /** ScriptLines cuts it into commands, and PastingReader joins each CR LF. */
    @Test
    void aPastedBlockIsOneLineWithTwoLineFeedsForEachCrLf() throws Exception {
        CompletableFuture<String> line = reading(new LineReaderImpl(terminal));
        see("> ");
        type(PASTE + "one\ntwo\r\nthree\n" + END_OF_PASTE + "\r");
        assertThat(line.get(20, TimeUnit.SECONDS)).isEqualTo("one\ntwo\n\nthree\n");
    }

    /** PastingReader makes it a key: the signal interrupts the reader while it goes on reading what follows. */
    @Test
    void ctrlCIsASignalWhileALineIsRead() throws Exception {
        CompletableFuture<String> line = reading(new LineReaderImpl(terminal));
        see("> ");
        assertThat(terminal.getAttributes().getLocalFlag(Attributes.LocalFlag.ISIG))
                .isTrue();
        assertThat(terminal.getAttributes().getControlChar(Attributes.ControlChar.VINTR))
                .isEqualTo(3);
        type("\r");
        line.get(20, TimeUnit.SECONDS);
    }

    /** PastingReader overrides it. */
    @Test
    void aPasteIsReadByDoReadStringUntil() throws Exception {
        LineReaderImpl reader = new LineReaderImpl(terminal) {
            @Override
            protected String doReadStringUntil(String end) {
                return super.doReadStringUntil(end).equals("paste") ? "replaced" : "other";
            }
        };
        CompletableFuture<String> line = reading(reader);
        see("> ");
        type(PASTE + "paste" + END_OF_PASTE + "\r");
        assertThat(line.get(20, TimeUnit.SECONDS)).isEqualTo("replaced");
    }

    // Terminals without cursor movement: PlainTerminal.

    /** Interactive asks for keys there without a mask, and has the system hide what is typed. */
    @Test
    void aMaskedQuestionRepaintsForEverAtADumbTerminal() throws Exception {
        Set<Thread> before = ConcurrentHashMap.newKeySet();
        before.addAll(Thread.getAllStackTraces().keySet());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        String typed = new LineReaderImpl(dumb("sk_1\n", out)).readLine("Key: ", '\0');
        assertThat(typed).isEqualTo("sk_1");
        int after = out.size();
        try {
            await().atMost(PATIENCE).until(() -> out.size() > after + 500);
        } finally {
            Thread.getAllStackTraces().keySet().stream()
                    .filter(thread ->
                            !before.contains(thread) && thread.getName().equals("JLine Mask Thread"))
                    .forEach(Thread::interrupt);
        }
    }

    /** PlainTerminal registers the handlers with the system. */
    @Test
    void aDumbTerminalPassesOnNoSignalOfTheSystems() throws Exception {
        CompletableFuture<Signal> caught = new CompletableFuture<>();
        try (Terminal dumb = dumb("", new ByteArrayOutputStream())) {
            dumb.handle(Signal.WINCH, caught::complete);
            CompletableFuture<String> system = new CompletableFuture<>();
            SignalHandler before =
                    sun.misc.Signal.handle(new sun.misc.Signal("WINCH"), signal -> system.complete(signal.getName()));
            try {
                sun.misc.Signal.raise(new sun.misc.Signal("WINCH"));
                assertThat(system.get(20, TimeUnit.SECONDS)).isEqualTo("WINCH");
            } finally {
                sun.misc.Signal.handle(new sun.misc.Signal("WINCH"), before);
            }
            assertThat(before).as("JLine has not registered its own").isEqualTo(SignalHandler.SIG_DFL);
        }
        assertThat(caught).isNotDone();
    }

    /** PlainTerminal hides what is typed with the system's help. */
    @Test
    void aDumbTerminalWithoutEchoChangesNothingButWhatItSays() throws Exception {
        try (Terminal dumb = dumb("", new ByteArrayOutputStream())) {
            Attributes before = dumb.getAttributes();
            assertThat(dumb.echo(false)).isEqualTo(before.getLocalFlag(Attributes.LocalFlag.ECHO));
            assertThat(dumb.echo()).isFalse();
        }
    }

    /** Interactive.endLine does it there. */
    @Test
    void ctrlCEndsTheLineOnTheScreen() throws Exception {
        CompletableFuture<String> line = reading(new LineReaderImpl(terminal));
        see("> ");
        type("get");
        see("get");
        type("\u0003");
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> line.get(20, TimeUnit.SECONDS))
                .withCauseInstanceOf(UserInterruptException.class);
        assertThat(shown().substring(shown().indexOf("get"))).contains("\n");
    }

    /** Interactive gives such a terminal a size. */
    @Test
    void withoutASizeNothingThatIsTypedIsShown() throws Exception {
        terminal.setSize(new Size(0, 0));
        CompletableFuture<String> line = reading(new LineReaderImpl(terminal));
        see(">");
        type("typed\r");
        assertThat(line.get(20, TimeUnit.SECONDS)).isEqualTo("typed");
        assertThat(shown()).doesNotContain("typed");
    }

    // Completion and suggestions: PromptReader.

    private static LineReaderImpl offering(LineReaderImpl reader, int candidates) {
        reader.setCompleter((self, parsed, all) ->
                IntStream.range(100, 100 + candidates).forEach(each -> all.add(new Candidate("ftj-" + each))));
        return reader;
    }

    /** PromptReader shows as many as fit, and says how many more there are. */
    @Test
    void moreThanTheScreenHoldsIsAskedForAndAKeyIsTheAnswer() throws Exception {
        CompletableFuture<String> line = reading(offering(new LineReaderImpl(terminal), 99));
        see("> ");
        type("\t");
        see("99 possibilities");
        type("get\r");
        type("\r");
        assertThat(line.get(20, TimeUnit.SECONDS)).doesNotContain("get");
    }

    /** PromptReader sets LIST_MAX to 0. */
    @Test
    void aHundredAreAskedForHoweverFewRowsTheyFill() throws Exception {
        terminal.setSize(new Size(1000, 50));
        CompletableFuture<String> line = reading(offering(new LineReaderImpl(terminal), 100));
        see("> ");
        type("\t");
        see("100 possibilities");
        type("n\r");
        line.get(20, TimeUnit.SECONDS);
    }

    /** PromptReader overrides these four. */
    @Test
    void listsAndSuggestionsPassThroughWhatASubclassMayOverride() throws Exception {
        Set<String> called = ConcurrentHashMap.newKeySet();
        LineReaderImpl reader = new LineReaderImpl(terminal) {
            private boolean drawing;

            @Override
            public AttributedString getDisplayedBufferWithPrompts(List<AttributedString> secondaryPrompts) {
                called.add("getDisplayedBufferWithPrompts");
                drawing = true;
                try {
                    return super.getDisplayedBufferWithPrompts(secondaryPrompts);
                } finally {
                    drawing = false;
                }
            }

            @Override
            public History getHistory() {
                History one = new DefaultHistory();
                if (drawing) {
                    called.add("getHistory");
                    one.add("get ftj-suggested");
                }
                return drawing ? one : super.getHistory();
            }

            @Override
            protected PostResult computePost(
                    List<Candidate> possible,
                    @Nullable Candidate selection,
                    @Nullable List<Candidate> ordered,
                    String completed) {
                called.add("computePost");
                return super.computePost(possible, selection, ordered, completed);
            }

            @Override
            protected PostResult toColumns(
                    List<Object> items,
                    @Nullable Candidate selection,
                    String completed,
                    Function<String, Integer> columns,
                    int width,
                    boolean rowsFirst) {
                called.add("toColumns");
                return super.toColumns(items, selection, completed, columns, width, rowsFirst);
            }
        };
        offering(reader, 3);
        new AutosuggestionWidgets(reader).enable();
        CompletableFuture<String> line = reading(reader);
        see("> ");
        type("get");
        see("suggested");
        type(" \t\t");
        await().atMost(PATIENCE)
                .until(() -> called.equals(
                        Set.of("getDisplayedBufferWithPrompts", "getHistory", "computePost", "toColumns")));
        type("\u0003");
        assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> line.get(20, TimeUnit.SECONDS));
    }

    /** Tables count on it; tmux counts the same. */
    @ParameterizedTest
    @CsvSource({"00AD, 1", "200B, 0", "1160, 0", "3164, 2", "FF9E, 1", "302E, 2", "4E2D, 2"})
    void charactersHaveTheWidthsThatTmuxGivesThem(String hex, int width) {
        assertThat(WCWidth.wcwidth(Integer.parseInt(hex, 16))).isEqualTo(width);
    }
}
