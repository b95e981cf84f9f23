package dev.ftj.internal.text;

import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.TimeZone;

/**
 * A clock with a zone. The zone is a {@link TimeZone}, since the first {@link java.time.ZoneId} of a process searches every
 * jar for rules.
 */
public final class ZonedClock {
    private final InstantSource source;
    private final TimeZone zone;

    private ZonedClock(InstantSource source, TimeZone zone) {
        this.source = source;
        this.zone = zone;
    }

    /** {@return the system's clock, in the zone that is the default now} */
    public static ZonedClock system() {
        return new ZonedClock(InstantSource.system(), TimeZone.getDefault());
    }

    /** {@return a clock in the given zone} */
    public static ZonedClock of(InstantSource source, TimeZone zone) {
        return new ZonedClock(source, zone);
    }

    /** {@return the present} */
    public Instant now() {
        return source.instant();
    }

    /** {@return the local date and time of a moment in the clock's zone, daylight saving included} */
    public LocalDateTime local(Instant moment) {
        // not a ZoneOffset: some zones are further away than it allows
        int offset = zone.getOffset(moment.toEpochMilli()) / 1000;
        return LocalDateTime.ofEpochSecond(moment.getEpochSecond() + offset, moment.getNano(), ZoneOffset.UTC);
    }
}
