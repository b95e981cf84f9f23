package dev.ftj.internal.http;

import dev.ftj.internal.http.HttpFailure.Reason;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLSession;

/** Makes one connection as a call would, and sends nothing over it. Not retried. */
public final class ConnectionProbe implements CancellableCall<Optional<SSLSession>> {
    private static final HttpRequest NOTHING = HttpRequest.get("/", "/", null);

    private final CallSettings settings;
    private final Cancellation cancellation = new Cancellation();

    public ConnectionProbe(CallSettings settings) {
        this.settings = settings;
    }

    @Override
    public Optional<SSLSession> run() {
        Duration allowed = settings.timeout();
        long deadline = settings.time().nanos() + allowed.toNanos();
        try {
            return Optional.ofNullable(settings.transport().connect(allowed, cancellation));
        } catch (IOException e) {
            throw HttpCall.unanswered(settings, NOTHING, allowed, cancellation, e, false, deadline);
        }
    }

    @Override
    public Cancellation cancellation() {
        return cancellation;
    }

    @Override
    public HttpFailure cancelled() {
        return new HttpFailure(Reason.CANCELLED, "cancelled");
    }
}
