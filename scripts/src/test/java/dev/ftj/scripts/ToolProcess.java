package dev.ftj.scripts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * A command line to be run as a process, with what it printed and how it ended. It is killed, with all that it started, when
 * the tests end; and SIGINT reaches it although these tests may run with it ignored, as in the background of a script.
 */
final class ToolProcess {
    private static final long LIMIT_SECONDS = 300;
    private static final List<String> WITH_SIGINT = withSigint();
    private static final Set<Process> STARTED = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> STARTED.forEach(ToolProcess::kill)));
    }

    private final ProcessBuilder builder;

    ToolProcess(Path directory, String... command) {
        builder = new ProcessBuilder(interruptible(command)).directory(directory.toFile());
        // what the machine at hand happens to set must not decide a test
        for (String name : new String[] {
            "ATAI_API_KEY",
            "ATAI_API_KEY_FILE",
            "ATAI_API_ENDPOINT",
            "JAVA_TOOL_OPTIONS",
            "JDK_JAVA_OPTIONS",
            "_JAVA_OPTIONS",
            "MAVEN_OPTS",
            "MAVEN_ARGS",
            "XDG_CACHE_HOME",
            "XDG_DATA_HOME",
            "XDG_STATE_HOME"
        }) {
            builder.environment().remove(name);
        }
    }

    ToolProcess with(String name, Object value) {
        builder.environment().put(name, value.toString());
        return this;
    }

    ToolProcess without(String name) {
        builder.environment().remove(name);
        return this;
    }

    Ended run() {
        return start().end();
    }

    Running start() {
        try {
            Path out = Files.createTempFile("ftj-it", ".out");
            Path err = Files.createTempFile("ftj-it", ".err");
            Process process = builder.redirectInput(Path.of("/dev/null").toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            return new Running(killedAtTheEnd(process), out, err);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Returns the command such that SIGINT is not ignored. */
    static List<String> interruptible(String... command) {
        List<String> line = new ArrayList<>(WITH_SIGINT);
        line.addAll(List.of(command));
        return line;
    }

    /** Remembers a process that is to be killed when the tests end. */
    static Process killedAtTheEnd(Process process) {
        STARTED.add(process);
        return process;
    }

    /** Only the env of GNU can undo that a signal is ignored; a shell cannot. */
    private static List<String> withSigint() {
        List<String> env = List.of("env", "--default-signal=INT");
        try {
            List<String> trial = new ArrayList<>(env);
            trial.add("true");
            Process process = new ProcessBuilder(trial)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor() == 0 ? env : List.of();
        } catch (IOException e) {
            return List.of();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }

    static void kill(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    /** Environment of this test, for what a program needs to be found. */
    static String inherited(String name) {
        return Map.copyOf(System.getenv()).getOrDefault(name, "");
    }

    record Ended(int code, String out, String err) {}

    record Running(Process process, Path out, Path err) {
        String errSoFar() throws IOException {
            return Files.readString(err);
        }

        Ended end() {
            try {
                if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                    kill(process);
                    process.waitFor();
                    throw new AssertionError("not ended in " + LIMIT_SECONDS + " s: " + Files.readString(err));
                }
                Ended ended = new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
                Files.delete(out);
                Files.delete(err);
                STARTED.remove(process);
                return ended;
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            } catch (InterruptedException interrupt) {
                kill(process);
                throw new AssertionError(interrupt);
            }
        }
    }
}
