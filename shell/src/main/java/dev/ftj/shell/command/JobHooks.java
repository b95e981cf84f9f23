package dev.ftj.shell.command;

import dev.ftj.FineTuneJob;
import dev.ftj.JobStatus;
import dev.ftj.internal.concurrent.Daemons;
import dev.ftj.internal.text.Sanitizer;
import dev.ftj.shell.view.Console;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.Reader;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Runs the commands of {@code --on-change} and {@code --on-done} with {@code /bin/sh}, without the API key: those of one
 * job one after the other, at most eight at once. Their output goes to stderr; their failures do not end the watch.
 */
final class JobHooks {
    private static final int AT_ONCE = 8;
    private static final int MAX_VARIABLE = 10_000;
    private static final int MAX_LINE = 10_000;

    /** What a command has written is read within this time after its end. */
    private static final long OUTPUT_MILLIS = 1000;

    /** A command that is ended has this long after SIGTERM before it is killed. */
    private static final long TERM_MILLIS = 100;

    private final @Nullable String onChange;
    private final @Nullable String onDone;
    private final Console console;
    private final UnaryOperator<String> redact;
    private final ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE, task -> Daemons.of("ftj-hook", task));
    private final Map<String, CompletableFuture<Void>> last = new HashMap<>();
    private final Set<Process> running = ConcurrentHashMap.newKeySet();
    private volatile boolean cancelled;

    /**
     * @param onChange the command to run at each change of status; null for none
     * @param onDone the command to run when a job has ended; null for none
     * @param redact removes the key from a text
     */
    JobHooks(@Nullable String onChange, @Nullable String onDone, Console console, UnaryOperator<String> redact) {
        this.onChange = onChange;
        this.onDone = onDone;
        this.console = console;
        this.redact = redact;
    }

    /** @param id the id as the user gave it */
    void changed(String id, FineTuneJob job, @Nullable JobStatus old) {
        if (onChange != null) {
            String before = old == null ? "" : old.value();
            submit(id, () -> run("--on-change", onChange, id, job, Map.of("FTJ_OLD_STATUS", variable(before)), true));
        }
    }

    /** @param id the id as the user gave it */
    void ended(String id, FineTuneJob job) {
        if (onDone != null) {
            submit(id, () -> run("--on-done", onDone, id, job, Map.of(), false));
        }
    }

    private void submit(String id, Runnable command) {
        CompletableFuture<Void> before = last.getOrDefault(id, CompletableFuture.completedFuture(null));
        last.put(id, before.thenRunAsync(command, threads));
    }

    private void run(
            String option, String command, String id, FineTuneJob job, Map<String, String> more, boolean withRecord) {
        if (cancelled) {
            return;
        }
        ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-c", command);
        Map<String, String> environment = builder.environment();
        environment.remove("ATAI_API_KEY");
        environment.remove("ATAI_API_KEY_FILE");
        environment.values().removeIf(value -> !redact.apply(value).equals(value));
        JobStatus status = job.status();
        environment.put("FTJ_JOB_ID", id);
        environment.put("FTJ_STATUS", variable(status == null ? null : status.value()));
        environment.put("FTJ_JOB_STATUS", variable(status == null ? null : status.value()));
        environment.put("FTJ_JOB_NAME", variable(job.name()));
        environment.put("FTJ_INFERENCE_CONFIG_PATH", variable(job.inferenceConfigPath()));
        environment.putAll(more);
        builder.redirectInput(withRecord ? Redirect.PIPE : Redirect.from(new File("/dev/null")));
        builder.redirectErrorStream(true);
        String subject = option + " for " + id + ": ";
        try {
            Process process = builder.start();
            running.add(process);
            if (cancelled) {
                end(List.of(process));
            }
            if (withRecord) {
                writeRecord(process, job);
            }
            finish(process, subject);
        } catch (IOException e) {
            warn(subject + "cannot run the command (" + e.getMessage() + ")");
        }
    }

    /** On a thread of its own: a command that prints before it reads would deadlock otherwise. */
    private static void writeRecord(Process process, FineTuneJob job) {
        Daemons.start("ftj-hook-stdin", () -> {
            try (OutputStream stdin = process.getOutputStream()) {
                stdin.write((job.json() + "\n").getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                // the command does not read its stdin
            }
        });
    }

    /** The command has ended when its shell has: what it started in the background may hold its output open. */
    private void finish(Process process, String subject) {
        try {
            Thread output = Daemons.start("ftj-hook-output", () -> say(process, subject));
            int code = process.waitFor();
            output.join(OUTPUT_MILLIS);
            if (code != 0 && !cancelled) {
                warn(subject + "the command ended with exit code " + code);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            running.remove(process);
        }
    }

    private void say(Process process, String subject) {
        try (Reader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            StringBuilder line = new StringBuilder();
            boolean continued = false;
            for (int c = output.read(); c >= 0; c = output.read()) {
                if (c != '\n') {
                    line.append((char) c);
                }
                if (line.length() == MAX_LINE || c == '\n' && !(continued && line.length() == 0)) {
                    sayLine(line);
                }
                continued = c != '\n' && (continued || line.length() == 0);
            }
            if (line.length() > 0) {
                sayLine(line);
            }
        } catch (IOException e) {
            warn(subject + "cannot read the command's output (" + e.getMessage() + ")");
        }
    }

    private void sayLine(StringBuilder line) {
        if (line.length() > 0 && line.charAt(line.length() - 1) == '\r') {
            line.setLength(line.length() - 1);
        }
        console.say(Sanitizer.oneLine(line.toString()));
        line.setLength(0);
    }

    /** A variable cannot hold a NUL, and on Linux at most 128 KiB. */
    private static String variable(@Nullable String text) {
        if (text == null) {
            return "";
        }
        String cut = text.length() > MAX_VARIABLE ? text.substring(0, MAX_VARIABLE) : text;
        return cut.replace("\0", "\\u0000");
    }

    private void warn(String what) {
        console.say(Sanitizer.oneLine("ftj: warning: " + what));
    }

    /**
     * Waits until all commands have ended.
     *
     * @param deadline by {@link System#nanoTime()}; null for none
     * @throws TimeoutException if the deadline passed first
     */
    void await(@Nullable Long deadline) throws InterruptedException, TimeoutException {
        CompletableFuture<Void> all = CompletableFuture.allOf(last.values().toArray(CompletableFuture<?>[]::new));
        try {
            all.get(deadline == null ? Long.MAX_VALUE : deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    /** Returns the options that name commands, for a message. */
    String options() {
        return onChange == null ? "--on-done" : onDone == null ? "--on-change" : "--on-change or --on-done";
    }

    /** Ends the commands that are running, with all that they started, and starts no others. */
    void cancel() {
        cancelled = true;
        end(running);
        threads.shutdownNow();
    }

    private static void end(Collection<Process> shells) {
        List<ProcessHandle> all = new ArrayList<>();
        // the shell first: otherwise it would go on with its next command
        shells.forEach(shell -> all.add(shell.toHandle()));
        shells.forEach(shell -> shell.descendants().forEach(all::add));
        all.forEach(ProcessHandle::destroy);
        CompletableFuture<?>[] ends = all.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(ends).get(TERM_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            all.forEach(ProcessHandle::destroyForcibly);
        }
    }

    /** Lets the threads end, once all commands have. */
    void close() {
        threads.shutdown();
    }
}
