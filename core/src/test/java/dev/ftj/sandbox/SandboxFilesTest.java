package dev.ftj.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The file endpoints, called as {@code curl} would call them. */
class SandboxFilesTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final int SIZE = (12 << 20) + 17;

    private volatile Instant now = SandboxClient.START;
    private Sandbox sandbox = Sandbox.builder().clock(() -> now).start();

    @AfterEach
    void close() {
        sandbox.close();
    }

    private void restart(Sandbox.FileStyle style) {
        sandbox.close();
        sandbox = Sandbox.builder().clock(() -> now).fileStyle(style).start();
    }

    private HttpResponse<byte[]> send(String method, String path, String type, byte[] body) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create(sandbox.endpoint() + path))
                        .header("Authorization", "Bearer " + sandbox.apiKey())
                        .header("Content-Type", type)
                        .method(method, BodyPublishers.ofByteArray(body))
                        .build(),
                BodyHandlers.ofByteArray());
    }

    private JsonNode call(int status, String method, String path, String body) throws Exception {
        HttpResponse<byte[]> response = send(method, path, "application/json", body.getBytes("UTF-8"));
        assertThat(response.statusCode())
                .as(new String(response.body(), "UTF-8"))
                .isEqualTo(status);
        return MAPPER.readTree(response.body());
    }

    private static HttpResponse<String> put(String url, byte[] bytes, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url)).PUT(BodyPublishers.ofByteArray(bytes));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }

    private static byte[] bytes() {
        byte[] bytes = new byte[SIZE];
        new Random(3).nextBytes(bytes);
        return bytes;
    }

    private static String initiate(String name, String more) {
        return "{\"filename\": \"" + name + "\", \"file_type\": \"application/x-ndjson\", \"num_bytes\": " + SIZE + more
                + "}";
    }

    private static byte[] slice(byte[] all, JsonNode part) {
        int offset = part.get("offset").intValue();
        return Arrays.copyOfRange(all, offset, offset + part.get("length").intValue());
    }

    private static String token(JsonNode part, String token) {
        return "{\"part_number\": " + part.get("part_number") + ", \"part_token\": " + MAPPER.writeValueAsString(token)
                + "}";
    }

    @ParameterizedTest
    @EnumSource
    void aFileIsUploadedInPartsAndIngested(Sandbox.FileStyle style) throws Exception {
        restart(style);
        boolean reference = style == Sandbox.FileStyle.REFERENCE;
        byte[] all = bytes();
        JsonNode plan = call(200, "POST", "/files/uploads/initiate", initiate("a b.jsonl", ""));
        assertThat(plan.get("num_parts").intValue()).isEqualTo(3);
        assertThat(plan.get("parts").get(0).get("part_number").intValue()).isEqualTo(reference ? 0 : 1);
        assertThat(plan.has("expires_at")).isEqualTo(!reference);
        assertThat(plan.get("parts").get(0).has("expires_at")).isEqualTo(reference);
        List<String> tokens = new ArrayList<>();
        for (JsonNode part : plan.get("parts")) {
            HttpResponse<String> stored = put(part.get("url").stringValue(), slice(all, part));
            assertThat(stored.statusCode()).isEqualTo(200);
            String tag = stored.headers().firstValue("ETag").orElseThrow();
            tokens.add(token(part, reference ? tag : tag.replace("\"", "")));
        }
        String upload = "/files/uploads/" + plan.get("upload_id").stringValue();
        call(200, "POST", upload + "/parts/checkpoint", "{\"parts\": [" + tokens.get(0) + "]}");
        JsonNode done =
                call(200, "POST", upload + "/complete", "{\"parts\": [" + tokens.get(1) + ", " + tokens.get(2) + "]}");
        assertThat(done.get("file_name").stringValue()).isEqualTo("a b.jsonl");
        call(409, "POST", upload + "/abort", "");

        assertThat(call(200, "GET", "/files/metadata/a%20b.jsonl", "")
                        .get("file_status")
                        .stringValue())
                .isEqualTo("FILE_STATUS_REGISTERED");
        now = now.plusSeconds(3);
        JsonNode record = call(200, "GET", "/files/metadata/a%20b.jsonl", "");
        assertThat(record.get("ingested").booleanValue()).isTrue();
        assertThat(record.get("num_bytes").intValue()).isEqualTo(SIZE);
        assertThat(send("GET", "/files/download/a%20b.jsonl", "text/plain", new byte[0])
                        .body())
                .isEqualTo(all);
        call(409, "POST", "/files/uploads/initiate", initiate("a b.jsonl", ""));
        call(409, "POST", "/files/uploads/initiate", initiate("a b.jsonl", ", \"resume_if_started\": true"));
        call(200, "DELETE", "/files/delete/a%20b.jsonl", "");
        call(404, "GET", "/files/metadata/a%20b.jsonl", "");
        call(200, "POST", "/files/uploads/initiate", initiate("a b.jsonl", ""));
    }

    @Test
    void ofTwoUploadsOfANameTheFirstToCompleteHasIt() throws Exception {
        String begin = initiate("a.jsonl", "").replace(Integer.toString(SIZE), "3");
        List<JsonNode> plans = List.of(
                call(200, "POST", "/files/uploads/initiate", begin),
                call(200, "POST", "/files/uploads/initiate", begin));
        for (int i = 0; i < 2; i++) {
            JsonNode part = plans.get(i).get("parts").get(0);
            HttpResponse<String> stored = put(part.get("url").stringValue(), new byte[] {(byte) i, 1, 2});
            String token = token(part, stored.headers().firstValue("ETag").orElseThrow());
            call(
                    i == 0 ? 200 : 409,
                    "POST",
                    "/files/uploads/" + plans.get(i).get("upload_id").stringValue() + "/complete",
                    "{\"parts\": [" + token + "]}");
        }
        assertThat(send("GET", "/files/download/a.jsonl", "text/plain", new byte[0])
                        .body())
                .containsExactly(0, 1, 2);
    }

    @Test
    void theFilesOfTheSampleJobsAreKnown() throws Exception {
        for (JsonNode job : call(200, "GET", "/fine-tune/jobs", "")) {
            for (JsonNode dataset : job.at("/config/datasets")) {
                for (JsonNode id : dataset.get("file_ids")) {
                    String segment = new URI(null, null, "/" + id.stringValue(), null).toASCIIString();
                    call(200, "GET", "/files/metadata" + segment, "");
                }
            }
        }
        call(404, "GET", "/files/metadata/nofile.jsonl", "");
    }

    @Test
    void theStorageRefusesAKeyAChangedUrlAnotherLengthAndAnExpiredUrl() throws Exception {
        JsonNode plan = call(200, "POST", "/files/uploads/initiate", initiate("a.jsonl", ""));
        JsonNode part = plan.get("parts").get(0);
        String url = part.get("url").stringValue();
        byte[] bytes = slice(bytes(), part);
        assertThat(put(url, bytes, "Authorization", "Bearer x").statusCode()).isEqualTo(400);
        assertThat(put(url.replace("%2F", "/"), bytes).body()).contains("SignatureDoesNotMatch");
        assertThat(put(url.replace("~", "%7E"), bytes).body()).contains("SignatureDoesNotMatch");
        assertThat(put(url, new byte[3]).body()).contains("IncompleteBody");
        now = now.plusSeconds(3601);
        assertThat(put(url, bytes).body()).contains("<Code>AccessDenied</Code><Message>Request has expired");
        JsonNode fresh = call(
                200,
                "POST",
                "/files/uploads/" + plan.get("upload_id").stringValue() + "/parts/urls",
                "{\"part_numbers\": [0]}");
        assertThat(put(fresh.get("parts").get(0).get("url").stringValue(), bytes)
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void anUploadIsResumedWithThePartsThatAreLeft() throws Exception {
        JsonNode plan = call(200, "POST", "/files/uploads/initiate", initiate("a.jsonl", ""));
        JsonNode part = plan.get("parts").get(1);
        String tag = put(part.get("url").stringValue(), slice(bytes(), part))
                .headers()
                .firstValue("ETag")
                .orElseThrow();
        String upload = "/files/uploads/" + plan.get("upload_id").stringValue();
        call(200, "POST", upload + "/parts/checkpoint", "{\"parts\": [" + token(part, tag) + "]}");
        JsonNode again =
                call(200, "POST", "/files/uploads/initiate", initiate("a.jsonl", ", \"resume_if_started\": true"));
        assertThat(again.get("is_resume").booleanValue()).isTrue();
        assertThat(again.get("upload_id")).isEqualTo(plan.get("upload_id"));
        assertThat(again.get("parts")).hasSize(2);
        assertThat(again.get("parts").get(1).get("part_number").intValue()).isEqualTo(2);
        call(400, "POST", upload + "/complete", "{\"parts\": []}");
        call(400, "POST", upload + "/parts/checkpoint", "{\"parts\": [" + token(part, "wrong") + "]}");
        call(200, "POST", upload + "/abort", "");
        call(404, "POST", upload + "/abort", "");
    }

    @Test
    void aSmallFileIsAcceptedInOneRequestButNoJsonl() throws Exception {
        String form = "--xyz\r\nContent-Disposition: form-data; name=\"file\"; filename=\"%s\"\r\n"
                + "Content-Type: text/csv\r\n\r\na,b\r\n1,2\r\n\r\n--xyz--\r\n";
        String type = "multipart/form-data; boundary=xyz";
        HttpResponse<byte[]> good =
                send("POST", "/files", type, form.formatted("é.csv").getBytes("UTF-8"));
        assertThat(MAPPER.readTree(good.body()).get("file_id").stringValue()).isEqualTo("é.csv");
        assertThat(new String(send("GET", "/files/download/%C3%A9.csv", type, new byte[0])
                        .body()))
                .isEqualTo("a,b\r\n1,2\r\n");
        HttpResponse<byte[]> bad =
                send("POST", "/files", type, form.formatted("a.jsonl").getBytes("UTF-8"));
        assertThat(bad.statusCode()).isEqualTo(400);
        assertThat(new String(bad.body())).contains("invalid_file_type");
        assertThat(send("POST", "/files", "text/csv", new byte[3]).statusCode()).isEqualTo(422);
    }

    @Test
    void filesAreListedInShards() throws Exception {
        int all = call(200, "GET", "/files/info", "").get("num_files").intValue();
        assertThat(call(200, "GET", "/files/metadata?shard_index=-1&max_items_per_shard=-1", ""))
                .hasSize(all);
        JsonNode second = call(200, "GET", "/files/metadata?shard_index=1&max_items_per_shard=" + (all - 1), "");
        assertThat(second).hasSize(1);
        JsonNode third = call(200, "GET", "/files/metadata?shard_index=2&max_items_per_shard=2", "");
        assertThat(third.get(0).get("file_status").stringValue()).isEqualTo("FILE_STATUS_CORRUPT");
        assertThat(call(200, "GET", "/files/metadata?shard_index=99&max_items_per_shard=3", ""))
                .isEmpty();
    }

    @Test
    void someNamesAndSizesAreRefused() throws Exception {
        assertThat(call(400, "POST", "/files/uploads/initiate", initiate("ftj-error-full.jsonl", ""))
                        .at("/errors/0/code")
                        .stringValue())
                .isEqualTo("capacity_reached");
        call(404, "POST", "/files/uploads/initiate", initiate("ftj-error-404.jsonl", ""));
        call(405, "POST", "/files/uploads/initiate", initiate("ftj-error-405.jsonl", ""));
        call(503, "POST", "/files/uploads/initiate", initiate("ftj-error-503.jsonl", ""));
        call(422, "POST", "/files/uploads/initiate", initiate("../a.jsonl", ""));
        call(400, "POST", "/files/uploads/initiate", initiate("a.jsonl", "").replace(Integer.toString(SIZE), "0"));
        call(422, "POST", "/files/uploads/initiate", "[]");
        call(422, "POST", "/files/uploads/initiate", "{\"filename\": 3}");
        call(405, "GET", "/files", "");
        call(404, "GET", "/files/unknown", "");
    }
}
