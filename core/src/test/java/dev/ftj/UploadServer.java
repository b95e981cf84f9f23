package dev.ftj;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.jspecify.annotations.Nullable;

/** The upload endpoints and their storage on one server, with the faults that a test sets. */
final class UploadServer extends Dispatcher {
    /** Requests in the order of their arrival. */
    final List<RecordedRequest> requests = new CopyOnWriteArrayList<>();

    /** What the plan consists of: offset and length of each part. */
    final List<long[]> parts = new ArrayList<>();

    /** Answers by the end of a path; null for the usual one. */
    final Map<String, Function<RecordedRequest, @Nullable MockResponse>> answers = new HashMap<>();

    int firstNumber;
    String numberFormat = "%d";
    String top = "";
    String uploadId = "upl-1";
    boolean resumed;
    Function<Integer, String> url = number -> "/storage/" + number + "?sig=a%2Fb+c~'d";

    private final MockWebServer server;

    UploadServer(MockWebServer server) {
        this.server = server;
        server.setDispatcher(this);
    }

    UploadServer parts(long... lengths) {
        long offset = 0;
        for (long length : lengths) {
            parts.add(new long[] {offset, length});
            offset += length;
        }
        return this;
    }

    UploadServer answer(String pathEnd, Function<RecordedRequest, @Nullable MockResponse> answer) {
        answers.put(pathEnd, answer);
        return this;
    }

    /** Answers the first requests of a path in turn, then as usual. */
    UploadServer first(String pathEnd, MockResponse... responses) {
        List<MockResponse> left = new CopyOnWriteArrayList<>(responses);
        return answer(pathEnd, request -> left.isEmpty() ? null : left.remove(0));
    }

    List<RecordedRequest> seen(String pathEnd) {
        return requests.stream()
                .filter(request -> path(request).endsWith(pathEnd))
                .toList();
    }

    List<RecordedRequest> puts() {
        return requests.stream()
                .filter(request -> request.getMethod().equals("PUT"))
                .toList();
    }

    static String path(RecordedRequest request) {
        return request.getUrl().encodedPath();
    }

    static String body(RecordedRequest request) {
        return request.getBody() == null ? "" : request.getBody().utf8();
    }

    static MockResponse stored(String tag) {
        return new MockResponse.Builder().addHeader("ETag", tag).build();
    }

    String part(int index) {
        String number = numberFormat.formatted(index + firstNumber);
        return "{\"part_number\": " + number + ", \"url\": \"" + absolute(index) + "\", \"offset\": "
                + parts.get(index)[0] + ", \"length\": " + parts.get(index)[1] + "}";
    }

    String absolute(int index) {
        String target = url.apply(index);
        return target.startsWith("/") ? "http://127.0.0.1:" + server.getPort() + target : target;
    }

    private String plan() {
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < parts.size(); i++) {
            all.append(i == 0 ? "" : ", ").append(part(i));
        }
        return "{\"upload_id\": \"" + uploadId + "\", \"file_uid\": \"fil_1\", \"is_resume\": " + resumed + ", " + top
                + "\"parts\": [" + all + "]}";
    }

    @Override
    public MockResponse dispatch(RecordedRequest request) {
        requests.add(request);
        String path = path(request);
        for (Map.Entry<String, Function<RecordedRequest, @Nullable MockResponse>> answer : answers.entrySet()) {
            MockResponse response =
                    path.endsWith(answer.getKey()) ? answer.getValue().apply(request) : null;
            if (response != null) {
                return response;
            }
        }
        if (path.startsWith("/storage/")) {
            return stored("\"tag-" + path.substring("/storage/".length()) + "\"");
        }
        return Wire.answer(200, body(path, request));
    }

    private String body(String path, RecordedRequest request) {
        if (path.endsWith("/initiate")) {
            return plan();
        }
        if (path.endsWith("/urls")) {
            int number = Integer.parseInt(body(request).replaceAll("\\D", "")) - firstNumber;
            return "{\"parts\": [" + part(number) + "]}";
        }
        return "{\"file_uid\": \"fil_1\", \"file_name\": \"train.jsonl\", \"file_status\": \"Registered\"}";
    }
}
