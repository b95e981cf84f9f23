package dev.ftj.assumptions;

import static dev.ftj.assumptions.ScriptedServer.CLOSE;
import static dev.ftj.assumptions.ScriptedServer.bytes;
import static dev.ftj.assumptions.ScriptedServer.empty;
import static dev.ftj.assumptions.ScriptedServer.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.zip.GZIPOutputStream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import mockwebserver3.junit5.StartStop;
import okhttp3.Authenticator;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What OkHttp does that ftj works around or relies on. A test that fails after an upgrade names the code that may go, or has
 * to change.
 */
@Timeout(60)
class OkHttpAssumptionsTest {
    private static final int REFUSED_STREAM = 7;

    /** Retries nothing, as ftj's own client. */
    private final OkHttpClient plain =
            new OkHttpClient.Builder().retryOnConnectionFailure(false).build();

    private final OkHttpClient retrying = new OkHttpClient();

    @StartStop
    public final MockWebServer http2 = new MockWebServer();

    private static Request get(ScriptedServer server) {
        return new Request.Builder().url(server.url()).build();
    }

    private static Request delete(ScriptedServer server) {
        return get(server).newBuilder().delete().build();
    }

    private static String body(OkHttpClient client, Request request) throws IOException {
        try (Response response = client.newCall(request).execute()) {
            return response.body().string();
        }
    }

    private static int status(OkHttpClient client, Request request) throws IOException {
        try (Response response = client.newCall(request).execute()) {
            return response.code();
        }
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(zipped)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return zipped.toByteArray();
    }

    private static byte[] gzipped(byte[] body) throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        answer.write(bytes("HTTP/1.1 200 OK", "Content-Encoding: gzip", "Content-Length: " + body.length, "", ""));
        answer.write(body);
        return answer.toByteArray();
    }

    /** WireState drops Content-Encoding from an empty body. */
    @Test
    void anEmptyGzipBodyEndsTooEarly() throws IOException {
        byte[] chunked =
                bytes("HTTP/1.1 200 OK", "Content-Encoding: gzip", "Transfer-Encoding: chunked", "", "0", "", "");
        try (ScriptedServer server = new ScriptedServer(empty("200 OK", "Content-Encoding: gzip"), chunked)) {
            assertThatExceptionOfType(EOFException.class).isThrownBy(() -> body(plain, get(server)));
            assertThatExceptionOfType(EOFException.class).isThrownBy(() -> body(plain, get(server)));
        }
    }

    @Test
    void anEmptyGzipBodyOfA204IsEmpty() throws IOException {
        try (ScriptedServer server =
                new ScriptedServer(bytes("HTTP/1.1 204 No Content", "Content-Encoding: gzip", "", ""))) {
            assertThat(body(plain, get(server))).isEmpty();
        }
    }

    /** TransportErrors reports it as damaged compression and not as a network failure. */
    @Test
    void bytesAfterTheFirstGzipMemberAreAnError() throws IOException {
        ByteArrayOutputStream two = new ByteArrayOutputStream();
        two.write(gzip("one"));
        two.write(gzip("two"));
        try (ScriptedServer server = new ScriptedServer(gzipped(two.toByteArray()))) {
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> body(plain, get(server)))
                    .withMessage("gzip finished without exhausting source");
        }
    }

    /** Transport reads the status from the message: the request was carried out. */
    @ParameterizedTest
    @ValueSource(ints = {204, 205})
    void aResponseWithoutContentThatHasALengthIsAnError(int status) throws IOException {
        byte[] answer = bytes("HTTP/1.1 " + status + " Done", "Content-Length: 2", "", "ok");
        try (ScriptedServer server = new ScriptedServer(answer)) {
            assertThatExceptionOfType(ProtocolException.class)
                    .isThrownBy(() -> status(plain, delete(server)))
                    .withMessage("HTTP " + status + " had non-zero Content-Length: 2");
        }
    }

    @Test
    void aChunkedBodyOfA204IsRead() throws IOException {
        byte[] answer = bytes("HTTP/1.1 204 No Content", "Transfer-Encoding: chunked", "", "2", "ok", "0", "", "");
        try (ScriptedServer server = new ScriptedServer(answer)) {
            assertThat(body(plain, get(server))).isEqualTo("ok");
        }
    }

    /** Transport reads the status from the message. */
    @Test
    void a407WithoutAProxyIsAnError() throws IOException {
        try (ScriptedServer server = new ScriptedServer(empty("407 Proxy Authentication Required"))) {
            assertThatExceptionOfType(ProtocolException.class)
                    .isThrownBy(() -> status(plain, get(server)))
                    .withMessageStartingWith("Received HTTP_PROXY_AUTH (407)");
        }
    }

    /** WireState knows a reused connection: a GET is repeated, and writes go over new connections only. */
    @Test
    void bytesBeyondTheContentLengthBreakTheNextCallOnThatConnection() throws IOException {
        byte[] surplus = bytes("HTTP/1.1 200 OK", "Content-Length: 2", "", "ok", "");
        try (ScriptedServer server = new ScriptedServer(surplus, ok())) {
            assertThat(body(plain, get(server))).isEqualTo("ok");
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> body(plain, get(server)))
                    .withMessageStartingWith("Unexpected status line");
        }
    }

    /** WireState knows a reused connection: a GET is repeated, and writes go over new connections only. */
    @ParameterizedTest
    @ValueSource(strings = {"GET", "DELETE"})
    void aPooledConnectionThatTheServerHasClosedIsUsedAgain(String method) throws IOException {
        try (ScriptedServer server = new ScriptedServer(ok(), ok())) {
            assertThat(body(plain, get(server))).isEqualTo("ok");
            server.closeConnections();
            Request request = get(server).newBuilder().method(method, null).build();
            assertThatExceptionOfType(IOException.class).isThrownBy(() -> status(plain, request));
            assertThat(server.connections()).isOne();
        }
    }

    /** OkHttpClients switches retries off: RetryPolicy decides. */
    @Test
    void aDeleteWhosePooledConnectionBreaksIsSentAgain() throws IOException {
        try (ScriptedServer server = new ScriptedServer(ok(), CLOSE, ok())) {
            body(retrying, get(server));
            assertThat(status(retrying, delete(server))).isEqualTo(200);
            assertThat(server.requests)
                    .filteredOn(line -> line.startsWith("DELETE"))
                    .hasSize(2);
        }
    }

    /** WireState.withoutRetries runs behind the interceptors of a caller's client. */
    @Test
    void anInterceptorSwitchesRetriesOnAgain() throws IOException {
        OkHttpClient switched = plain.newBuilder()
                .addInterceptor(
                        chain -> chain.withRetryOnConnectionFailure(true).proceed(chain.request()))
                .build();
        try (ScriptedServer server = new ScriptedServer(ok(), CLOSE, ok())) {
            body(switched, get(server));
            assertThat(status(switched, delete(server))).isEqualTo(200);
            assertThat(server.requests)
                    .filteredOn(line -> line.startsWith("DELETE"))
                    .hasSize(2);
        }
    }

    /** WireState hides Retry-After, and OneShotBody can be written once. */
    @Test
    void a503WithRetryAfterZeroIsRepeatedWithRetriesSwitchedOff() throws IOException {
        try (ScriptedServer server = new ScriptedServer(empty("503 Busy", "Retry-After: 0"), ok())) {
            assertThat(status(plain, delete(server))).isEqualTo(200);
            assertThat(server.requests).hasSize(2);
        }
    }

    /** WireState hides Retry-After, and OneShotBody can be written once. */
    @Test
    void a503WithRetryAfterZeroIsNotRepeatedWithABodyForOneUse() throws IOException {
        try (ScriptedServer server = new ScriptedServer(empty("503 Busy", "Retry-After: 0"), ok())) {
            Request put = get(server).newBuilder().put(new OnceOnly()).build();
            assertThat(status(plain, put)).isEqualTo(503);
            assertThat(server.requests).hasSize(1);
        }
    }

    @Test
    void a408IsRepeatedUnlessRetriesAreSwitchedOff() throws IOException {
        try (ScriptedServer server = new ScriptedServer(empty("408 Timeout"), ok(), empty("408 Timeout"))) {
            assertThat(status(retrying, delete(server))).isEqualTo(200);
            assertThat(status(plain, delete(server))).isEqualTo(408);
        }
    }

    /** TransportErrors.isRefusedStream knows it by its message: nothing was processed. */
    @Test
    void aRefusedStreamIsNotRepeatedOnANewConnection() throws IOException {
        OkHttpClient client = retrying.newBuilder()
                .protocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE))
                .build();
        http2.setProtocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE));
        MockResponse refused = new MockResponse.Builder()
                .onRequestStart(new SocketEffect.CloseStream(REFUSED_STREAM))
                .build();
        http2.enqueue(refused);
        http2.enqueue(new MockResponse.Builder().build());
        http2.enqueue(refused);
        http2.enqueue(new MockResponse.Builder().build());
        Request request = new Request.Builder().url(http2.url("/")).build();
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> status(client, request))
                .withMessage("stream was reset: REFUSED_STREAM");
        assertThat(status(client, request)).isEqualTo(200);
        assertThat(status(client, request)).as("on a used one").isEqualTo(200);
        assertThat(http2.getRequestCount()).isEqualTo(4);
    }

    /** OkHttpClients.credentials answers a CONNECT only: any other 407 is the target's. */
    @Test
    void theProxysAuthenticatorIsAskedForA407FromBehindTheTunnel() throws IOException {
        HeldCertificate certificate = new HeldCertificate.Builder()
                .addSubjectAlternativeName("api.test")
                .build();
        http2.useHttps(new HandshakeCertificates.Builder()
                .heldCertificate(certificate)
                .build()
                .sslSocketFactory());
        http2.enqueue(new MockResponse.Builder().inTunnel().build());
        http2.enqueue(new MockResponse.Builder().code(407).build());
        HandshakeCertificates trusting = new HandshakeCertificates.Builder()
                .addTrustedCertificate(certificate.certificate())
                .build();
        List<String> asked = new ArrayList<>();
        Authenticator authenticator = (route, response) -> {
            asked.add(response.request().method());
            return null;
        };
        OkHttpClient client = plain.newBuilder()
                .protocols(List.of(Protocol.HTTP_1_1))
                .sslSocketFactory(trusting.sslSocketFactory(), trusting.trustManager())
                .proxy(http2.getProxyAddress())
                .proxyAuthenticator(authenticator)
                .build();
        assertThat(status(client, new Request.Builder().url("https://api.test/").build()))
                .isEqualTo(407);
        assertThat(asked).containsExactly("CONNECT", "GET");
    }

    /** Ids are percent-encoded by ftj, and those that are dots are refused. */
    @Test
    void aSegmentOfDotsClimbsAndHalfASurrogatePairBecomesAQuestionMark() {
        HttpUrl base = HttpUrl.get("https://api.test/v0.5/jobs");
        assertThat(base.newBuilder().addPathSegment("..").build().encodedPath()).isEqualTo("/v0.5/");
        assertThat(base.newBuilder().addPathSegment("\ud800").build().encodedPath())
                .isEqualTo("/v0.5/jobs/%3F");
    }

    /** PresignedUrl sets path and query past the encoder: each byte of them is signed. */
    @Test
    void aUrlIsChangedUnlessItsPartsAreSetPastTheEncoder() {
        HttpUrl parsed = HttpUrl.get("https://store.test/a/../b|c?x='1'&y=%27");
        assertThat(parsed).hasToString("https://store.test/b%7Cc?x=%271%27&y=%27");
        HttpUrl.Builder builder = parsed.newBuilder();
        builder.getEncodedPathSegments$okhttp().clear();
        builder.getEncodedPathSegments$okhttp().addAll(List.of("a", "..", "b|c"));
        builder.setEncodedQueryNamesAndValues$okhttp(Arrays.asList("x='1'&y=%27", null));
        assertThat(builder.build()).hasToString("https://store.test/a/../b|c?x='1'&y=%27");
    }

    /** HttpDate reads two digits as a year near ours. */
    @Test
    void aYearOfTwoDigitsInADateIsAYearOfTheFirstCentury() {
        Response response = new Response.Builder()
                .request(new Request.Builder().url("http://api.test/").build())
                .protocol(Protocol.HTTP_1_1)
                .code(503)
                .message("")
                .header("Retry-After", "Mon, 27 Apr 26 10:00:00 GMT")
                .build();
        assertThat(response.headers().getInstant("Retry-After")).hasToString("0026-04-25T10:00:00Z");
    }

    /** FineTuneClientBuilder caps durations. */
    @Test
    void aTimeoutOfMoreThan24DaysIsRefused() {
        Duration month = Duration.ofDays(31);
        assertThatIllegalArgumentException().isThrownBy(() -> new OkHttpClient.Builder().readTimeout(month));
    }

    /** CallDispatcher calls execute on threads of its own: enqueue would keep a JVM alive for a minute. */
    @Test
    void onlyEnqueueStartsThreadsThatKeepAJvmAlive() throws Exception {
        try (ScriptedServer server = new ScriptedServer(ok(), ok())) {
            OkHttpClient client = new OkHttpClient();
            body(client, get(server));
            assertThat(Thread.getAllStackTraces().keySet())
                    .filteredOn(thread -> thread.getName().startsWith("OkHttp"))
                    .isNotEmpty()
                    .allMatch(Thread::isDaemon);
            Keeping keeping = new Keeping();
            client.newCall(get(server)).enqueue(keeping);
            assertThat(keeping.isDaemon.get()).isFalse();
        }
    }

    /** WireState.execute declares what it throws. */
    @Test
    void anInterruptedThreadGetsAnInterruptedExceptionThatIsNotDeclared() throws IOException {
        try (ScriptedServer server = new ScriptedServer(ok())) {
            Thread.currentThread().interrupt();
            assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> body(plain, get(server)));
        } finally {
            Thread.interrupted();
        }
    }

    /** WireState copies no value that is not all digits. */
    @Test
    void aHeaderThatWasReadCannotBeCopied() throws IOException {
        try (ScriptedServer server = new ScriptedServer(empty("200 OK", "X-Name: caf\u00e9"))) {
            try (Response response = plain.newCall(get(server)).execute()) {
                String value = response.header("X-Name", "");
                assertThat(value).isNotEmpty();
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> response.newBuilder().header("X-Other", value));
            }
        }
    }

    private static final class Keeping implements Callback {
        private final CompletableFuture<Boolean> isDaemon = new CompletableFuture<>();

        @Override
        public void onFailure(Call call, IOException e) {
            isDaemon.completeExceptionally(e);
        }

        @Override
        public void onResponse(Call call, Response response) {
            response.close();
            isDaemon.complete(Thread.currentThread().isDaemon());
        }
    }

    private static final class OnceOnly extends RequestBody {
        @Override
        public @Nullable MediaType contentType() {
            return null;
        }

        @Override
        public long contentLength() {
            return 4;
        }

        @Override
        public boolean isOneShot() {
            return true;
        }

        @Override
        public void writeTo(BufferedSink sink) throws IOException {
            sink.writeUtf8("body");
        }
    }
}
