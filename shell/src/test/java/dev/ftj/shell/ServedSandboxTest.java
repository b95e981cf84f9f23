package dev.ftj.shell;

import static dev.ftj.shell.Prompt.CTRL_C;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ftj.sandbox.Sandbox;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ServedSandboxTest {
    private static final Pattern EXPORTS =
            Pattern.compile("export ATAI_API_ENDPOINT=(\\S+)\nexport ATAI_API_KEY=(\\S+)\n");

    @TempDir
    Path home;

    @Test
    void itsExportsPointAnyClientAtJobsThatLiveAsFastAsItWasTold() throws Exception {
        try (Prompt prompt = Prompt.of(Program.in(home))) {
            Matcher exports = serve(prompt, "sandbox --speed 1000");

            assertThat(ask(exports, "POST", "/jobs", """
                            {"name": "n", "id": "mine", "config": {"datasets":
                              [{"name": "d", "split": "train", "file_ids": ["file-1"]}]}}""").body()).contains("\"REGISTERED\"");
            await().untilAsserted(() ->
                    assertThat(ask(exports, "GET", "/jobs/mine", "").body()).contains("\"COMPLETED\""));
            prompt.type(CTRL_C);
            prompt.hear("cancelled");
        }
    }

    @Test
    void aStormIsAStorm() throws Exception {
        try (Prompt prompt = Prompt.of(Program.in(home))) {
            Matcher exports = serve(prompt, "sandbox --weather=stormy -v");

            // a creation is not sent again by the client behind the back of whoever counts
            List<Integer> codes = IntStream.range(0, 40)
                    .mapToObj(i -> code(exports, "POST", "/jobs"))
                    .toList();

            assertThat(codes).contains(422, 429, 500, 502, 503, 504, 0);
            prompt.hear("POST /v0.5/fine-tune/jobs  closed without a response  ");
            prompt.hear("POST /v0.5/fine-tune/jobs  422, cut short  ");
            prompt.type(CTRL_C);
            prompt.hear("cancelled");
        }
    }

    @Test
    void eachRequestIsShownIfAskedForAndNeverActsOnTheTerminal() throws Exception {
        try (Prompt prompt = Prompt.of(Program.in(home))) {
            Matcher exports = serve(prompt, "sandbox -v");

            ask(exports, "GET", "/jobs/" + Sandbox.SAMPLE_JOB_ID + "?x=%1B[2J", "");
            ask(exports, "DELETE", "/jobs/none", "");
            prompt.hear("GET /v0.5/fine-tune/jobs/" + Sandbox.SAMPLE_JOB_ID + "?x=%1B[2J  200  ");
            prompt.hear("DELETE /v0.5/fine-tune/jobs/none  404  ");
            assertThat(prompt.err()).doesNotContain(Sandbox.DEFAULT_API_KEY);
            prompt.type(CTRL_C);
            prompt.hear("cancelled");
        }
    }

    @Test
    void itListsWhatCanBeAskedForAndServesNothing() {
        Program.Result result = Program.in(home).run("sandbox", "--ids");

        assertThat(result.code()).isZero();
        assertThat(result.err()).isEmpty();
        assertThat(result.out().lines())
                .contains(Sandbox.SAMPLE_JOB_ID, "ftj-live-fails", "ftj-error-404", "ftj-error-503-then-well");
        assertThat(Program.in(home)
                        .stdin(result.out())
                        .run("get", "-", "--sandbox", "--timeout=10s", "--field", "id")
                        .out())
                .hasLineCount((int) result.out().lines().count());
    }

    @Test
    void itListensWhereItWasTold() throws Exception {
        int port;
        try (Sandbox before = Sandbox.start()) {
            port = URI.create(before.endpoint()).getPort();
        }
        try (Prompt prompt = Prompt.of(Program.in(home))) {
            Matcher exports = serve(prompt, "sandbox --port " + port);

            assertThat(exports.group(1)).isEqualTo("http://127.0.0.1:" + port + "/v0.5");
            prompt.type(CTRL_C);
            prompt.hear("cancelled");
        }
    }

    @Test
    void aPortThatIsTakenIsALocalFailure() throws Exception {
        try (Sandbox other = Sandbox.start()) {
            int port = URI.create(other.endpoint()).getPort();

            Program.Result result = Program.in(home).run("sandbox", "--port", Integer.toString(port));

            assertThat(result.code()).isEqualTo(1);
            assertThat(result.out()).isEmpty();
            assertThat(result.err())
                    .startsWith("ftj: cannot listen on 127.0.0.1:" + port)
                    .contains("Choose another --port");
        }
    }

    private static Matcher serve(Prompt prompt, String line) throws Exception {
        prompt.enter(line);
        prompt.read("export ATAI_API_KEY=" + Sandbox.DEFAULT_API_KEY + "\n");
        Matcher exports = EXPORTS.matcher(prompt.out());
        assertThat(exports.find()).isTrue();
        return exports;
    }

    private static int code(Matcher exports, String method, String path) {
        try {
            return ask(exports, method, path, "{}").statusCode();
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static HttpResponse<String> ask(Matcher exports, String method, String path, String body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(exports.group(1) + "/fine-tune" + path))
                .header("Authorization", "Bearer " + exports.group(2))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }
}
