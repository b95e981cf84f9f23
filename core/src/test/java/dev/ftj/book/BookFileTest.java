package dev.ftj.book;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is on the disk, and what becomes of it. */
class BookFileTest {
    private static final Instant NOON = Instant.parse("2026-03-04T12:00:00Z");
    private static final String ENDPOINT = "https://host/v0.5";
    private static final String NAME = "https=++host+v0.5";

    @TempDir
    Path temporary;

    private Path directory;
    private Path file;
    private JobBook book;

    @BeforeEach
    void open() {
        directory = temporary.resolve("state").resolve("books");
        file = directory.resolve(NAME + ".jsonl");
        book = JobBook.open(directory, ENDPOINT);
    }

    private JobBook another() {
        return JobBook.open(directory, ENDPOINT);
    }

    private List<String> ids(JobBook from) throws IOException {
        return from.saved().stream().map(JobBook.Entry::id).toList();
    }

    private void append(String text) throws IOException {
        append(text.getBytes(StandardCharsets.UTF_8));
    }

    private void append(byte[] bytes) throws IOException {
        Files.write(file, bytes, StandardOpenOption.APPEND);
    }

    /** Fills the book until it is worth compacting, and one line more. */
    private void outgrow() throws IOException {
        String name = "n".repeat(900);
        for (int i = 0; i < 600; i++) {
            book.seen("filler" + i % 10, name, null, NOON);
        }
    }

    @Test
    void readingMakesNothing() throws IOException {
        assertThat(book.timeline("a")).isEmpty();
        assertThat(book.known()).isEmpty();
        assertThat(book.forget("a")).isFalse();
        assertThat(temporary.resolve("state")).doesNotExist();
    }

    @Test
    void whatIsMadeIsTheOwnersAlone() throws IOException {
        book.save("a", "prod", null, NOON);
        book.seen("a", null, null, NOON);
        append("damage\n");
        book.known();

        for (Path made : List.of(directory.getParent(), directory)) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
                    .isEqualTo("rwx------");
        }
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files)
                    .hasSize(4)
                    .allSatisfy(made -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
                            .as(made.toString())
                            .isEqualTo("rw-------"));
        }
    }

    @Test
    void endpointsHaveBooksOfTheirOwn() throws IOException {
        book.save("a", "prod", null, NOON);

        assertThat(JobBook.open(directory, "http://127.0.0.1:8080/v0.5").byAlias("prod"))
                .isEmpty();
        assertThat(another().byAlias("prod")).hasValue("a");
    }

    @Test
    void twoOpenBooksSeeEachOthersChanges() throws IOException {
        JobBook other = another();
        book.save("a", "prod", null, NOON);
        assertThat(other.byAlias("prod")).hasValue("a");
        assertThat(other.save("b", "prod", null, NOON)).hasValue("a");
        assertThat(book.byAlias("prod")).hasValue("b");
        other.seen("c", null, null, NOON);
        assertThat(book.last()).hasValue("c");
        other.rows(List.of("x", "y"));
        assertThat(book.row(2)).hasValue("y");
        assertThat(book.forget("b")).isTrue();
        assertThat(ids(other)).containsExactly("a");
    }

    @Test
    void aBookThatAnotherOneCompactedIsReadAnew() throws IOException {
        JobBook other = another();
        book.save("a", "prod", null, NOON);
        assertThat(ids(other)).containsExactly("a");
        outgrow();
        book.forget("a");
        book.save("b", null, null, NOON);

        assertThat(Files.readString(file)).startsWith("{\"kind\":\"book\",\"generation\":1,");
        assertThat(ids(other)).containsExactly("b");
        outgrow();
        assertThat(other.last()).hasValue("filler9");
        assertThat(ids(other)).containsExactly("b");
        assertThat(Files.readString(file)).startsWith("{\"kind\":\"book\",\"generation\":2,");
    }

    @Test
    void aBookThatSomebodyRemovedIsEmptyAndGoesOn() throws IOException {
        book.save("a", null, null, NOON);
        JobBook other = another();
        assertThat(ids(other)).containsExactly("a");
        Files.delete(file);
        assertThat(ids(other)).isEmpty();
        other.save("b", null, null, NOON);
        assertThat(ids(book)).containsExactly("b");
    }

    @Test
    void compactionKeepsTheMeaningAndUnknownLinesToTheLetter() throws IOException {
        String unknown = "{ \"kind\": \"from-the-future\", \"x\": 1.0E+2, \"x\": [ \"\\u00e4\u00e4\" ] }";
        String incomplete = "{\"kind\":\"saved\",\"alias\":\"prod\"}";
        book.save("a", "prod", "note", NOON);
        book.save("b", null, null, NOON);
        append(unknown + "\n" + incomplete + "\n");
        book.seen("a", "name", "RUNNING", NOON);
        book.rows(List.of("r1", "r2"));
        List<JobBook.Entry> savedBefore = book.saved();
        outgrow();

        assertThat(Files.size(file)).isLessThan(100_000);
        assertThat(Files.readAllLines(file)).contains(unknown, incomplete);
        for (JobBook reader : List.of(book, another())) {
            assertThat(reader.saved()).isEqualTo(savedBefore);
            assertThat(reader.byAlias("prod")).hasValue("a");
            assertThat(reader.last()).hasValue("filler9");
            assertThat(reader.row(2)).hasValue("r2");
            assertThat(reader.known()).hasSize(12);
            assertThat(reader.reports()).isEmpty();
        }
    }

    @Test
    void timelinesOutliveCompactions() throws IOException {
        String[] seen = {"STARTING", "RUNNING", "RUNNING", null};
        for (int i = 0; i < seen.length; i++) {
            book.seen("a", null, seen[i], NOON.plusSeconds(i));
            book.seen("b", null, "RUNNING", NOON.plusSeconds(i));
            book.seen("c", null, seen[3 - i], NOON.plusSeconds(i));
        }
        List<JobBook.Entry> before = List.of(
                book.entry("a").orElseThrow(),
                book.entry("b").orElseThrow(),
                book.entry("c").orElseThrow());
        assertThat(before).extracting(entry -> entry.timeline().size()).containsExactly(2, 1, 2);
        outgrow();
        outgrow();

        assertThat(Files.readString(file)).startsWith("{\"kind\":\"book\",\"generation\":2,");
        for (JobBook reader : List.of(book, another())) {
            assertThat(List.of(
                            reader.entry("a").orElseThrow(),
                            reader.entry("b").orElseThrow(),
                            reader.entry("c").orElseThrow()))
                    .isEqualTo(before);
        }
        book.seen("a", null, "RUNNING", NOON.plusSeconds(60));
        book.seen("a", null, "COMPLETED", NOON.plusSeconds(61));
        assertThat(another().entry("a").orElseThrow().timeline())
                .extracting(JobBook.Sighting::status)
                .containsExactly("STARTING", "RUNNING", "COMPLETED");
    }

    @Test
    void oneTimelineIsTheSameWithoutReadingTheWholeBook() throws IOException {
        Random random = new Random(7);
        List<String> odd = List.of("a", "aa", "\"", "a\",\"at\":1", "\ud800 \u00e4\n");
        for (int i = 0; i < 400; i++) {
            String id = odd.get(random.nextInt(odd.size()));
            if (random.nextInt(50) == 0) {
                book.forget(id);
            } else if (random.nextInt(20) == 0) {
                book.save(id, null, "n".repeat(40_000), NOON);
            } else {
                book.seen(id, "n".repeat(2_000), random.nextBoolean() ? "RUNNING" : "FAILED", NOON.plusSeconds(i));
            }
        }
        append("{\"kind\":\"seen\",\"id\":\"a\", torn");
        try (Stream<String> lines = Files.lines(file)) {
            assertThat(lines.findFirst())
                    .as("compacted")
                    .hasValueSatisfying(line -> assertThat(line).contains("\"book\""));
        }

        for (String id : odd) {
            List<JobBook.Sighting> expected =
                    book.entry(id).map(JobBook.Entry::timeline).orElse(List.of());
            assertThat(another().timeline(id)).isEqualTo(expected);
        }
        assertThat(another().timeline("b")).isEmpty();
        JobBook asked = another();
        for (int i = 0; i < 20; i++) {
            asked.seen("a", null, "S" + i, NOON);
            assertThat(asked.timeline("a")).endsWith(new JobBook.Sighting("S" + i, NOON));
        }
    }

    @Test
    void oneTimelineIsReadWithoutTheDamageAroundIt() throws IOException {
        book.seen("a", null, "RUNNING", NOON);
        append("damage\n");

        assertThat(book.timeline("a")).hasSize(1);
        assertThat(damaged()).doesNotExist();
    }

    @Test
    void aTimelineOfAnotherVersionIsReadAsFarAsItCanBe() throws IOException {
        book.seen("a", null, "RUNNING", NOON);
        StringBuilder many = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            many.append(",{\"status\":\"S")
                    .append(i)
                    .append("\",\"at\":")
                    .append(i)
                    .append(",\"new\":[{}]}");
        }
        append("{\"kind\":\"seen\",\"id\":\"a\",\"status\":\"S39\",\"at\":60,\"timeline\":"
                + "[7,[],{},{\"status\":[],\"at\":1},{\"status\":\"X\",\"at\":\"noon\"}" + many + "]}\n");
        append("{\"kind\":\"seen\",\"id\":\"b\",\"status\":\"RUNNING\",\"at\":1,\"timeline\":{\"x\":[]}}\n");

        assertThat(book.entry("a").orElseThrow().timeline())
                .hasSize(32)
                .startsWith(new JobBook.Sighting("S8", Instant.ofEpochMilli(8)))
                .endsWith(new JobBook.Sighting("S39", Instant.ofEpochMilli(39)));
        assertThat(book.entry("b").orElseThrow().timeline())
                .containsExactly(new JobBook.Sighting("RUNNING", Instant.ofEpochMilli(1)));
        assertThat(book.reports()).isEmpty();
    }

    @Test
    void aBookThatCannotGetSmallerIsNotCompactedAtEveryLine() throws IOException {
        String note = "n".repeat(100_000);
        for (int i = 0; i < 7; i++) {
            book.save("a" + i, null, note, NOON);
        }
        assertThat(Files.readString(file)).startsWith("{\"kind\":\"book\",\"generation\":1,");
        for (int i = 7; i < 11; i++) {
            book.save("a" + i, null, note, NOON);
        }
        assertThat(Files.readString(file)).startsWith("{\"kind\":\"book\",\"generation\":1,");
        assertThat(ids(another())).hasSize(11);
    }

    @Test
    void aTornLastLineIsSetAsideByTheNextWriterAndToldOnce() throws IOException {
        book.save("a", null, null, NOON);
        append("{\"kind\":\"saved\",\"id\":\"to");
        assertThat(ids(another())).containsExactly("a");

        JobBook next = another();
        next.save("b", null, null, NOON);

        assertThat(ids(next)).containsExactly("a", "b");
        assertThat(next.reports()).containsExactly("1 damaged line was set aside in " + damaged());
        assertThat(next.reports()).isEmpty();
        assertThat(damaged()).hasContent("{\"kind\":\"saved\",\"id\":\"to");
        JobBook later = another();
        assertThat(ids(later)).containsExactly("a", "b");
        assertThat(later.reports()).isEmpty();
    }

    @Test
    void aLastLineThatOnlyMissesItsEndCounts() throws IOException {
        book.save("a", null, null, NOON);
        append("{\"kind\":\"saved\",\"id\":\"b\"}");
        assertThat(ids(book)).containsExactly("a", "b");
        book.save("c", null, null, NOON);

        assertThat(ids(book)).containsExactly("a", "b", "c");
        assertThat(ids(another())).containsExactly("a", "b", "c");
        assertThat(book.reports()).isEmpty();
    }

    static Stream<byte[]> junk() {
        byte[] invalidUtf8 = "{\"kind\":\"saved\",\"id\":\"?\"}".getBytes(StandardCharsets.US_ASCII);
        invalidUtf8[invalidUtf8.length - 3] = (byte) 0xff;
        return Stream.of(
                "junk".getBytes(StandardCharsets.US_ASCII),
                "[1]".getBytes(StandardCharsets.US_ASCII),
                "\"text\"".getBytes(StandardCharsets.US_ASCII),
                "{\"kind\":\"saved\",\"id\":\"x\"} {}".getBytes(StandardCharsets.US_ASCII),
                "{\"kind\":\"saved\",\"id\":\"x\"".getBytes(StandardCharsets.US_ASCII),
                "{\"a\":".repeat(100_000).getBytes(StandardCharsets.US_ASCII),
                ("{\"kind\":\"saved\",\"id\":\"" + "x".repeat(2 << 20) + "\"}").getBytes(StandardCharsets.US_ASCII),
                new byte[] {0},
                new byte[5 << 20],
                new byte[] {(byte) 0xff, (byte) 0xfe},
                invalidUtf8);
    }

    @ParameterizedTest
    @MethodSource("junk")
    void junkIsSetAsideAndTheLinesAroundItStay(byte[] junk) throws IOException {
        book.save("a", "prod", null, NOON);
        append(junk);
        append("\n\r\n  \n{\"kind\":\"saved\",\"id\":\"b\"}\r\n");

        assertThat(ids(book)).containsExactly("a", "b");
        assertThat(book.reports()).containsExactly("1 damaged line was set aside in " + damaged());
        byte[] kept = Files.readAllBytes(damaged());
        assertThat(kept).hasSize(junk.length + 1).startsWith(junk).endsWith('\n');
        assertThat(book.byAlias("prod")).hasValue("a");
    }

    @ParameterizedTest
    @MethodSource("junk")
    void junkAtTheEndIsSetAsideByTheNextWriter(byte[] junk) throws IOException {
        book.save("a", null, null, NOON);
        append(junk);
        assertThat(ids(book)).containsExactly("a");
        book.save("b", null, null, NOON);

        assertThat(ids(book)).containsExactly("a", "b");
        assertThat(book.reports()).hasSize(1);
        assertThat(Files.readAllBytes(damaged())).hasSize(junk.length + 1).startsWith(junk);
    }

    @Test
    void manyDamagedLinesAreOneReport() throws IOException {
        book.save("a", null, null, NOON);
        append("x\ny\nz\n");
        assertThat(ids(book)).containsExactly("a");
        append("u\nv\n");
        assertThat(ids(book)).containsExactly("a");

        assertThat(book.reports())
                .containsExactly(
                        "3 damaged lines were set aside in " + damaged(),
                        "2 damaged lines were set aside in " + damaged());
        assertThat(damaged()).hasContent("x\ny\nz\nu\nv\n");
    }

    @Test
    void fieldsOfAnUnexpectedTypeHarmNothing() throws IOException {
        book.save("a", "prod", "note", NOON);
        append("{\"kind\":\"saved\",\"id\":\"b\",\"alias\":7,\"note\":{\"x\":[1]},\"at\":\"noon\",\"more\":[{}]}\n");
        append("{\"kind\":\"saved\",\"id\":\"c\",\"alias\":\"not a name\",\"at\":99999999999999999999}\n");
        append("{\"kind\":\"seen\",\"id\":\"d\",\"at\":9223372036854775807}\n");
        append("{\"kind\":\"rows\",\"ids\":[\"r\",1,null,[\"x\"],\"s\"]}\n{\"kind\":\"rows\"}\n{}\n{\"kind\":[]}\n");

        assertThat(ids(book)).containsExactly("a", "b", "c");
        assertThat(book.entry("b")).hasValue(new JobBook.Entry("b", null, null, null, null, null, null, List.of()));
        assertThat(book.entry("c").orElseThrow().alias()).isNull();
        assertThat(book.last()).hasValue("d");
        assertThat(book.reports()).isEmpty();
    }

    @Test
    void aHeaderThatPointsBeforeTheFileHidesNoLine() throws IOException {
        book.save("a", null, null, NOON);
        outgrow();
        book.seen("a", null, "RUNNING", NOON);
        String written = Files.readString(file);
        Files.writeString(file, written.replaceFirst("\"seen\":\\d", "\"seen\":-"));

        assertThat(written).startsWith("{\"kind\":\"book\"").contains("\"seen\":");
        assertThat(another().timeline("a")).containsExactly(new JobBook.Sighting("RUNNING", NOON));
    }

    @Test
    void aCompactionAfterManyListsKeepsWhatWasShownLast() throws IOException {
        List<JobBook.Row> rows = IntStream.range(0, 300)
                .mapToObj(i -> new JobBook.Row("job-" + i, "n".repeat(900), "RUNNING"))
                .toList();
        book.seen("job-250", null, "STARTING", NOON);
        for (int i = 0; i < 10; i++) {
            book.listed(rows, NOON);
        }

        assertThat(Files.size(file)).as("compacted").isLessThan(5L * 300 * 900);
        assertThat(another().last()).hasValue("job-250");
        assertThat(another().row(9)).hasValue("job-8");
        assertThat(another().known()).hasSize(300);
        assertThat(another().timeline("job-250"))
                .extracting(JobBook.Sighting::status)
                .containsExactly("STARTING", "RUNNING");
        assertThat(words()).content().contains("job-0\n", "job-299\n");
    }

    @Test
    void completionScriptsFindPlainWordsSavedOnesFirst() throws IOException {
        book.seen("ftj-seen_1.0", null, null, NOON);
        for (String odd : List.of("$(reboot)", "a b", "-rf", "ä", "@x", "a\nb", "`x`", "a/b", "*")) {
            book.seen(odd, null, null, NOON);
            book.save(odd, null, null, NOON);
        }
        book.save("b b", "named", null, NOON);
        book.save("ftj-saved", "prod", null, NOON);
        assertThat(words()).hasContent("@named\n@prod\nftj-saved\nftj-seen_1.0\n");

        book.seen("ftj-new", null, null, NOON);
        book.seen("new one", null, null, NOON);
        assertThat(words()).hasContent("@named\n@prod\nftj-saved\nftj-seen_1.0\nftj-new\n");

        book.forget("prod");
        book.forget("ftj-seen_1.0");
        assertThat(words()).hasContent("@named\nftj-new\n");
    }

    @Test
    void aListForCompletionThatCannotBeWrittenFailsNoSave() throws IOException {
        Files.createDirectories(words().resolve("in the way"));

        assertThat(book.save("a", "prod", null, NOON)).isEmpty();
        book.seen("b", null, null, NOON);
        assertThat(another().byAlias("prod")).hasValue("a");
        assertThat(book.reports()).singleElement().asString().startsWith("the list for completion " + words());
    }

    @Test
    void anInterruptLosesNothingAndIsStillThere() throws IOException {
        Thread.currentThread().interrupt();
        book.save("a", "prod", null, NOON);
        book.seen("b", null, null, NOON);
        outgrow();
        append("junk\n");
        assertThat(book.byAlias("prod")).hasValue("a");
        book.forget("b");

        assertThat(Thread.interrupted()).isTrue();
        assertThat(ids(another())).containsExactly("a");
        assertThat(book.reports()).hasSize(1);
    }

    @Test
    void interruptsAtAnyMomentLoseNothing() throws Exception {
        FutureTask<JobBook> saves = new FutureTask<>(() -> {
            for (int i = 0; i < 200; i++) {
                book.save("a" + i, "name" + i, "n".repeat(3_000), NOON);
            }
            return book;
        });
        Random random = new Random();
        Thread writer = new Thread(saves);
        writer.start();
        while (writer.isAlive()) {
            writer.interrupt();
            LockSupport.parkNanos(random.nextInt(8_000_000));
        }
        saves.get();

        JobBook reader = another();
        assertThat(reader.saved()).hasSize(200);
        assertThat(reader.reports()).isEmpty();
        assertThat(damaged()).doesNotExist();
        assertThat(Files.readString(file)).startsWith("{\"kind\":\"book\",");
    }

    @Test
    void threadsWithBooksOfTheirOwnShareAFile() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Future<?>> writers = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            String prefix = "t" + t + "-";
            writers.add(threads.submit(() -> {
                JobBook own = another();
                for (int i = 0; i < 50; i++) {
                    own.save(prefix + i, null, null, NOON);
                    book.seen(prefix + i, null, null, NOON);
                }
                return own;
            }));
        }
        threads.shutdown();
        for (Future<?> writer : writers) {
            writer.get();
        }

        assertThat(ids(book)).hasSize(200).doesNotHaveDuplicates();
        assertThat(another().reports()).isEmpty();
    }

    @Test
    void seeingAJobReadsNothingOfALargeBook() throws IOException {
        book.save("a", null, null, NOON);
        append("damage that only a reader would find\n");
        another().seen("b", null, null, NOON);

        assertThat(damaged()).doesNotExist();
        assertThat(book.last()).hasValue("b");
        assertThat(damaged()).exists();
    }

    @Test
    void junkWithoutEndIsReadInLittleMemory() throws IOException, InterruptedException {
        book.save("a", null, null, NOON);
        try (RandomAccessFile junk = new RandomAccessFile(file.toFile(), "rw")) {
            junk.setLength(64 << 20);
        }
        append("\n{\"kind\":\"saved\",\"id\":\"b\"}\n");
        List<String> command = Saver.command(directory, "c", 0, 1);
        command.add(1, "-Xmx24m");
        Process saver = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();

        assertThat(saver.waitFor()).isZero();
        assertThat(ids(book)).containsExactly("a", "b", "c0");
        assertThat(Files.size(file)).isLessThan(1_000);
    }

    private Path damaged() {
        return directory.resolve(NAME + ".damaged");
    }

    private Path words() {
        return directory.resolve(NAME + ".ids");
    }
}
