package dev.ftj;

import dev.ftj.internal.text.HttpDate;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/** Which failures are tried again, and after how long. */
record RetryPolicy(int attempts, DoubleSupplier jitter) {
    private static final Duration FIRST = Duration.ofMillis(500);
    private static final Duration LONGEST = Duration.ofSeconds(8);
    private static final Duration FOREVER = Duration.ofDays(365);
    private static final Set<Integer> PASSING = Set.of(408, 429, 500, 502, 503, 504);

    static boolean isPassing(int status) {
        return PASSING.contains(status);
    }

    /**
     * Whether a request that failed may be sent once more: a look whenever the failure passes; what changes something
     * only where it surely was not carried out.
     *
     * @param status of the answer; null where none came
     * @param sent whether any byte of the request may have arrived
     */
    static boolean mayRepeat(
            ApiRequest request, FineTuneException.Builder failure, @Nullable Integer status, boolean sent) {
        if (!failure.isRetryable() || failure.kind() == FineTuneException.Kind.TIMEOUT) {
            return false;
        }
        if (request.isLook()) {
            return true;
        }
        if (status == null) {
            return !sent;
        }
        boolean told = status == 503
                && failure.askedWait() != null
                && !request.method().equals("POST");
        return status == 429 || told;
    }

    /** How long to wait after a failed attempt (1 is the first): what the server asks for, else growing, with jitter. */
    Duration waitAfter(int attempt, @Nullable Duration asked) {
        if (asked != null) {
            return asked;
        }
        long ceiling = Math.min(LONGEST.toMillis(), FIRST.toMillis() << Math.min(attempt - 1, 10));
        return Duration.ofNanos(
                (long) (jitter.getAsDouble() * Duration.ofMillis(ceiling).toNanos()));
    }

    /**
     * The wait that a {@code Retry-After} header asks for: seconds, or a date, counted by the server's own clock where
     * its {@code Date} header tells it.
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

    /** A wait of so many seconds, however many: none where the number is negative, a year at most. */
    static Duration seconds(double seconds) {
        return bounded(Duration.ofMillis((long) (Math.min(seconds, 1e9) * 1000)));
    }

    private static Duration bounded(Duration wait) {
        if (wait.isNegative()) {
            return Duration.ZERO;
        }
        return wait.compareTo(FOREVER) > 0 ? FOREVER : wait;
    }
}
