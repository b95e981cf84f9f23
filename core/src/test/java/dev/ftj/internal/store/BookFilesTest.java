package dev.ftj.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ftj.internal.store.JobBook.StatusObservation;
import java.io.IOException;
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
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is on the disk, and what becomes of it. */
class BookFilesTest {
    private static final Instant NOON = Instant.parse("2026-03-04T12:00:00Z");
    private static final String ENDPOINT = "https://host/v0.5";
    private static final String NAME = "https=++host+v0.5";

    @TempDir
    Path temporary;

    private Path directory;
    private Path saved;
    private Path seen;
    private JobBook book;

    @BeforeEach
    void open() {
        directory = temporary.resolve("state").resolve("books");
        saved = directory.resolve(NAME + ".saved.jsonl");
        seen = directory.resolve(NAME + ".seen.jsonl");
        book = JobBook.open(directory, ENDPOINT);
    }

    private JobBook another() {
        return JobBook.open(directory, ENDPOINT);
    }

    private List<String> ids(JobBook from) throws IOException {
        return from.saved().stream().map(JobBook.Entry::id).toList();
    }

    private static void append(Path file, String text) throws IOException {
        append(file, text.getBytes(StandardCharsets.UTF_8));
    }

    private static void append(Path file, byte[] bytes) throws IOException {
        Files.write(file, bytes, StandardOpenOption.APPEND);
    }

    /** Adds more than 2,000 lines, of ten jobs. */
    private void outgrow() throws IOException {
        book.seen("filler9", null, null, NOON);
        append(
                seen,
                IntStream.range(0, 2_000)
                        .mapToObj(i -> "{\"kind\":\"seen\",\"id\":\"filler" + i % 10 + "\",\"at\":1772625600000}\n")
                        .collect(Collectors.joining()));
        book.seen("filler9", null, null, NOON);
    }

    @Test
    void readingMakesNothing() throws IOException {
        assertThat(book.timeline("a")).isEmpty();
        assertThat(book.known()).isEmpty();
        assertThat(book.forget("a")).isFalse();
        assertThat(temporary.resolve("state")).doesNotExist();
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
        assertThat(other.save("b", "prod", null, NOON).owner()).isEqualTo("a");
        assertThat(book.byAlias("prod")).hasValue("b");
        other.seen("c", null, null, NOON);
        assertThat(book.last()).hasValue("c");
        other.rows(List.of("x", "y"));
        assertThat(book.row(2)).hasValue("y");
        assertThat(book.forget("b")).isTrue();
        assertThat(ids(other)).containsExactly("a");
    }

    @Test
    void completionScriptsFindTheWordsThatCanBeTypedSavedOnesFirst() throws IOException {
        book.seen("ftj-seen_1.0", null, null, NOON);
        for (String odd : List.of("-rf", "a\nb", "\u001b[1m", "\u202e")) {
            book.seen(odd, null, null, NOON);
            book.save(odd, null, null, NOON);
        }
        book.save("$(reboot) \u00e4", "named", null, NOON);
        book.save("@x", "prod", null, NOON);
        assertThat(words()).hasContent("@named\n$(reboot) \u00e4\n@prod\n@@x\nftj-seen_1.0\n");

        book.seen("new one", null, null, NOON);
        book.seen("-new", null, null, NOON);
        assertThat(words()).hasContent("@named\n$(reboot) \u00e4\n@prod\n@@x\nftj-seen_1.0\nnew one\n");

        book.forget("prod");
        book.forget("ftj-seen_1.0");
        assertThat(words()).hasContent("@named\n$(reboot) \u00e4\nnew one\n");
    }

    @Test
    void aListForCompletionThatCannotBeWrittenFailsNoSave() throws IOException {
        Files.createDirectories(words().resolve("in the way"));

        book.save("a", "prod", null, NOON);
        book.seen("b", null, null, NOON);
        assertThat(another().byAlias("prod")).hasValue("a");
        assertThat(book.reports())
                .singleElement()
                .asString()
                .startsWith("the completion file " + words() + " could not be written: ");
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
    void whatIsMadeIsTheOwnersAlone() throws IOException {
        book.save("a", "prod", null, NOON);
        book.seen("a", null, null, NOON);
        append(saved, "damage\n");
        book.known();

        for (Path made : List.of(directory.getParent(), directory)) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
                    .isEqualTo("rwx------");
        }
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files)
                    .hasSize(5)
                    .allSatisfy(made -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
                            .as(made.toString())
                            .isEqualTo("rw-------"));
        }
    }

    @Test
    void filesThatSomebodyRemovedAreEmptyAndTheBookGoesOn() throws IOException {
        book.save("a", null, null, NOON);
        JobBook other = another();
        assertThat(ids(other)).containsExactly("a");
        Files.delete(saved);
        assertThat(ids(other)).isEmpty();
        other.save("b", null, null, NOON);
        assertThat(ids(book)).containsExactly("b");
    }

    @Test
    void aSeenFileOfMoreThanTwoThousandLinesIsShortenedAndKeepsItsMeaning() throws IOException {
        String[] statuses = {"STARTING", "RUNNING", "RUNNING", null};
        for (int i = 0; i < statuses.length; i++) {
            book.seen("a", null, statuses[i], NOON.plusSeconds(i));
            book.seen("b", null, "RUNNING", NOON.plusSeconds(i));
        }
        book.save("a", "prod", "note", NOON);
        book.rows(List.of("r1", "r2"));
        List<JobBook.Entry> before = book.saved();
        List<StatusObservation> timeline = book.timeline("a");
        assertThat(timeline).hasSize(2);
        outgrow();

        assertThat(Files.readAllLines(seen)).hasSizeLessThan(100);
        for (JobBook reader : List.of(book, another())) {
            assertThat(reader.saved()).isEqualTo(before);
            assertThat(reader.timeline("a")).isEqualTo(timeline);
            assertThat(reader.timeline("b")).containsExactly(new StatusObservation("RUNNING", NOON));
            assertThat(reader.row(2)).hasValue("r2");
            assertThat(reader.last()).hasValue("filler9");
            assertThat(reader.known()).hasSize(12);
            assertThat(reader.reports()).isEmpty();
        }
        book.seen("a", null, "COMPLETED", NOON.plusSeconds(61));
        for (JobBook reader : List.of(book, another())) {
            assertThat(reader.timeline("a"))
                    .extracting(StatusObservation::status)
                    .containsExactly("STARTING", "RUNNING", "COMPLETED");
        }
    }

    @Test
    void aSavedJobKeepsItsLastKnownStatusWhenAThousandOthersWereSeen() throws IOException {
        book.seen("a", "its name", "COMPLETED", NOON);
        book.save("a", "prod", null, NOON);
        for (int list = 0; list < 3; list++) {
            String prefix = "list" + list + "-";
            book.listed(
                    IntStream.range(0, 1_000)
                            .mapToObj(i -> new JobBook.Row(prefix + i, null, "RUNNING"))
                            .toList(),
                    true,
                    NOON);
        }

        assertThat(Files.readString(seen)).contains("list2-999").doesNotContain("list0-");
        assertThat(another().last()).as("the last one shown stays").hasValue("a");
        book.seen("b", null, null, NOON);
        outgrow();
        assertThat(Files.readString(seen)).doesNotContain("\"a\"");
        assertThat(another().entry("a"))
                .hasValue(new JobBook.Entry("a", "its name", "COMPLETED", NOON, "prod", null, NOON));
        assertThat(another().timeline("a")).isEmpty();
        assertThat(another().row(9)).hasValue("list2-8");
        assertThat(words()).content().startsWith("@prod\na\n").contains("filler9\n", "list2-0\n");
    }

    @Test
    void linesOfUnknownKindsSurviveToTheLetterAndUnknownFieldsToo() throws IOException {
        String unknown = "{ \"kind\": \"from-the-future\", \"x\": 1.0E+2, \"x\": [ \"\\u00e4\u00e4\" ] }";
        String incomplete = "{\"kind\":\"saved\",\"alias\":\"prod\"}";
        book.save("a", null, null, NOON);
        book.seen("a", null, null, NOON);
        append(saved, unknown + "\n" + incomplete + "\n");
        append(saved, "{\"kind\":\"saved\",\"id\":\"b\",\"new\":[{\"x\":null},true,1.5,99999999999999999999]}\n");
        append(seen, unknown + "\n");
        book.save("c", null, null, NOON);
        outgrow();

        assertThat(ids(another())).containsExactly("a", "b", "c");
        assertThat(Files.readAllLines(saved))
                .contains(unknown, incomplete)
                .anyMatch(line -> line.contains("\"new\":[{\"x\":null},true,1.5,99999999999999999999]"));
        assertThat(Files.readAllLines(seen)).contains(unknown);
        assertThat(book.reports()).isEmpty();
    }

    @Test
    void oneTimelineIsTheSameWithoutReadingTheWholeBook() throws IOException {
        Random random = new Random(7);
        List<String> odd = List.of("a", "aa", "\"", "a\",\"at\":1", "\ud800 \u00e4\n");
        for (int i = 0; i < 400; i++) {
            String id = odd.get(random.nextInt(odd.size()));
            if (random.nextInt(50) == 0) {
                book.forget(id);
            } else {
                book.seen(id, "n".repeat(200), random.nextBoolean() ? "RUNNING" : "FAILED", NOON.plusSeconds(i));
            }
        }
        append(seen, "{\"kind\":\"seen\",\"id\":\"a\", torn");

        for (String id : odd) {
            List<StatusObservation> fast = another().timeline(id);
            assertThat(book.known()).isNotEmpty(); // reads the whole book
            assertThat(fast).isEqualTo(book.timeline(id));
        }
        assertThat(another().timeline("b")).isEmpty();
        for (int i = 0; i < 20; i++) {
            book.seen("a", null, "S" + i, NOON);
            assertThat(book.timeline("a")).endsWith(new StatusObservation("S" + i, NOON));
        }
    }

    @Test
    void seeingAJobReadsNothing() throws IOException {
        book.save("a", null, null, NOON);
        book.seen("a", null, null, NOON);
        append(saved, "damage that only a reader would find\n");
        append(seen, "the same\n");
        another().seen("b", null, "RUNNING", NOON);
        assertThat(another().timeline("b")).hasSize(1);

        assertThat(damaged()).doesNotExist();
        assertThat(book.last()).hasValue("b");
        assertThat(damaged()).hasContent("damage that only a reader would find\nthe same\n");
    }

    @Test
    void aTornLastLineIsMovedAsideAndReportedOnce() throws IOException {
        book.seen("a", null, null, NOON);
        append(seen, "{\"kind\":\"seen\",\"id\":\"to");
        JobBook next = another();
        next.seen("b", null, null, NOON);

        assertThat(next.known()).extracting(JobBook.Entry::id).containsExactly("b", "a");
        assertThat(next.reports()).containsExactly("moved 1 damaged line to " + damaged());
        assertThat(damaged()).hasContent("{\"kind\":\"seen\",\"id\":\"to");
        assertThat(next.reports()).isEmpty();
        JobBook later = another();
        assertThat(later.known()).hasSize(2);
        assertThat(later.reports()).isEmpty();
    }

    static Stream<byte[]> junk() {
        byte[] invalidUtf8 = "{\"kind\":\"saved\",\"id\":\"?\"}".getBytes(StandardCharsets.US_ASCII);
        invalidUtf8[invalidUtf8.length - 3] = (byte) 0xff;
        return Stream.concat(
                Stream.of(
                                "junk",
                                "[1]",
                                "\"text\"",
                                "{\"kind\":\"saved\",\"id\":\"x\"} {}",
                                "{\"kind\":\"saved\",\"id\":\"x\"",
                                "{\"a\":".repeat(100_000))
                        .map(text -> text.getBytes(StandardCharsets.US_ASCII)),
                Stream.of(new byte[] {0}, new byte[5 << 20], new byte[] {(byte) 0xff, (byte) 0xfe}, invalidUtf8));
    }

    @ParameterizedTest
    @MethodSource("junk")
    void junkIsMovedAsideAndTheLinesAroundItStay(byte[] junk) throws IOException {
        book.save("a", "prod", null, NOON);
        append(saved, junk);
        append(saved, "\n\r\n  \n{\"kind\":\"saved\",\"id\":\"b\"}\r\n{\"kind\":\"saved\",\"id\":\"c\"}");

        assertThat(ids(book)).containsExactly("a", "b", "c");
        assertThat(book.reports()).containsExactly("moved 1 damaged line to " + damaged());
        byte[] kept = Files.readAllBytes(damaged());
        assertThat(kept).hasSize(junk.length + 1).startsWith(junk).endsWith('\n');
        append(saved, junk);
        book.save("d", null, null, NOON);
        assertThat(ids(another())).containsExactly("a", "b", "c", "d");
        assertThat(book.byAlias("prod")).hasValue("a");
    }

    @Test
    void fieldsOfAnUnexpectedTypeHarmNothing() throws IOException {
        book.save("a", "prod", "note", NOON);
        book.seen("a", null, null, NOON);
        append(saved, "{\"kind\":\"saved\",\"id\":\"b\",\"alias\":7,\"note\":{\"x\":[1]},\"at\":\"noon\"}\n");
        append(saved, "{\"kind\":\"saved\",\"id\":\"c\",\"alias\":\"not a name\",\"at\":99999999999999999999}\n");
        append(
                seen,
                "{\"kind\":\"seen\",\"id\":\"d\",\"status\":\"X\",\"at\":9223372036854775807,\"timeline\":"
                        + "[7,[],{},{\"status\":[],\"at\":1},{\"status\":\"W\",\"at\":\"noon\"},{\"status\":\"V\",\"at\":8}]}\n");
        append(seen, "{\"kind\":\"rows\",\"ids\":[\"r\",1,null,[\"x\"],\"s\"]}\n{}\n{\"kind\":[]}\n");

        assertThat(ids(book)).containsExactly("a", "b", "c");
        assertThat(book.entry("b")).hasValue(new JobBook.Entry("b", null, null, null, null, null, null));
        assertThat(book.timeline("b")).isEmpty();
        assertThat(book.entry("c").orElseThrow().alias()).isNull();
        assertThat(book.row(2)).hasValue("s");
        assertThat(book.last()).hasValue("d");
        assertThat(book.timeline("d"))
                .containsExactly(
                        new StatusObservation("V", Instant.ofEpochMilli(8)),
                        new StatusObservation("X", Instant.ofEpochMilli(Long.MAX_VALUE)));
        assertThat(book.reports()).isEmpty();
    }

    @Test
    void aBookOfTheFirstVersionIsReadOnceAndSplit() throws IOException {
        Files.createDirectories(directory);
        Path log = directory.resolve(NAME + ".jsonl");
        Files.writeString(log, """
                {"kind":"book","generation":3,"size":800,"seen":300}                     \

                {"kind":"from-the-future","x":1}
                {"kind":"saved","id":"a","alias":"prod","note":"n","at":1000}
                {"kind":"saved","id":"b","at":2000}
                {"kind":"seen","id":"a","name":"first","status":"RUNNING","at":3000,"timeline":[{"status":"STARTING","at":1}]}
                {"kind":"seen","id":"gone","at":3000}
                {"kind":"seen","id":"c","status":"FAILED","at":4000}
                {"kind":"seen","id":"d","at":5000,"listed":true}
                {"kind":"rows","ids":["d","c"]}
                damaged
                {"kind":"saved","id":"c","at":6000}
                {"kind":"saved","id":"e","at":6000}
                {"kind":"forgotten","id":"e"}
                {"kind":"forgotten","id":"gone","everywhere":true}
                {"kind":"saved","id":"b","alias":"prod","at":7000}
                {"kind":"seen","id":"a","to""");
        assertThat(another().timeline("a"))
                .extracting(StatusObservation::status)
                .containsExactly("STARTING", "RUNNING");

        assertThat(log).doesNotExist();
        assertThat(damaged()).hasContent("damaged\n{\"kind\":\"seen\",\"id\":\"a\",\"to");
        assertThat(ids(book)).containsExactly("a", "b", "c");
        assertThat(book.byAlias("prod")).hasValue("b");
        assertThat(book.saved().get(0).note()).isEqualTo("n");
        assertThat(book.known()).extracting(JobBook.Entry::id).containsExactly("a", "b", "c", "d");
        assertThat(book.last()).hasValue("c");
        assertThat(book.row(1)).hasValue("d");
        assertThat(book.timeline("a")).hasSize(2);
        assertThat(saved).content().contains("from-the-future");
    }

    @Test
    void aBookOfTheFirstVersionIsSplitBeforeTheFirstChange() throws IOException {
        Files.createDirectories(directory);
        Path log = directory.resolve(NAME + ".jsonl");
        Files.writeString(log, "{\"kind\":\"seen\",\"id\":\"a\",\"at\":1}\n");
        book.seen("b", null, null, NOON);
        assertThat(log).doesNotExist();
        Files.writeString(log, "{\"kind\":\"saved\",\"id\":\"c\",\"at\":1}\n");
        book.save("d", null, null, NOON);

        assertThat(log).doesNotExist();
        assertThat(another().last()).hasValue("b");
        assertThat(another().known()).extracting(JobBook.Entry::id).containsExactly("c", "d", "b", "a");
    }

    @Test
    void interruptsAtAnyMomentLoseNothing() throws Exception {
        FutureTask<JobBook> saves = new FutureTask<>(() -> {
            for (int i = 0; i < 100; i++) {
                book.save("a" + i, "name" + i, "n".repeat(300), NOON);
                book.seen("a" + i, null, null, NOON);
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
        assertThat(reader.saved()).hasSize(100).allMatch(entry -> entry.seenAt() != null);
        assertThat(reader.reports()).isEmpty();
        assertThat(damaged()).doesNotExist();
    }

    private Path damaged() {
        return directory.resolve(NAME + ".damaged");
    }

    private Path words() {
        return directory.resolve(NAME + ".ids");
    }
}
