package dev.ftj.shell.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ftj.FineTuneException;
import dev.ftj.FineTuneException.Kind;
import dev.ftj.FineTuneJob;
import dev.ftj.Watch.Update;
import dev.ftj.internal.text.ZonedClock;
import dev.ftj.shell.view.Console.Terminals;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;

class WatchViewTest {
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private Instant now = Instant.parse("2026-04-27T16:00:00Z");
    private final Console console = new Console(OutputStream.nullOutputStream(), err, Terminals.of(""), Map.of());
    private final WatchView view = new WatchView(
            console, List.of("a", "b"), false, false, ZonedClock.of(() -> now, TimeZone.getTimeZone("UTC")));

    private void update(String id, boolean good, boolean changed) {
        FineTuneJob job = FineTuneJob.fromJson("{\"id\": \"" + id + "\", \"status\": \"RUNNING\"}");
        FineTuneException failure = good ? null : FineTuneException.of(Kind.NETWORK, "broken", null);
        view.update(new Update(id, job, failure, changed, now, Duration.ofSeconds(5)), List.of());
    }

    private List<String> lines() {
        return err.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void troubleThatComesAndGoesIsALineAJobAndAMinute() {
        update("a", true, true);
        update("b", true, true);
        for (int second = 0; second < 600; second += 2) {
            update("a", second % 4 == 0, false);
            update("b", second % 6 == 0, false);
            now = now.plusSeconds(2);
        }
        assertThat(lines()).hasSizeBetween(4, 22);
        assertThat(lines().stream().filter(line -> line.contains("  a  "))).hasSizeLessThanOrEqualTo(11);
    }

    @Test
    void aChangeIsToldAtOnceAndTheEndOfATroubleAMinuteAfterIt() {
        update("a", false, false);
        update("a", true, false);
        assertThat(lines()).hasSize(1);
        now = now.plusSeconds(61);
        update("a", true, false);
        update("a", true, true);
        assertThat(lines())
                .satisfiesExactly(
                        line -> assertThat(line).contains("a  no connection"),
                        line -> assertThat(line).endsWith("16:01:01  a  RUNNING"),
                        line -> assertThat(line).endsWith("16:01:01  a  RUNNING"));
    }
}
