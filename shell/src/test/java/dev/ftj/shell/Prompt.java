package dev.ftj.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ftj.shell.view.Console;
import dev.ftj.shell.view.Console.Terminals;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jline.terminal.Size;
import org.jline.terminal.impl.LineDisciplineTerminal;

/** A shell with somebody at its prompt, who types what a test says and sees what comes. */
final class Prompt implements AutoCloseable {
    static final String CTRL_C = "\u0003";
    static final String CTRL_D = "\u0004";
    static final String ENTER = "\r";
    static final String LEFT = "\u0002";
    static final String TAB = "\t";

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
    private final LineDisciplineTerminal terminal;
    private final CompletableFuture<Integer> code = new CompletableFuture<>();

    private Prompt(Map<String, String> environment, Size size, List<String> argv) throws IOException {
        terminal = new LineDisciplineTerminal("test", "xterm", shown, StandardCharsets.UTF_8);
        terminal.setSize(size);
        Console console = new Console(out, err, Terminals.of("io"), environment);
        Ftj ftj = new Ftj(environment, console, InputStream.nullInputStream(), () -> terminal);
        Thread thread = new Thread(() -> code.completeAsync(() -> ftj.run(argv), Runnable::run), "prompt");
        thread.setDaemon(true);
        thread.start();
    }

    /** Opened when the shell waits for a line. */
    static Prompt of(Program program, String... argv) throws IOException {
        return of(program, new Size(200, 50), argv);
    }

    /** The same on a terminal of another size. */
    static Prompt of(Program program, Size size, String... argv) throws IOException {
        Prompt prompt = new Prompt(Map.copyOf(program.environment()), size, List.of(argv));
        prompt.see("> ");
        return prompt;
    }

    void type(String keys) throws IOException {
        terminal.processInputBytes(keys.getBytes(StandardCharsets.UTF_8));
    }

    /** As a terminal does it that marks a paste; nothing is carried out before Enter. */
    void paste(String text) throws IOException {
        type("\u001b[200~" + text + "\u001b[201~");
    }

    void enter(String line) throws IOException {
        type(line + ENTER);
    }

    /** Ctrl-C on a line. */
    void clearLine() throws IOException {
        int prompts = prompts();
        type(CTRL_C);
        await("a new prompt").atMost(PATIENCE).until(() -> prompts() > prompts);
    }

    private int prompts() {
        return shown().split("ftj[^>]*> ", -1).length;
    }

    /** Waits until the terminal shows it, colours and cursor movements aside. */
    void see(String text) {
        await("to see " + text)
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(shown()).contains(text));
    }

    void read(String text) {
        await("on stdout")
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(out()).contains(text));
    }

    void hear(String text) {
        await("on stderr")
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(err()).contains(text));
    }

    String shown() {
        return shown.toString(StandardCharsets.UTF_8).replaceAll("\u001b(\\[[0-9;?]*[ -/]*[@-~]|[=>])", "");
    }

    /** As the terminal got it. */
    String sent() {
        return shown.toString(StandardCharsets.UTF_8);
    }

    String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    /** The shell's exit code, when it has ended. */
    int code() {
        try {
            return code.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError("the shell did not end", e);
        }
    }

    boolean isOpen() {
        return !code.isDone();
    }

    @Override
    public void close() throws IOException {
        if (isOpen()) {
            clearLine();
            enter("exit");
            code();
        }
    }
}
