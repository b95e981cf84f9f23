package dev.ftj;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ftj.FineTuneException.Kind;
import dev.ftj.FineTuneException.Resource;
import dev.ftj.internal.http.CallSettings;
import dev.ftj.internal.http.HttpBody;
import dev.ftj.internal.http.HttpReply;
import dev.ftj.internal.http.HttpRequest;
import dev.ftj.internal.http.RetryPolicy;
import dev.ftj.internal.http.Secret;
import dev.ftj.internal.http.Transport;
import dev.ftj.internal.http.TransportSettings;
import dev.ftj.testing.QuickServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import mockwebserver3.junit5.StartStop;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Failures and attempts speak of the resource of their request, whatever it is. */
class ResourceErrorsTest {
    @StartStop
    private final MockWebServer server = QuickServer.create();

    private final List<Attempt> attempts = new ArrayList<>();

    private FineTuneException failure(ApiRequest request) {
        TransportSettings connections =
                new TransportSettings(null, Duration.ofSeconds(10), Duration.ofSeconds(10), 1, null, Map.of());
        String base = "http://127.0.0.1:" + server.getPort();
        try (Transport transport = new Transport(base, new Secret("none"), () -> "test", connections)) {
            CallSettings settings = new CallSettings(
                    transport,
                    new RetryPolicy(4, () -> 1.0),
                    new FakeTiming(),
                    Duration.ofSeconds(60),
                    HttpErrors::waitInBody,
                    attempt -> attempts.add(HttpErrors.attempt(attempt)));
            return catchThrowableOfType(
                    FineTuneException.class, () -> new ApiCall<>(settings, request, HttpReply::body, null).run());
        }
    }

    private static ApiRequest get(Resource.@Nullable Type type, @Nullable String id) {
        return new ApiRequest(HttpRequest.get("/files/" + id, "/files/{file_id}", id), type);
    }

    @Test
    void aMissingFileIsNoJob() {
        server.enqueue(Wire.answer(404, ""));
        FineTuneException e = failure(get(Resource.Type.FILE, "f-1"));
        assertThat(e)
                .hasMessage("file f-1: not found (404). Check the id; a key sees only its own organization's files.");
        assertThat(e.resource()).isEqualTo(new Resource(Resource.Type.FILE, "f-1"));
        assertThat(e.jobId()).isNull();
        assertThat(attempts).singleElement().satisfies(attempt -> {
            assertThat(attempt.route()).isEqualTo("GET /files/{file_id}");
            assertThat(attempt.path()).isEqualTo("/files/f-1");
            assertThat(attempt.resourceId()).isEqualTo("f-1");
        });
    }

    @Test
    void aConflictOfAnUploadNamesTheUpload() {
        server.enqueue(Wire.answer(409, ""));
        assertThat(failure(get(Resource.Type.UPLOAD, "u-1")))
                .hasMessage("upload u-1: the upload's state does not allow it (409). Check the upload's status.");
    }

    @Test
    void aRequestThatIsAboutNothingInParticularNamesNoJob() {
        server.enqueue(Wire.answer(404, ""));
        server.enqueue(Wire.answer(409, ""));
        for (Kind kind : List.of(Kind.NOT_FOUND, Kind.CONFLICT)) {
            FineTuneException e = failure(get(null, null));
            assertThat(e.kind()).isEqualTo(kind);
            assertThat(e).hasMessageNotContaining("job").hasMessageNotContaining("null");
            assertThat(e.resource()).isNull();
        }
    }

    @Test
    void anUncertainUploadOfAFileSaysToListTheFiles() {
        server.enqueue(new MockResponse.Builder()
                .onResponseStart(new SocketEffect.CloseSocket())
                .build());
        HttpRequest post = HttpRequest.write("POST", "/files", HttpBody.json("{}"), "/files", null);
        FineTuneException e = failure(new ApiRequest(post, Resource.Type.FILE));
        assertThat(e.uncertain()).isTrue();
        assertThat(e).hasMessageEndingWith("List the files before you send it again.");
    }
}
