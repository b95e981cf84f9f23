package dev.ftj.internal.http;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The settings that the calls of one client share.
 *
 * @param timeout the deadline of a call with all its attempts
 * @param waitInBody reads how long the server asks to wait from the body of an error
 * @param listener null for none: then no attempts are described
 */
public record CallSettings(
        Transport transport,
        RetryPolicy policy,
        TimeSource time,
        Duration timeout,
        Function<HttpReply, @Nullable Duration> waitInBody,
        @Nullable Consumer<HttpAttempt> listener) {
    /** Returns the same settings without retries. */
    public CallSettings once() {
        return new CallSettings(transport, new RetryPolicy(1, policy.jitter()), time, timeout, waitInBody, listener);
    }
}
