package dev.ftj.shell.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ftj.FineTuneException;
import dev.ftj.FineTuneException.Kind;
import dev.ftj.FineTuneJob;
import dev.ftj.JobMetrics;
import dev.ftj.Watch.Update;
import dev.ftj.internal.store.JobBook.StatusObservation;
import dev.ftj.internal.text.ZonedClock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.TimeZone;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WatchBoardTest {
    private static final Instant NOW = Instant.parse("2026-04-27T16:00:00Z");
    private static final ZonedClock CLOCK = ZonedClock.of(InstantSource.fixed(NOW), TimeZone.getTimeZone("UTC"));

    private static WatchBoard board(String... ids) {
        return new WatchBoard(List.of(ids), new Style(false), CLOCK);
    }

    private static Update update(
            String id, String status, @Nullable FineTuneException failure, @Nullable Duration nextIn) {
        FineTuneJob job = FineTuneJob.fromJson("{\"id\": \"" + id + "\", \"status\": \"" + status
                + "\", \"created_at\": \"2026-04-27T14:30:00Z\", \"updated_at\": \"2026-04-27T15:48:00Z\"}");
        return new Update(id, job, failure, false, NOW.minusSeconds(3), nextIn);
    }

    @Test
    void aLineTellsWhatMattersMostFirst() {
        WatchBoard board = board("ftj-1");
        assertThat(board.lines(80, 24)).containsExactly("ftj-1  ...");
        board.update(update("ftj-1", "RUNNING", null, Duration.ofSeconds(5)), List.of());
        board.metrics("ftj-1", JobMetrics.fromJson("{\"metrics\": [{\"step\": 600, \"loss\": 0.5}, {\"step\": 700}]}"));
        assertThat(board.lines(120, 24))
                .containsExactly(
                        "ftj-1  RUNNING  for 12 min \u00b7 polled 3 s ago \u00b7 loss 0.5 at step 600 \u00b7 next in 5 s \u00b7 age 1 h");
        assertThat(board.lines(48, 24)).containsExactly("ftj-1  RUNNING  for 12 min \u00b7 polled 3 s ago");
        assertThat(board.lines(20, 24)).containsExactly("ftj-1  RUNNING");
        assertThat(board.lines(5, 24)).containsExactly("ftj-1  RUNNING");
    }

    @Test
    void aStatusThatWasSeenToBeginIsCountedFromThen() {
        WatchBoard board = board("a");
        board.update(
                update("a", "RUNNING", null, Duration.ofSeconds(5)),
                List.of(
                        new StatusObservation("STARTING", NOW.minusSeconds(600)),
                        new StatusObservation("RUNNING", NOW.minusSeconds(120))));
        assertThat(board.lines(80, 24).get(0)).startsWith("a  RUNNING  for 2 min");
        assertThat(board.summary()).containsExactly("a  RUNNING  seen: STARTING 15:50 > RUNNING 15:58");
    }

    @Test
    void aRunThatDivergedIsTold() {
        WatchBoard board = board("a");
        board.update(update("a", "RUNNING", null, Duration.ofSeconds(5)), List.of());
        board.metrics("a", JobMetrics.fromJson("[{\"step\": 1, \"loss\": 2}, {\"step\": 2, \"loss\": null}]"));
        assertThat(board.lines(120, 24).get(0)).contains("loss null since step 2, last 2 at step 1");
    }

    @Test
    void troubleIsToldWithWhenTheJobWasLastHeardOf() {
        WatchBoard board = board("a");
        FineTuneException failure = FineTuneException.of(Kind.NETWORK, "broken", null);
        board.update(update("a", "RUNNING", failure, Duration.ofSeconds(9)), List.of());
        assertThat(board.lines(100, 24))
                .containsExactly(
                        "a  RUNNING  no connection \u00b7 for 12 min \u00b7 last seen 3 s ago \u00b7 next in 9 s \u00b7 age 1 h");
    }

    @Test
    void moreJobsThanRowsAreCounted() {
        String[] ids = IntStream.range(0, 30).mapToObj(i -> "j" + i).toArray(String[]::new);
        WatchBoard board = board(ids);
        for (int i = 0; i < 30; i++) {
            boolean over = i < 25;
            board.update(
                    update(ids[i], over ? "COMPLETED" : "RUNNING", null, over ? null : Duration.ofSeconds(1)),
                    List.of());
        }
        List<String> lines = board.lines(80, 10);
        assertThat(lines).hasSize(9);
        assertThat(lines.subList(0, 5)).allMatch(line -> line.contains("RUNNING"));
        assertThat(lines.get(8)).isEqualTo("and 22 more: 22 COMPLETED");
    }

    @Test
    void aJobThatCannotBeFollowedIsSummedUpByItsReason() {
        WatchBoard board = board("a", "b");
        FineTuneException failure = FineTuneException.of(FineTuneException.Kind.UNREADABLE, "no job", null);
        board.update(new Update("a", null, failure, true, null, null), List.of());

        assertThat(board.summary()).containsExactly("a  unreadable response", "b  no response");
    }

    @Test
    void textThatIsNotOursIsMadeVisible() {
        WatchBoard board = board("a\u001b[2J");
        board.update(update("x", "RUN\\u001b[31m", null, null), List.of());
        assertThat(String.join("", board.lines(200, 24)) + board.summary()).doesNotContain("\u001b");
    }
}
