package dev.ftj;

import dev.ftj.internal.http.BodyReader;
import dev.ftj.internal.http.CallDispatcher;
import dev.ftj.internal.http.CallSettings;
import dev.ftj.internal.http.Cancellation;
import dev.ftj.internal.http.HttpCall;
import dev.ftj.internal.http.HttpFailure;
import dev.ftj.internal.http.HttpReply;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One call of the API: sends a request, and reads a value from its response. Fails with a {@link FineTuneException}. */
final class ApiCall<T> implements CallDispatcher.Call<T> {
    private final ApiRequest request;
    private final HttpCall call;
    private final Function<HttpReply, T> reader;

    /** @param stream reads the body of a 2xx response as it arrives, before the reader; null for none */
    ApiCall(CallSettings settings, ApiRequest request, Function<HttpReply, T> reader, @Nullable BodyReader stream) {
        this.request = request;
        this.reader = reader;
        this.call = new HttpCall(settings, request.http(), stream);
    }

    @Override
    public T run() {
        HttpReply reply;
        try {
            reply = call.run();
        } catch (HttpFailure e) {
            throw HttpErrors.exception(e, request);
        }
        try {
            return reader.apply(reply);
        } catch (RuntimeException e) {
            throw HttpErrors.unreadable(e, request, reply.status(), call);
        }
    }

    @Override
    public Cancellation cancellation() {
        return call.cancellation();
    }

    @Override
    public FineTuneException cancelled() {
        return HttpErrors.exception(call.cancelled(), request);
    }
}
