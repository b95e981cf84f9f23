package dev.ftj.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Processes that save jobs are killed, eight at a time. {@code -Dftj.kills=1000} makes it 1,000 of them. */
class JobBookKillTest {
    private static final int AT_A_TIME = 8;
    private static final int KILLS = Integer.getInteger("ftj.kills", 24);

    @TempDir
    Path directory;

    @Test
    @Timeout(value = 1, unit = TimeUnit.HOURS)
    void nothingThatWasAcknowledgedIsLostWhenWritersAreKilled() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(AT_A_TIME);
        List<Future<List<String>>> writers = new ArrayList<>();
        for (int i = 0; i < KILLS; i++) {
            String prefix = "w" + i + "-";
            writers.add(threads.submit(() -> saveUntilKilled(prefix)));
        }
        threads.shutdown();
        List<String> acknowledged = new ArrayList<>();
        for (Future<List<String>> writer : writers) {
            acknowledged.addAll(writer.get());
        }

        JobBook book = JobBook.open(directory, Saver.ENDPOINT);
        Set<String> saved = new HashSet<>();
        book.saved().forEach(entry -> {
            saved.add(entry.id());
            assertThat(entry.alias()).isEqualTo(entry.id());
            assertThat(entry.note()).startsWith("note ");
            assertThat(entry.status()).isEqualTo("RUNNING");
        });
        List<String> lost =
                acknowledged.stream().filter(id -> !saved.contains(id)).toList();
        System.out.printf(
                "%d processes killed, %d saves acknowledged, %d lost%n", KILLS, acknowledged.size(), lost.size());
        assertThat(lost).isEmpty();
        assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(KILLS);
        assertThat(saved)
                .as("at most one of each is there unacknowledged")
                .hasSizeLessThan(acknowledged.size() + KILLS + 1);
        book.save("one-more", null, null, Instant.EPOCH);
        assertThat(Files.readAllLines(directory.resolve("https=++host+v0.5.ids")))
                .containsAll(saved)
                .contains("one-more");
        assertThat(book.reports()).as("of torn lines").hasSizeLessThan(2);
    }

    /** Returns the ids of the saves that a process acknowledged before it was killed, at a random moment. */
    private List<String> saveUntilKilled(String prefix) throws IOException, InterruptedException {
        Random random = new Random();
        int enough = 1 + random.nextInt(5);
        Process process = new ProcessBuilder(Saver.command(directory, prefix, 0, 1_000_000))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly)); // if the tests are ended first
        List<String> acknowledged = new ArrayList<>();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                assertThat(line).isEqualTo(Integer.toString(acknowledged.size()));
                acknowledged.add(prefix + line);
                if (acknowledged.size() == enough) {
                    LockSupport.parkNanos(random.nextInt((int) TimeUnit.MILLISECONDS.toNanos(20)));
                    // Not Process.destroyForcibly(), which closes the stream with what was acknowledged.
                    process.toHandle().destroyForcibly();
                }
            }
        } finally {
            process.toHandle().destroyForcibly();
        }
        assertThat(process.waitFor()).as("SIGKILL").isEqualTo(137);
        return acknowledged;
    }
}
