package dev.ftj.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ftj.internal.store.JobBook.Replaced;
import dev.ftj.internal.store.JobBook.StatusObservation;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a book means, in memory and on disk alike. */
@ParameterizedClass
@ValueSource(booleans = {true, false})
class JobBookTest {
    private static final Instant NOON = Instant.parse("2026-03-04T12:00:00.123456Z");
    private static final Instant LATER = NOON.plusSeconds(60);

    @Parameter
    boolean onDisk;

    @TempDir
    Path directory;

    private JobBook book;

    @BeforeEach
    void open() {
        book = onDisk ? JobBook.open(directory, "https://host/v0.5") : JobBook.inMemory();
    }

    @Test
    void aNewBookIsEmpty() throws IOException {
        assertThat(book.saved()).isEmpty();
        assertThat(book.known()).isEmpty();
        assertThat(book.last()).isEmpty();
        assertThat(book.row(1)).isEmpty();
        assertThat(book.byAlias("x")).isEmpty();
        assertThat(book.entry("x")).isEmpty();
        assertThat(book.forget("x")).isFalse();
        assertThat(book.reports()).isEmpty();
    }

    @Test
    void aJobThatWasShownIsTheLastOneAndKnown() throws IOException {
        book.seen("a", "first", "RUNNING", NOON);
        book.seen("b", null, null, NOON);
        book.seen("a", "renamed", "COMPLETED", LATER);

        assertThat(book.last()).hasValue("a");
        assertThat(book.known()).extracting(JobBook.Entry::id).containsExactly("a", "b");
        assertThat(book.entry("a"))
                .hasValue(new JobBook.Entry(
                        "a", "renamed", "COMPLETED", Instant.parse("2026-03-04T12:01:00.123Z"), null, null, null));
        assertThat(book.timeline("a"))
                .containsExactly(
                        new StatusObservation("RUNNING", Instant.parse("2026-03-04T12:00:00.123Z")),
                        new StatusObservation("COMPLETED", Instant.parse("2026-03-04T12:01:00.123Z")));
        assertThat(book.saved()).isEmpty();
    }

    private List<String> timeline(String id) throws IOException {
        assertThat(book.entry(id)).isPresent();
        return book.timeline(id).stream()
                .map(sighting -> sighting.status() + " " + sighting.at())
                .toList();
    }

    @Test
    void eachChangeOfTheStatusIsInTheTimelineOnce() throws IOException {
        Instant start = Instant.parse("2026-03-04T12:00:00Z");
        String[] seen = {"STARTING", "RUNNING", "RUNNING", null, "RUNNING", "STARTING", "STARTING", "made up"};
        for (int i = 0; i < seen.length; i++) {
            book.seen("a", null, seen[i], start.plusSeconds(i));
            book.seen("b", null, "RUNNING", start.plusSeconds(i));
        }
        book.seen("c", null, null, start);
        book.save("d", null, null, start);

        assertThat(timeline("a"))
                .containsExactly(
                        "STARTING 2026-03-04T12:00:00Z",
                        "RUNNING 2026-03-04T12:00:01Z",
                        "STARTING 2026-03-04T12:00:05Z",
                        "made up 2026-03-04T12:00:07Z");
        assertThat(timeline("b")).containsExactly("RUNNING 2026-03-04T12:00:00Z");
        assertThat(timeline("c")).isEmpty();
        assertThat(timeline("d")).isEmpty();
    }

    @Test
    void aNewStatusIsDatedByItsUpdateUnlessAnOlderOneIsLater() throws IOException {
        Instant at = Instant.parse("2026-03-04T12:00:00Z");
        book.seen("a", null, "STARTING", at.minusSeconds(60), at);
        book.seen("a", null, "STARTING", at.minusSeconds(30), at.plusSeconds(10));
        book.seen("a", null, "RUNNING", at.minusSeconds(90), at.plusSeconds(20));
        book.seen("a", null, "COMPLETED", at.plusSeconds(25), at.plusSeconds(30));
        book.seen("a", null, "FAILED", at.plusSeconds(99), at.plusSeconds(40));

        String[] expected = {
            "STARTING 2026-03-04T11:59:00Z",
            "RUNNING 2026-03-04T12:00:20Z",
            "COMPLETED 2026-03-04T12:00:25Z",
            "FAILED 2026-03-04T12:00:40Z"
        };
        assertThat(book.timeline("a"))
                .extracting(seen -> seen.status() + " " + seen.at())
                .containsExactly(expected);
        assertThat(timeline("a")).containsExactly(expected);
    }

    @Test
    void aTimelineKeepsItsNewestThirtyTwo() throws IOException {
        for (int i = 0; i < 100; i++) {
            book.seen("a", null, "S" + i, Instant.EPOCH);
        }

        assertThat(timeline("a"))
                .hasSize(32)
                .startsWith("S68 1970-01-01T00:00:00Z")
                .endsWith("S99 1970-01-01T00:00:00Z");
        assertThatThrownBy(() -> book.timeline("a").clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void aForgottenJobHasNoPast() throws IOException {
        book.seen("a", null, "STARTING", NOON);
        book.forget("a");
        book.seen("a", null, "RUNNING", LATER);

        assertThat(timeline("a")).containsExactly("RUNNING 2026-03-04T12:01:00.123Z");
    }

    @Test
    void savedJobsComeFirstInTheOrderOfSaving() throws IOException {
        book.seen("z", null, null, NOON);
        book.save("m", null, null, NOON);
        book.save("a", "prod", "the good one", NOON);
        book.seen("y", null, null, NOON);
        book.seen("m", "name", "FAILED", LATER);

        assertThat(book.saved()).extracting(JobBook.Entry::id).containsExactly("m", "a");
        assertThat(book.known()).extracting(JobBook.Entry::id).containsExactly("m", "a", "y", "z");
        assertThat(book.saved().get(0).jobName()).isEqualTo("name");
        assertThat(book.last()).hasValue("m");
    }

    @Test
    void savingAgainKeepsWhatIsNotGivenAnew() throws IOException {
        book.save("a", "prod", "note", NOON);
        book.save("a", null, null, LATER);
        assertThat(book.entry("a"))
                .get()
                .extracting(JobBook.Entry::alias, JobBook.Entry::note)
                .containsExactly("prod", "note");

        assertThat(book.save("a", "best", null, LATER)).isEqualTo(new Replaced(null, "prod"));
        assertThat(book.entry("a"))
                .get()
                .extracting(JobBook.Entry::alias, JobBook.Entry::note)
                .containsExactly("best", "note");
        assertThat(book.byAlias("prod")).isEmpty();

        book.save("a", null, "other", LATER);
        assertThat(book.entry("a"))
                .get()
                .extracting(JobBook.Entry::alias, JobBook.Entry::note)
                .containsExactly("best", "other");
        assertThat(book.saved().get(0).savedAt()).isEqualTo(Instant.parse("2026-03-04T12:00:00.123Z"));
    }

    @Test
    void aNameBelongsToOneJobAndSavingTellsWhoseItWas() throws IOException {
        assertThat(book.save("a", "prod", "note", NOON)).isEqualTo(new Replaced(null, null));
        assertThat(book.save("a", "prod", null, NOON)).isEqualTo(new Replaced(null, null));
        assertThat(book.save("b", "prod", null, LATER)).isEqualTo(new Replaced("a", null));

        assertThat(book.byAlias("prod")).hasValue("b");
        assertThat(book.entry("a"))
                .get()
                .extracting(JobBook.Entry::alias, JobBook.Entry::note)
                .containsExactly(null, "note");
        assertThat(book.saved()).extracting(JobBook.Entry::id).containsExactly("a", "b");
    }

    @Test
    void forgettingANameForgetsTheSavedJobButNotThatItWasSeen() throws IOException {
        book.seen("a", "name", null, NOON);
        book.save("a", "prod", null, NOON);

        assertThat(book.forget("prod")).isTrue();
        assertThat(book.forget("prod")).isFalse();
        assertThat(book.saved()).isEmpty();
        assertThat(book.byAlias("prod")).isEmpty();
        assertThat(book.known()).extracting(JobBook.Entry::id).containsExactly("a");
    }

    @Test
    void forgettingAnIdForgetsAllOfIt() throws IOException {
        book.seen("b", null, null, NOON);
        book.seen("a", null, null, NOON);
        book.save("a", "prod", null, NOON);

        assertThat(book.forget("a")).isTrue();
        assertThat(book.forget("a")).isFalse();
        assertThat(book.entry("a")).isEmpty();
        assertThat(book.byAlias("prod")).isEmpty();
        assertThat(book.last()).hasValue("b");
        assertThat(book.forget("b")).isTrue();
        assertThat(book.last()).isEmpty();
        assertThat(book.known()).isEmpty();
    }

    @Test
    void aNameComesBeforeAnIdThatIsSpelledTheSame() throws IOException {
        book.save("prod", null, null, NOON);
        book.save("a", "prod", null, NOON);

        assertThat(book.forget("prod")).isTrue();
        assertThat(book.saved()).extracting(JobBook.Entry::id).containsExactly("prod");
    }

    @Test
    void rowsMeanTheFirstNineJobsOfTheLastList() throws IOException {
        book.rows(List.of("x"));
        book.rows(IntStream.rangeClosed(1, 12).mapToObj(i -> "job" + i).toList());

        assertThat(book.row(1)).hasValue("job1");
        assertThat(book.row(9)).hasValue("job9");
        assertThat(book.row(10)).isEmpty();
        assertThat(book.row(0)).isEmpty();
        assertThat(book.row(-1)).isEmpty();

        book.rows(List.of());
        assertThat(book.row(1)).isEmpty();
    }

    @Test
    void theNewestThousandAreRememberedAndSavedOnesStay() throws IOException {
        book.seen("kept", "its name", null, NOON);
        book.save("kept", null, null, NOON);
        for (int i = 0; i < 1_100; i++) {
            book.seen("job" + i, null, null, NOON);
        }

        List<String> known = book.known().stream().map(JobBook.Entry::id).toList();
        assertThat(known).hasSize(1_001).startsWith("kept", "job1099").endsWith("job100");
        assertThat(book.entry("kept")).get().extracting(JobBook.Entry::jobName).isEqualTo("its name");
    }

    @Test
    void theJobsOfAListAreKnownInItsOrderAndTheLastOneShownStaysTheLast() throws IOException {
        book.seen("shown", null, "RUNNING", NOON);
        book.seen("b", "older", "STARTING", NOON);

        book.listed(
                List.of(
                        new JobBook.Row("a", "first", "RUNNING"),
                        new JobBook.Row("", "without an id", null),
                        new JobBook.Row("shown", null, "COMPLETED"),
                        new JobBook.Row("a", "first", "RUNNING")),
                true,
                LATER);

        assertThat(book.last()).hasValue("b");
        assertThat(book.known()).extracting(JobBook.Entry::id).containsExactly("a", "shown", "b");
        assertThat(book.row(1)).hasValue("a");
        assertThat(book.row(3)).hasValue("shown");
        assertThat(book.row(4)).hasValue("a");
        assertThat(book.row(5)).isEmpty();
        assertThat(book.timeline("shown"))
                .extracting(JobBook.StatusObservation::status)
                .containsExactly("RUNNING", "COMPLETED");
        assertThat(book.forget("b")).isTrue();
        assertThat(book.last()).as("the last of those that were shown").hasValue("shown");
        assertThat(book.forget("shown")).isTrue();
        assertThat(book.last()).as("not one that was only listed").isEmpty();
    }

    @Test
    void theFirstThousandOfALongerListAreKnown() throws IOException {
        book.seen("shown", null, null, NOON);

        book.listed(
                IntStream.range(0, 1_500)
                        .mapToObj(i -> new JobBook.Row("job-" + i, null, null))
                        .toList(),
                true,
                LATER);

        assertThat(book.known())
                .extracting(JobBook.Entry::id)
                .hasSize(1_000)
                .startsWith("job-0", "job-1")
                .endsWith("job-999");
        assertThat(book.last()).hasValue("shown");
        book.listed(List.of(new JobBook.Row("piped", null, null)), false, LATER);
        assertThat(book.entry("piped")).isPresent();
        assertThat(book.row(1)).hasValue("job-0");
    }

    @Test
    void whateverServersAndUsersWriteComesBack() throws IOException {
        String odd = "\"\\\n\r\t\0\u001b[31m\u2028 \u202e 中文 \ud83d\ude00 \ud800 \udc00 {}";
        book.seen(odd, odd, odd, Instant.EPOCH.minusSeconds(1));
        book.save(odd, null, odd, Instant.EPOCH);
        book.rows(List.of(odd, ""));

        JobBook.Entry entry = book.entry(odd).orElseThrow();
        assertThat(List.of(entry.id(), entry.jobName(), entry.status(), entry.note()))
                .containsOnly(odd);
        assertThat(entry.seenAt()).isEqualTo(Instant.EPOCH.minusSeconds(1));
        assertThat(book.row(1)).hasValue(odd);
        assertThat(book.last()).hasValue(odd);
    }

    @Test
    void aNameOfMegabytesIsCutBetweenCharacters() throws IOException {
        book.seen("a", "x" + "\ud83d\ude00".repeat(1_000_000), null, NOON);

        assertThat(book.entry("a").orElseThrow().jobName()).isEqualTo("x" + "\ud83d\ude00".repeat(499));
    }

    @Test
    void whatIsNoNameIsNotSavedAsOne() throws IOException {
        assertThatThrownBy(() -> book.save("a", "last", null, NOON)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> book.save("", null, null, NOON)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> book.seen("", null, null, NOON)).isInstanceOf(IllegalArgumentException.class);
        assertThat(book.known()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "A", "0a", "prod", "p.1_x-", "lasts", "LAST", "1.0", "9-"})
    void theseAreNames(String name) {
        assertThat(JobBook.isAlias(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "last", "1", "123", ".a", "-a", "_a", "@a", "a b", "a/b", "ä", "aä", "a\n", "٣a", "a\0"})
    void theseAreNot(String name) {
        assertThat(JobBook.isAlias(name)).isFalse();
    }

    @Test
    void booksInMemoryAreSeparate() throws IOException {
        JobBook one = JobBook.inMemory();
        one.save("a", "prod", null, NOON);

        assertThat(JobBook.inMemory().byAlias("prod")).isEqualTo(Optional.empty());
    }
}
