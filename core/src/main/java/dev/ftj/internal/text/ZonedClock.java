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

    /**
     * Returns the system's clock.
     *
     * @return a clock in the zone that is the default now
     */
    public static ZonedClock system() {
        return new ZonedClock(InstantSource.system(), TimeZone.getDefault());
    }

    /**
     * Returns a clock in the given zone.
     *
     * @param source the present
     * @param zone the zone
     * @return a clock
     */
    public static ZonedClock of(InstantSource source, TimeZone zone) {
        return new ZonedClock(source, zone);
    }

    /**
     * Returns the present.
     *
     * @return this moment
     */
    public Instant now() {
        return source.instant();
    }

    /**
     * Returns a moment in the clock's zone.
     *
     * @param moment any
     * @return its local date and time, daylight saving included
     */
    public LocalDateTime local(Instant moment) {
        // not a ZoneOffset: some zones are further away than it allows
        int offset = zone.getOffset(moment.toEpochMilli()) / 1000;
        return LocalDateTime.ofEpochSecond(moment.getEpochSecond() + offset, moment.getNano(), ZoneOffset.UTC);
    }
}
