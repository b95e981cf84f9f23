package dev.ftj.sandbox;

import java.time.Duration;
import java.time.Instant;

/** How fast simulated lives pass: at factor 2, twice as fast as at factor 1. */
record Pace(double factor) {
    Pace {
        if (!(factor > 0) || Double.isInfinite(factor)) {
            throw new IllegalArgumentException("the speed must be a finite number above 0, not " + factor);
        }
    }

    /** The instant at which so much of a life has passed; the cast saturates at 292 years. */
    Instant after(Instant begin, Duration ofLife) {
        return begin.plusNanos((long) (ofLife.toNanos() / factor));
    }
}
