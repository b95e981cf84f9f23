package dev.ftj.scripts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A command line to be run as a process, with what it printed and how it ended. */
final class Program {
    private static final long LIMIT_SECONDS = 300;

    private final ProcessBuilder builder;

    Program(Path directory, String... command) {
        builder = new ProcessBuilder(command).directory(directory.toFile());
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

    Program with(String name, Object value) {
        builder.environment().put(name, value.toString());
        return this;
    }

    Program without(String name) {
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
            return new Running(process, out, err);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
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
                    process.destroyForcibly().waitFor();
                    throw new AssertionError("not ended in " + LIMIT_SECONDS + " s: " + Files.readString(err));
                }
                Ended ended = new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
                Files.delete(out);
                Files.delete(err);
                return ended;
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            } catch (InterruptedException interrupt) {
                process.destroyForcibly();
                throw new AssertionError(interrupt);
            }
        }
    }
}
