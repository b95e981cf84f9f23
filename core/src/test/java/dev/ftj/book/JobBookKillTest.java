package dev.ftj.book;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobBookKillTest {
    private static final int WRITERS = 8;
    private static final int SAVES = 500;

    @TempDir
    Path directory;

    @Test
    void nothingThatWasAcknowledgedIsLostWhenWritersAreKilled() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
        List<Future<Integer>> writers = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            String prefix = "w" + i + "-";
            int killAfter = new Random().nextInt(SAVES);
            writers.add(threads.submit(() -> write(prefix, killAfter)));
        }
        threads.shutdown();
        int kills = 0;
        for (Future<Integer> writer : writers) {
            kills += writer.get();
        }

        JobBook book = JobBook.open(directory, Saver.ENDPOINT);
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < WRITERS * SAVES; i++) {
            expected.add("w" + i / SAVES + "-" + i % SAVES);
        }
        assertThat(book.saved()).extracting(JobBook.Entry::id).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(book.saved()).allSatisfy(entry -> {
            assertThat(entry.alias()).isEqualTo(entry.id());
            assertThat(entry.note()).startsWith("note ");
            assertThat(entry.timeline()).extracting(JobBook.Sighting::status).endsWith("STARTING", "RUNNING");
        });
        assertThat(book.save("one-more", null, null, Instant.EPOCH)).isEmpty();

        List<String> torn = new ArrayList<>();
        try (var files = Files.newDirectoryStream(directory, "*.damaged")) {
            for (Path file : files) {
                torn.addAll(Files.readAllLines(file, StandardCharsets.ISO_8859_1));
            }
        }
        assertThat(torn)
                .hasSizeLessThanOrEqualTo(kills)
                .allSatisfy(line -> assertThat(line).startsWith("{").doesNotEndWith("}"));
        assertThat(Files.readAllLines(directory.resolve("https=++host+v0.5.ids")))
                .containsAll(expected)
                .contains("@w0-0", "one-more");
    }

    /** Saves 500 jobs: a first process is killed on its way, a second one does the rest. */
    private int write(String prefix, int killAfter) throws IOException, InterruptedException {
        Process first = start(prefix, 0);
        int acknowledged = 0;
        try (BufferedReader lines = read(first)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                assertThat(line).isEqualTo(Integer.toString(acknowledged));
                acknowledged++;
                if (acknowledged > killAfter) {
                    // Not Process.destroyForcibly(), which closes the stream with what was acknowledged.
                    first.toHandle().destroyForcibly();
                }
            }
        }
        int killed = first.waitFor() == 0 ? 0 : 1;
        // What was not acknowledged may be there or not; the rest must be.
        Process second = start(prefix, acknowledged);
        try (BufferedReader lines = read(second)) {
            while (lines.readLine() != null) {
                acknowledged++;
            }
        }
        assertThat(second.waitFor()).isZero();
        assertThat(acknowledged).isEqualTo(SAVES);
        return killed;
    }

    private Process start(String prefix, int from) throws IOException {
        return new ProcessBuilder(Saver.command(directory, prefix, from, SAVES))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static BufferedReader read(Process process) {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }
}
