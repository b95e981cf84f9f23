package dev.ftj.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ftj.NewJob;
import dev.ftj.shell.Program.Result;
import dev.ftj.testing.QuickServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import mockwebserver3.junit5.StartStop;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JobActionTest {
    private static final String RUNNING = Api.record("ftj-1", "my run", "RUNNING");
    private static final String STOPPING = Api.record("ftj-1", "my run", "STOPPING");
    private static final String ENDED = Api.record("ftj-1", "my run", "COMPLETED");

    @StartStop
    public final MockWebServer server = QuickServer.create();

    @TempDir
    Path home;

    private Program ftj(String... answers) {
        for (String answer : answers) {
            server.enqueue(new MockResponse.Builder().body(answer).build());
        }
        return Program.of(server, home);
    }

    private List<String> sent() throws InterruptedException {
        List<String> sent = new ArrayList<>();
        for (RecordedRequest request = next(); request != null; request = next()) {
            sent.add(request.getMethod() + " " + request.getTarget().replace("/v0.5/fine-tune/jobs", ""));
        }
        return sent;
    }

    /** One that came already; the program has ended, and sends no more. */
    private @Nullable RecordedRequest next() throws InterruptedException {
        return server.takeRequest(0, TimeUnit.MILLISECONDS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"stop ftj-1", "cancel ftj-1", "delete ftj-1", "stop @last --yes", "delete x @9 --yes"})
    void withoutATerminalNothingIsSentUnlessItIsConfirmedAndNamed(String line) throws InterruptedException {
        Result result = ftj().run(line.split(" "));

        assertThat(result.code()).isEqualTo(2);
        assertThat(sent()).isEmpty();
    }

    @Test
    void whatIsConfirmedIsSentAndShown() throws InterruptedException {
        Result result = ftj(STOPPING).run("stop", "ftj-1", "--yes", "-o", "json");

        assertThat(result).isEqualTo(new Result(0, STOPPING + "\n", ""));
        assertThat(sent()).containsExactly("PUT /ftj-1/stop");
        assertThat(ftj(STOPPING).run("cancel", "ftj-1", "--yes"))
                .isEqualTo(new Result(0, "", "ftj-1  STOPPING  my run\n"));
        assertThat(sent()).containsExactly("PUT /ftj-1/cancel");
    }

    @Test
    void atATerminalTheJobIsShownAndItsOwnerAsked() throws InterruptedException {
        Result yes = ftj(RUNNING, STOPPING).at("ie").stdin("y\n").run("stop", "ftj-1");

        assertThat(yes.code()).isZero();
        assertThat(yes.err()).contains("ftj-1  RUNNING  my run", "[y/N]");
        assertThat(sent()).containsExactly("GET /ftj-1", "PUT /ftj-1/stop");
        for (String no : List.of("n\n", "\n", "")) {
            assertThat(ftj(RUNNING).at("ie").stdin(no).run("stop", "ftj-1").code())
                    .isEqualTo(1);
            assertThat(sent()).containsExactly("GET /ftj-1");
        }
    }

    @Test
    void deletingAsksForTheId() throws InterruptedException {
        assertThat(ftj(ENDED).at("ie").stdin("y\n").run("delete", "ftj-1").code())
                .isEqualTo(1);
        assertThat(sent()).containsExactly("GET /ftj-1");
        assertThat(ftj(ENDED, "")
                        .at("ie")
                        .stdin("ftj-1\n")
                        .run("delete", "ftj-1")
                        .code())
                .isZero();
        assertThat(sent()).containsExactly("GET /ftj-1", "DELETE /ftj-1");
    }

    @Test
    void theIdThatIsShownWillDoWhereTheJobWasNamedByItsUuid() throws InterruptedException {
        assertThat(ftj(ENDED, "").at("ie").stdin("ftj-1\n").run("delete", "u-1").code())
                .isZero();
        assertThat(sent()).containsExactly("GET /u-1", "DELETE /u-1");
    }

    @Test
    void aJobThatHasNotEndedIsDeletedByForceAlone() throws InterruptedException {
        Result refused = ftj(RUNNING).run("delete", "ftj-1", "--yes");

        assertThat(refused.code()).isEqualTo(7);
        assertThat(refused.err()).contains("RUNNING", "--force");
        assertThat(sent()).containsExactly("GET /ftj-1");
        assertThat(ftj(RUNNING, "\"gone\"")
                        .run("delete", "ftj-1", "--yes", "--force")
                        .code())
                .isZero();
        assertThat(sent()).containsExactly("GET /ftj-1", "DELETE /ftj-1");
    }

    @Test
    void aDryRunPrintsAndSendsNothing() throws InterruptedException {
        assertThat(ftj().without("ATAI_API_KEY").run("stop", "a b", "--dry-run"))
                .isEqualTo(new Result(0, "PUT /v0.5/fine-tune/jobs/a%20b/stop\n", ""));
        assertThat(sent()).isEmpty();
    }

    @Test
    void aConflictTellsWhatTheJobIsNowAndTheOthersGoOn() {
        server.enqueue(new MockResponse.Builder()
                .code(409)
                .body("{\"detail\": \"no\"}")
                .build());
        Result result = ftj(ENDED, STOPPING).run("stop", "ftj-1", "ftj-1", "--yes");

        assertThat(result.code()).isEqualTo(7);
        assertThat(result.err()).contains("It is COMPLETED now", "ftj-1  STOPPING");
    }

    @Test
    void anUncertainWriteSaysHowToLook() throws InterruptedException {
        server.enqueue(new MockResponse.Builder()
                .onResponseStart(new SocketEffect.CloseSocket())
                .build());
        Result result = ftj().run("stop", "ftj-1", "--yes");

        assertThat(result.code()).isEqualTo(6);
        assertThat(result.err()).contains("may have been carried out", "ftj get ftj-1 --field status");
        assertThat(sent()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "stop silent",
                "cancel silent",
                "cancel ftj-1 silent",
                "delete silent",
                "delete silent --yes",
                "create --like silent",
                "create --like silent --dry-run"
            })
    void whatIsInterruptedBeforeTheWriteSaysThatNothingWasSent(String line) throws Exception {
        Api api = new Api().silent("silent").job("ftj-1");
        server.setDispatcher(api);
        try (Prompt prompt = Prompt.of(ftj())) {
            prompt.enter(line);
            if (line.contains("ftj-1")) {
                prompt.see("[y/N]");
                prompt.enter("n");
            }
            await().until(() -> api.asked().contains("silent"));
            prompt.type(Prompt.CTRL_C);
            prompt.hear("ftj: silent: interrupted. Nothing was sent.");
            assertThat(prompt.err()).doesNotContain("cancelled");
        }
        assertThat(api.requests()).extracting(RecordedRequest::getMethod).containsOnly("GET");
    }

    @ParameterizedTest
    @CsvSource({
        "stop ftj-1 --yes,                       get ftj-1 --field status",
        "cancel ftj-1 --yes,                     get ftj-1 --field status",
        "delete ftj-1 --yes --force,             get ftj-1 --field status",
        "create --name n --train id:f,             list --sort -created",
        "create --like ftj-1 --name n,           list --sort -created",
        "create --name n --train id:f --id my-id,   get my-id"
    })
    void whatIsInterruptedAfterTheWriteSaysThatItMayHaveBeenDone(String line, String look) throws Exception {
        List<RecordedRequest> writes = Collections.synchronizedList(new ArrayList<>());
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                if (request.getMethod().equals("GET")) {
                    return new MockResponse.Builder().body(RUNNING).build();
                }
                writes.add(request);
                return new MockResponse.Builder()
                        .onResponseStart(SocketEffect.Stall.INSTANCE)
                        .build();
            }
        });
        try (Prompt prompt = Prompt.of(ftj())) {
            prompt.enter(line);
            await().until(() -> !writes.isEmpty());
            prompt.type(Prompt.CTRL_C);
            prompt.hear("may have been carried out");
            prompt.hear(look);
            assertThat(prompt.err()).doesNotContain("Nothing was sent");
        }
        assertThat(writes).hasSize(1);
    }

    @Test
    void ctrlCInAQuestionIsNo() throws Exception {
        try (Prompt prompt = Prompt.of(ftj(RUNNING))) {
            prompt.enter("stop ftj-1");
            prompt.see("[y/N]");
            prompt.clearLine();
            prompt.hear("left as it is");
        }
        assertThat(sent()).containsExactly("GET /ftj-1");
    }

    @Test
    void aJobIsCreatedFromOptionsAndIsTheLast() throws InterruptedException {
        Result result = ftj(RUNNING)
                .run("create", "--name", "n", "--train", "id:f1", "--train", "id:f2", "--eval", "id:e", "-o", "json");

        assertThat(result).isEqualTo(new Result(0, RUNNING + "\n", ""));
        assertThat(server.takeRequest().getBody().utf8())
                .isEqualTo(NewJob.builder()
                        .name("n")
                        .train("f1", "f2")
                        .eval("e")
                        .build()
                        .json());
        assertThat(ftj(RUNNING).run("get", "@last", "--field", "id").out()).isEqualTo("ftj-1\n");
    }

    @Test
    void optionsOverrideWhatAJobIsCreatedFrom() throws InterruptedException {
        Result result = ftj().stdin("{\"name\": \"old\", \"config\": {\"x\": 1e400, \"datasets\":"
                        + " [{\"name\": \"d\", \"split\": \"train\", \"file_ids\": [\"f\"]}]}}")
                .run("create", "--from", "-", "--name", "new", "--dry-run");

        assertThat(result.code()).isZero();
        assertThat(result.out())
                .startsWith("POST /v0.5/fine-tune/jobs\n")
                .contains("\"new\"", "1e400")
                .doesNotContain("old");
        assertThat(ftj(RUNNING).run("create", "--like", "ftj-1", "--dry-run").err())
                .contains("name is missing");
        assertThat(sent()).containsExactly("GET /ftj-1");
    }

    @Test
    void theNodesStatusIsAWordOrTheServersText() {
        assertThat(ftj("{\"status\": \"BUSY\"}").run("node")).isEqualTo(new Result(0, "BUSY\n", ""));
        assertThat(ftj("\"READY\"").run("node", "-o", "json").out()).isEqualTo("\"READY\"\n");
    }
}
