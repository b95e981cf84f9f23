package dev.ftj;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLSession;

/** One connection as a call makes it, over which no request is sent; tried once. */
final class Connecting implements Calls.Work<Optional<SSLSession>> {
    private final ApiCall.Rules rules;
    private final Cancellation cancellation = new Cancellation();

    Connecting(ApiCall.Rules rules) {
        this.rules = rules;
    }

    @Override
    public Optional<SSLSession> run() {
        long deadline = rules.timing().nanos() + rules.allowed().toNanos();
        try {
            Duration left =
                    Duration.ofNanos(Math.max(1, deadline - rules.timing().nanos()));
            return Optional.ofNullable(rules.transport().connect(left, cancellation));
        } catch (IOException e) {
            throw ApiCall.unanswered(rules, cancellation, e, false, deadline).build();
        }
    }

    @Override
    public Cancellation cancellation() {
        return cancellation;
    }

    @Override
    public FineTuneException cancelled() {
        return Calls.cancelled();
    }
}
