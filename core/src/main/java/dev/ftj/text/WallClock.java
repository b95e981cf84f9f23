package dev.ftj.text;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.TimeZone;

/** What a clock on the wall shows: the present, and any moment in local time. */
public interface WallClock {
    /** This moment. */
    Instant now();

    /** A moment as local time. */
    LocalDateTime local(Instant moment);

    /**
     * This machine's. Its zone is asked as {@link TimeZone}, since the first {@link java.time.ZoneId} of a process looks
     * for rules in every jar.
     */
    static WallClock system() {
        return new WallClock() {
            @Override
            public Instant now() {
                return Instant.now();
            }

            @Override
            public LocalDateTime local(Instant moment) {
                int offset = TimeZone.getDefault().getOffset(moment.toEpochMilli()) / 1000;
                return LocalDateTime.ofEpochSecond(
                        moment.getEpochSecond(), moment.getNano(), ZoneOffset.ofTotalSeconds(offset));
            }
        };
    }

    /** A clock's, in its zone. */
    static WallClock of(Clock clock) {
        return new WallClock() {
            @Override
            public Instant now() {
                return clock.instant();
            }

            @Override
            public LocalDateTime local(Instant moment) {
                return LocalDateTime.ofInstant(moment, clock.getZone());
            }
        };
    }
}
