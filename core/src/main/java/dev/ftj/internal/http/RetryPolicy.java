package dev.ftj.internal.http;

import dev.ftj.internal.text.HttpDate;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/** Decides which failures are retried, and after how long: attempts counts the first, jitter is 0 to 1. */
public record RetryPolicy(int attempts, DoubleSupplier jitter) {
    private static final Duration FIRST = Duration.ofMillis(500);
    private static final Duration LONGEST = Duration.ofSeconds(8);
    private static final Duration FOREVER = Duration.ofDays(365);
    private static final Duration LONGEST_BEFORE_POLL = Duration.ofMinutes(15);
    private static final Set<Integer> TRANSIENT = Set.of(408, 429, 500, 502, 503, 504);

    /** Whether a request that failed with this status may succeed later. */
    public static boolean isTransient(int status) {
        return TRANSIENT.contains(status);
    }

    /**
     * Whether a request that failed may be sent again: a repeatable one after any transient failure, a write only if it
     * surely was not carried out.
     *
     * @param sent whether any byte of the request may have arrived
     */
    static boolean mayRepeat(HttpRequest request, HttpFailure failure, boolean sent) {
        if (!failure.retryable() || failure.reason() == HttpFailure.Reason.TIMEOUT) {
            return false;
        }
        if (request.repeatable()) {
            return true;
        }
        HttpReply reply = failure.reply();
        if (reply == null) {
            return !sent;
        }
        boolean asksToWait = reply.status() == 503
                && failure.retryAfter() != null
                && !request.method().equals("POST");
        return reply.status() == 429 || asksToWait;
    }

    /** Returns the wait after a failed attempt (1 is the first): what the server asks for, else growing, with full jitter. */
    Duration waitAfter(int attempt, @Nullable Duration asked) {
        if (asked != null) {
            return asked;
        }
        long ceiling = Math.min(LONGEST.toMillis(), FIRST.toMillis() << Math.min(attempt - 1, 10));
        return Duration.ofNanos(
                (long) (jitter.getAsDouble() * Duration.ofMillis(ceiling).toNanos()));
    }

    /**
     * Returns the wait that a {@code Retry-After} header asks for: seconds, or a date, which is compared with the
     * server's {@code Date} if there is one.
     */
    static @Nullable Duration retryAfter(@Nullable String header, @Nullable String serverDate, Instant now) {
        if (header == null) {
            return null;
        }
        String text = header.strip();
        if (text.matches("\\d{1,100}(\\.\\d{1,100})?")) {
            return seconds(Double.parseDouble(text));
        }
        Instant until = HttpDate.parse(text, now);
        Instant since = serverDate == null ? null : HttpDate.parse(serverDate, now);
        return until == null ? null : bounded(Duration.between(since == null ? now : since, until));
    }

    /** Returns a wait of so many seconds: none if the number is negative, at most a year. */
    public static Duration seconds(double seconds) {
        return bounded(Duration.ofMillis((long) (Math.min(seconds, 1e9) * 1000)));
    }

    /** Returns the wait before a next poll that a server asks for: a bogus {@code Retry-After} must not end the polling. */
    public static Duration beforePoll(Duration asked) {
        return asked.compareTo(LONGEST_BEFORE_POLL) > 0 ? LONGEST_BEFORE_POLL : asked;
    }

    private static Duration bounded(Duration wait) {
        if (wait.isNegative()) {
            return Duration.ZERO;
        }
        return wait.compareTo(FOREVER) > 0 ? FOREVER : wait;
    }
}
