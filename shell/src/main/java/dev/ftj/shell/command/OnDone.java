package dev.ftj.shell.command;

import dev.ftj.FineTuneJob;
import dev.ftj.internal.text.Sanitizer;
import dev.ftj.shell.view.Screen;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The command of {@code --on-done}: run once for each job that has ended, by the user's shell, without the API key. What it
 * prints is talk, and nothing that goes wrong with it ends the watch.
 */
final class OnDone {
    private final String command;
    private final Screen screen;
    private final UnaryOperator<String> withoutKey;
    private final List<Thread> running = new ArrayList<>();
    private final List<Process> processes = new ArrayList<>();

    /** @param withoutKey takes the key out of a text */
    OnDone(String command, Screen screen, UnaryOperator<String> withoutKey) {
        this.command = command;
        this.screen = screen;
        this.withoutKey = withoutKey;
    }

    /** @param id the id that was asked for */
    void run(String id, FineTuneJob job) {
        ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-c", command);
        Map<String, String> environment = builder.environment();
        environment.remove("ATAI_API_KEY");
        environment.remove("ATAI_API_KEY_FILE");
        environment.values().removeIf(value -> !withoutKey.apply(value).equals(value));
        environment.put("FTJ_JOB_ID", id);
        environment.put(
                "FTJ_JOB_STATUS",
                value(job.status() == null ? null : job.status().value()));
        environment.put("FTJ_JOB_NAME", value(job.name()));
        environment.put("FTJ_INFERENCE_CONFIG_PATH", value(job.inferenceConfigPath()));
        builder.redirectInput(new File("/dev/null")).redirectErrorStream(true);
        try {
            Process process = builder.start();
            processes.add(process);
            Thread reader = new Thread(() -> listen(process, id), "ftj-on-done");
            reader.setDaemon(true);
            running.add(reader);
            reader.start();
        } catch (IOException e) {
            warn("it cannot be run (" + e.getMessage() + ")", id);
        }
    }

    /** No variable can hold a NUL: the system would take it for the end. */
    private static String value(@Nullable String text) {
        return text == null ? "" : text.replace("\0", "\\u0000");
    }

    private void listen(Process process, String id) {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                screen.say(Sanitizer.oneLine(line));
            }
            int code = process.waitFor();
            if (code != 0) {
                warn("it ended with code " + code, id);
            }
        } catch (IOException e) {
            warn("its output cannot be read (" + e.getMessage() + ")", id);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void warn(String what, String id) {
        screen.say("ftj: warning: --on-done for " + Sanitizer.oneLine(id + ": " + what));
    }

    /** Waits for all that were begun. */
    void await() throws InterruptedException {
        for (Thread reader : running) {
            reader.join();
        }
    }

    /** Ends those that still run. */
    void cancel() {
        processes.forEach(Process::destroy);
    }
}
