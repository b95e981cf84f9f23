package dev.ftj.shell.doctor;

import dev.ftj.Attempt;
import dev.ftj.FineTuneException.Kind;
import dev.ftj.internal.text.DurationText;
import dev.ftj.internal.text.HttpDate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Compares this machine's clock with the Date header of the server's responses. */
final class Clock implements Consumer<Attempt> {
    /** A smaller difference affects neither TLS nor displayed times. */
    private static final Duration TOLERATED = Duration.ofMinutes(5);

    /** The server's time, and ours when it arrived. */
    private record Moment(Instant theirs, Instant ours) {}

    private final InstantSource clock;
    private volatile @Nullable Moment latest;

    Clock(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public void accept(Attempt attempt) {
        for (String date : attempt.responseHeaders().getOrDefault("date", List.of())) {
            Instant theirs = HttpDate.parse(date, clock.instant());
            if (theirs != null) {
                latest = new Moment(theirs, clock.instant());
            }
        }
    }

    Check check() {
        Moment moment = latest;
        if (moment == null) {
            return Check.skipped("clock", "unknown: the response has no Date");
        }
        Duration ahead = Duration.between(moment.theirs(), moment.ours());
        if (ahead.abs().compareTo(TOLERATED) <= 0) {
            return Check.works("clock", "within " + Math.max(1, ahead.abs().toSeconds()) + " s of the server's");
        }
        return Check.fails(
                "clock",
                "this machine's clock is " + DurationText.of(ahead.abs())
                        + (ahead.isNegative() ? " behind" : " ahead of")
                        + " the server's (here " + moment.ours().truncatedTo(ChronoUnit.SECONDS) + ", there "
                        + moment.theirs() + ")",
                "Set the clock, or use NTP",
                Kind.LOCAL.exitCode());
    }
}
