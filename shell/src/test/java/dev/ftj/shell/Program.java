package dev.ftj.shell;

import dev.ftj.shell.view.Console;
import dev.ftj.shell.view.Console.Terminals;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import mockwebserver3.MockWebServer;

/** ftj within this process, as {@code main} runs it: each run is a program of its own. */
final class Program {
    static final String KEY = "sk_test_0123456789_secret_4e60";

    /** What a run left behind. */
    record Result(int code, String out, String err) {}

    private final Map<String, String> environment = new HashMap<>();
    private Terminals terminals = Terminals.of("");
    private byte[] stdin = {};

    private Program(Path home) {
        environment.put("FTJ_HOME", home.toString());
    }

    /** Without a key, and with the vendor's endpoint, which no test may reach. */
    static Program in(Path home) {
        return new Program(home);
    }

    /** With a key for a server. */
    static Program of(MockWebServer server, Path home) {
        return in(home).with("ATAI_API_ENDPOINT", "http://127.0.0.1:" + server.getPort())
                .with("ATAI_API_KEY", KEY);
    }

    Program with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    Program without(String variable) {
        environment.remove(variable);
        return this;
    }

    /** Which streams are terminals: any of {@code i}, {@code o}, {@code e}. */
    Program at(String letters) {
        terminals = Terminals.of(letters);
        return this;
    }

    Program stdin(String text) {
        stdin = text.getBytes(StandardCharsets.UTF_8);
        return this;
    }

    Map<String, String> environment() {
        return environment;
    }

    Result run(String... argv) {
        return run(new ByteArrayInputStream(stdin), argv);
    }

    Result run(InputStream in, String... argv) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        return run(in, out, argv).with(out);
    }

    /** With a stdout of the test's own; the result has none then. */
    Result runTo(OutputStream out, String... argv) {
        return runTo(new ByteArrayInputStream(stdin), out, argv);
    }

    Result runTo(InputStream in, OutputStream out, String... argv) {
        return run(in, out, argv).with(new ByteArrayOutputStream());
    }

    private Unfinished run(InputStream in, OutputStream out, String... argv) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = new Console(out, err, terminals, environment);
        int code = new Ftj(environment, console, in).run(List.of(argv));
        return new Unfinished(code, err);
    }

    private record Unfinished(int code, ByteArrayOutputStream err) {
        Result with(ByteArrayOutputStream out) {
            return new Result(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
        }
    }
}
