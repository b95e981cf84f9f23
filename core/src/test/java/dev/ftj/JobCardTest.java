package dev.ftj;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ftj.internal.text.ZonedClock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobCardTest {
    private static final ZonedClock CLOCK = ZonedClock.of(
            InstantSource.fixed(Instant.parse("2026-04-27T16:00:00Z")), TimeZone.getTimeZone("Europe/Berlin"));

    private static String card(String json) {
        return JobCard.of(FineTuneJob.fromJson(json), CLOCK).text();
    }

    @Test
    void unknownFieldsAreShownAtEveryLevel() {
        assertThat(card("""
                                {"id": "ftj-1", "new": {"a": 1.0E+2}, "status": "RUNNING", "name": "run", "gone": null,
                                 "config": {"model": "m", "epochs": 3, "datasets": [
                                   {"name": "t", "split": "train", "file_ids": ["f1", "f2"]},
                                   {"name": "u", "weight": 0.50}, {"name": 5}, {"file_ids": "f3"}, 7]}}""")).isEqualTo("""
                        name            run
                        id              ftj-1
                        status          RUNNING
                        model           m
                        config.epochs   3
                        datasets        t (train): f1, f2
                                        {"name":"u","weight":0.50}
                                        {"name":5}
                                        {"file_ids":"f3"}
                                        7
                        inference config  not yet
                        new             {"a":1.0E+2}
                        gone            null""".replaceAll("(?m)^(?!inference)(.{16})", "$1  "));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-04-27T15:59:30Z, 'today 17:59, 30 s ago'",
        "2026-04-27T13:48:00Z, 'today 15:48, 2 h ago'",
        "2026-04-26T22:30:00Z, 'today 00:30, 17 h ago'",
        "2026-04-26T21:30:00Z, 'yesterday 23:30, 18 h ago'",
        "2026-04-01T10:00:00, '2026-04-01 12:00, 26 d ago'",
        "2026-04-27T16:05:00Z, 'today 18:05, in 5 min'",
        "soon, soon"
    })
    void timesAreLocalAndRelative(String sent, String shown) {
        assertThat(card("{\"id\":\"a\",\"created_at\":\"" + sent + "\"}")).contains("created           " + shown);
    }

    @Test
    void aHostileRecordIsHarmless() {
        assertThat(
                        card(
                                "{\"id\":\"a\\u001b[2J\",\"x\\n\\u202e\":\"\\u0007\u2028\",\"config\":{\"\\u001b\":[\"\u009b\"]}}"))
                .doesNotContain("\u001b", "\u202e", "\u0007", "\u2028", "\u009b")
                .contains("a\\u001b[2J", "x\\n\\u202e");
    }

    @ParameterizedTest
    @CsvSource({"RUNNING, not yet", "COMPLETED, not yet", "FAILED, none", "NEW_ONE, not yet"})
    void aMissingInferenceConfigSaysWhetherItMayCome(String status, String shown) {
        assertThat(card("{\"id\":\"a\",\"status\":\"" + status + "\"}")).contains("inference config  " + shown);
    }
}
