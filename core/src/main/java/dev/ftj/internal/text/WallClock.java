package dev.ftj.internal.text;

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

    /**
     * The one of this machine.
     *
     * @return a clock in what is the machine's zone now
     */
    public static WallClock system() {
        return new WallClock(InstantSource.system(), TimeZone.getDefault());
    }

    /**
     * One that hangs somewhere else.
     *
     * @param source tells the time
     * @param zone whose time is shown
     * @return such a clock
     */
    public static WallClock of(InstantSource source, TimeZone zone) {
        return new WallClock(source, zone);
    }

    /**
     * Reads the clock.
     *
     * @return this moment
     */
    public Instant now() {
        return source.instant();
    }

    /**
     * Tells a moment in the clock's zone.
     *
     * @param moment any that a job may have
     * @return its date and time there, with what summer time was in force then
     */
    public LocalDateTime local(Instant moment) {
        // Java knows zones that are further away than an offset may be
        int offset = zone.getOffset(moment.toEpochMilli()) / 1000;
        return LocalDateTime.ofEpochSecond(moment.getEpochSecond() + offset, moment.getNano(), ZoneOffset.UTC);
    }
}
