package dev.ftj.text;

import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.TimeZone;

/**
 * What a clock on the wall shows: the present, and any moment in local time. Its zone is a {@link TimeZone}, since the
 * first {@link java.time.ZoneId} of a process looks for rules in every jar.
 */
public final class WallClock {
    private final InstantSource source;
    private final TimeZone zone;

    private WallClock(InstantSource source, TimeZone zone) {
        this.source = source;
        this.zone = zone;
    }

    /** The one of this machine. */
    public static WallClock system() {
        return new WallClock(InstantSource.system(), TimeZone.getDefault());
    }

    /** A clock with its zone. */
    public static WallClock of(Clock clock) {
        return new WallClock(clock, TimeZone.getTimeZone(clock.getZone()));
    }

    /** This moment. */
    public Instant now() {
        return source.instant();
    }

    /** A moment in local time. */
    public LocalDateTime local(Instant moment) {
        ZoneOffset offset = ZoneOffset.ofTotalSeconds(zone.getOffset(moment.toEpochMilli()) / 1000);
        return LocalDateTime.ofEpochSecond(moment.getEpochSecond(), moment.getNano(), offset);
    }
}
