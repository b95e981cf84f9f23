package dev.ftj.shell;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A program such as {@code stty(1)} with the terminal of this process for its stdin, for a command that opens none itself. */
final class Tty {
    private static final int LONGEST_ANSWER = 4096;

    private Tty() {}

    /** @return what it printed; null where there is no terminal, or no such program */
    static @Nullable String run(String... command) {
        ProcessBuilder program = new ProcessBuilder(command);
        program.environment().keySet().retainAll(Set.of("PATH"));
        program.redirectInput(new File("/dev/tty")).redirectError(ProcessBuilder.Redirect.DISCARD);
        boolean interrupted = Thread.interrupted();
        try {
            Process process = program.start();
            String answer = new String(process.getInputStream().readNBytes(LONGEST_ANSWER), StandardCharsets.US_ASCII);
            return process.waitFor(1, TimeUnit.SECONDS) && process.exitValue() == 0 ? answer.strip() : null;
        } catch (IOException e) {
            return null;
        } catch (InterruptedException e) {
            interrupted = true;
            return null;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
