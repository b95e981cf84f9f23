package dev.ftj.shell;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okhttp3.Headers;

/** The jobs that a server has, by their ids as they are in the path; all others are not found. */
final class Api extends Dispatcher {
    static final String NOT_FOUND = "{\"errors\": [{\"code\": \"job_not_found\", \"message\": \"No such job.\","
            + " \"suggestion\": \"List your jobs.\", \"error_uid\": \"err-1\"}]}";

    private static final String PREFIX = "/v0.5/fine-tune/jobs/";

    private final Map<String, Supplier<MockResponse>> answers = new HashMap<>();
    private final List<RecordedRequest> requests = new ArrayList<>();

    static String record(String id, String name, String status) {
        return "{\"name\": \"" + name + "\", \"id\": \"" + id + "\", \"uuid\": \"u-1\", \"status\": \"" + status
                + "\", \"config\": {\"model\": \"Newton::c2\", \"a.b\": 1.0E+2, \"datasets\": [{\"name\": \"d\","
                + " \"split\": \"train\", \"file_ids\": [\"file-1\", \"file-2\"]}]}, \"inference_config_path\": null}";
    }

    Api job(String id) {
        return answer(id, record(id, "name of " + id, "RUNNING"));
    }

    Api answer(String segment, String json) {
        return answer(segment, 200, json);
    }

    Api answer(String segment, int status, String body) {
        return answer(segment, status, body, Headers.of());
    }

    Api answer(String segment, int status, String body, Headers headers) {
        return answer(
                segment,
                () -> new MockResponse.Builder()
                        .code(status)
                        .headers(headers)
                        .body(body)
                        .build());
    }

    /** A server that takes the request and says nothing. */
    Api silent(String segment) {
        return answer(
                segment,
                () -> new MockResponse.Builder()
                        .onResponseStart(SocketEffect.Stall.INSTANCE)
                        .build());
    }

    private synchronized Api answer(String segment, Supplier<MockResponse> answer) {
        answers.put(PREFIX + segment, answer);
        return this;
    }

    @Override
    public synchronized MockResponse dispatch(RecordedRequest request) {
        requests.add(request);
        return answers.getOrDefault(
                        request.getTarget(),
                        () -> new MockResponse.Builder()
                                .code(404)
                                .body(NOT_FOUND)
                                .build())
                .get();
    }

    synchronized List<RecordedRequest> requests() {
        return List.copyOf(requests);
    }

    /** The last path segment of each request, in no order where several are under way at once. */
    List<String> asked() {
        return requests().stream()
                .map(request -> request.getTarget().substring(PREFIX.length()))
                .toList();
    }
}
