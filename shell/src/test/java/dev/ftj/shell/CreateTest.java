package dev.ftj.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ftj.testing.QuickServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A new job, sent once, and followed where that is asked for. */
class CreateTest {
    @TempDir
    Path home;

    @StartStop
    private final MockWebServer server = QuickServer.create();

    private Program ftj() {
        return Program.of(server, home);
    }

    private void answers(String status) {
        server.enqueue(new MockResponse.Builder()
                .body(Api.record("new-1", "my-run", status))
                .build());
    }

    @Test
    void itIsFollowedToItsEndWhereThatIsAskedFor() {
        answers("REGISTERED");
        answers("RUNNING");
        answers("FAILED");
        Program.Result result =
                ftj().run("create", "--name", "my-run", "--train", "id:f", "--wait", "-o", "json", "--timeout", "1h");
        assertThat(result.code()).isEqualTo(10);
        assertThat(result.out()).startsWith("{").contains("\"FAILED\"").doesNotContain("REGISTERED");
        assertThat(result.err().lines().map(line -> line.replaceAll("^[\\d:]+  ", "")))
                .startsWith("created new-1", "new-1  RUNNING", "new-1  FAILED")
                .last()
                .asString()
                .startsWith("ftj: new-1: the API gives no reason for FAILED. Look at");
        answers("FAILED");
        assertThat(ftj().run("get", "new-1").out())
                .containsPattern("(?m)^seen +REGISTERED [\\d:]+ > RUNNING [\\d:]+ > FAILED [\\d:]+$");
    }

    @Test
    void whereTheAnswerIsLostItIsNotSentAgainAndTheWayToLookIsTold() {
        server.enqueue(new MockResponse.Builder()
                .onResponseStart(new SocketEffect.CloseSocket())
                .build());
        Program.Result result = ftj().run("create", "--name", "my-run", "--train", "id:f");
        assertThat(result.code()).isEqualTo(6);
        assertThat(result.err())
                .contains("it may have been carried out all the same")
                .contains("ftj list --sort -created --limit 5");
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    private static MockResponse failure(int code) {
        return new MockResponse.Builder()
                .code(code)
                .body("{\"detail\": \"no\"}")
                .build();
    }

    private List<String> requests() throws InterruptedException {
        List<String> requests = new ArrayList<>();
        for (int i = server.getRequestCount(); i > 0; i--) {
            RecordedRequest request = server.takeRequest();
            requests.add(request.getMethod() + " " + request.getTarget());
        }
        return requests;
    }

    @Test
    void anIdThatIsNotKnownHereIsLookedUpOnce() throws InterruptedException {
        String[] create = {"create", "--name", "my-run", "--train", "a b", "--eval", "a b", "--field", "id"};
        server.enqueue(new MockResponse.Builder()
                .body("{\"file_id\": \"a b\", \"file_uid\": \"u\"}")
                .build());
        answers("REGISTERED");
        assertThat(ftj().run(create)).isEqualTo(new Program.Result(0, "new-1\n", ""));
        answers("REGISTERED");
        assertThat(ftj().run(create).code()).isZero();
        assertThat(requests())
                .containsExactly(
                        "GET /v0.5/files/metadata/a%20b", "POST /v0.5/fine-tune/jobs", "POST /v0.5/fine-tune/jobs");
    }

    @Test
    void anIdThatTheServerDoesNotHaveIsNeverSent() throws InterruptedException {
        server.enqueue(failure(404));
        Program.Result result = ftj().run("create", "--name", "my-run", "--train", "none", "-o", "json");
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains("\"kind\":\"usage\"", "there is no file none in this directory");
        assertThat(requests()).containsExactly("GET /v0.5/files/metadata/none");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 405, 501})
    void aLookUpThatFailsOtherwiseDoesNotStopIt(int code) throws InterruptedException {
        server.enqueue(failure(code));
        answers("REGISTERED");
        assertThat(ftj().run("create", "--name", "my-run", "--train", "f", "--field", "id"))
                .isEqualTo(new Program.Result(0, "new-1\n", ""));
        assertThat(requests()).containsExactly("GET /v0.5/files/metadata/f", "POST /v0.5/fine-tune/jobs");
    }

    @Test
    void anOutageIsWaitedForOnceOnly() throws InterruptedException {
        for (int i = 0; i < 4; i++) {
            server.enqueue(failure(503));
        }
        answers("REGISTERED");
        assertThat(ftj().run("create", "--name", "my-run", "--train", "f", "--eval", "g", "--field", "id")
                        .out())
                .isEqualTo("new-1\n");
        assertThat(requests()).hasSize(5).last().isEqualTo("POST /v0.5/fine-tune/jobs");
    }

    @Test
    void aDryRunSaysThatAnIdIsNotChecked() {
        Program.Result result = ftj().run("create", "--name", "n", "--train", "f", "--eval", "id:g", "--dry-run");
        assertThat(result.code()).isZero();
        assertThat(result.err()).isEqualTo("not checked: whether f was uploaded\n");
        assertThat(server.getRequestCount()).isZero();
    }

    @Test
    void aDryRunObeysTheFormat() {
        String[] create = {"create", "--name", "n", "--train", "id:f", "--dry-run", "-o", ""};
        String body =
                "{\"name\": \"n\", \"config\": {\"datasets\": [{\"name\": \"train\", \"split\": \"train\", \"file_ids\": [\"f\"]}]}}";
        create[7] = "text";
        assertThat(ftj().run(create).out()).isEqualTo("POST /v0.5/fine-tune/jobs\n" + body + "\n");
        create[7] = "json";
        assertThat(ftj().run(create)).isEqualTo(new Program.Result(0, body + "\n", ""));
        create[7] = "jsonl";
        assertThat(ftj().run(create).out())
                .startsWith("{\"name\":\"n\",\"config\":{")
                .hasLineCount(1);
        create[7] = "yaml";
        assertThat(ftj().run(create).out()).startsWith("name: \"n\"\nconfig:\n  datasets:\n  - name: \"train\"\n");
        assertThat(server.getRequestCount()).isZero();
    }

    @Test
    void fieldsAreThoseOfTheNewJobOrOfItsFinalRecord() {
        answers("REGISTERED");
        assertThat(ftj().run("create", "--name", "my-run", "--train", "id:f", "--field", "id", "--field", "status"))
                .isEqualTo(new Program.Result(0, "new-1\tREGISTERED\n", ""));
        answers("REGISTERED");
        assertThat(ftj().run("create", "--name", "my-run", "--train", "id:f", "--field", "inference_config_path"))
                .isEqualTo(new Program.Result(1, "\n", "ftj: new-1: its inference_config_path is null or missing.\n"));
        answers("REGISTERED");
        answers("COMPLETED");
        Program.Result waited =
                ftj().run("create", "--name", "my-run", "--train", "id:f", "--wait", "--field", "status");
        assertThat(waited.code()).isZero();
        assertThat(waited.out()).isEqualTo("COMPLETED\n");
        assertThat(ftj().run("create", "--name", "n", "--train", "id:f", "--dry-run", "--field", "id")
                        .code())
                .isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{", "{\"name\": \"n\"}", "{\"name\": \"n\", \"config\": {\"datasets\": []}}"})
    void aFileThatIsNoRequestIsRefusedBeforeAnythingIsSent(String json) throws IOException {
        Path file = Files.writeString(home.resolve("job.json"), json);
        Program.Result result = ftj().run("create", "--from", file.toString());
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).startsWith("ftj: ").hasLineCount(1);
        assertThat(server.getRequestCount()).isZero();
    }

    @Test
    void aFileThatIsNotThereIsALocalFailure() {
        assertThat(ftj().run("create", "--from", home.resolve("nothing").toString())
                        .code())
                .isEqualTo(1);
    }

    @Test
    void whatIsWrongWithARequestIsToldWithTheOptionThatItComesFrom() {
        assertThat(ftj().run("create", "--train", "id:f").err()).contains("name is missing", "Set it with --name ");
        assertThat(ftj().run("create", "--name", "n").err())
                .contains("config.datasets is missing", "Set it with --train FILE_ID")
                .doesNotContain("--eval");
        assertThat(ftj().run("create", "--name", "n", "--train", "id:f", "--model", "")
                        .err())
                .contains("config.model is empty", "Set it with --model MODEL");
        assertThat(server.getRequestCount()).isZero();

        server.enqueue(new MockResponse.Builder()
                .code(422)
                .body(
                        "{\"detail\": [{\"loc\": [\"body\", \"config\", \"model\"], \"msg\": \"unknown\", \"type\": \"value\"}]}")
                .build());
        assertThat(ftj().run("create", "--name", "n", "--train", "id:f", "--model", "m")
                        .err())
                .contains("body.config.model: unknown", "Set it with --model MODEL")
                .doesNotContain("--name");

        server.enqueue(new MockResponse.Builder()
                .code(400)
                .body(
                        "{\"errors\": [{\"message\": \"'config.model' names no model\", \"suggestion\": \"Use m-1 or m-2.\"}]}")
                .build());
        assertThat(ftj().run("create", "--name", "n", "--train", "id:f", "--model", "m")
                        .err())
                .contains("Use m-1 or m-2. Set it with --model MODEL.");
    }

    @Test
    void whoWroteTheFieldsIsToldNoOptions() throws IOException {
        Path file = Files.writeString(home.resolve("job.json"), "{\"config\": {}}");
        assertThat(ftj().run("create", "--from", file.toString()).err())
                .contains("name is missing")
                .doesNotContain("--name");
    }
}
