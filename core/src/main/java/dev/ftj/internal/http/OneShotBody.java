package dev.ftj.internal.http;

import java.io.IOException;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/** A body for OkHttp. One-shot: whatever OkHttp thinks of a failure, it cannot send the body again by itself. */
final class OneShotBody extends RequestBody {
    private final HttpBody body;

    OneShotBody(HttpBody body) {
        this.body = body;
    }

    @Override
    public @Nullable MediaType contentType() {
        String type = body.contentType();
        return type == null ? null : MediaType.get(type);
    }

    @Override
    public long contentLength() {
        return body.length();
    }

    @Override
    public boolean isOneShot() {
        // See OkHttpAssumptionsTest.a503WithRetryAfterZeroIsNotRepeatedWithABodyForOneUse.
        return true;
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
        body.writeTo(sink);
    }
}
