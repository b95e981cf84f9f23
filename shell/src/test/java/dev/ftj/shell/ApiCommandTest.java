package dev.ftj.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ftj.shell.Program.Result;
import dev.ftj.testing.QuickServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.FutureTask;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.junit5.StartStop;
import okio.Buffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiCommandTest {
    @StartStop
    public final MockWebServer server = QuickServer.create();

    @TempDir
    Path home;

    private Program ftj() {
        return Program.of(server, home);
    }

    private Program answered(int status, String body) {
        server.enqueue(new MockResponse.Builder()
                .code(status)
                .setHeader("X-Thing", "a b")
                .body(body)
                .build());
        return ftj();
    }

    @Test
    void aPathMayBeginWithTheVersionOfTheEndpointAndNotWithTheOther() throws InterruptedException {
        assertThat(answered(200, "{}")
                        .run("api", "GET", "/v0.5/fine-tune/status")
                        .code())
                .isZero();
        assertThat(server.takeRequest().getTarget()).isEqualTo("/v0.5/fine-tune/status");

        Result other = ftj().run("api", "GET", "/v0.6/fine_tuning/jobs");

        assertThat(other.code()).isEqualTo(2);
        assertThat(other.err()).contains("Ask there with --endpoint v0.6.");
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void aGetIsAuthenticatedAndItsResponseIsPrintedAsItCame() throws InterruptedException {
        Result result = answered(200, "{\"a\": [1.0E+2,\"x\"]}").run("api", "get", "/files?limit=1");

        assertThat(result).isEqualTo(new Result(0, "{\"a\": [1.0E+2,\"x\"]}\n", ""));
        RecordedRequest request = server.takeRequest();
        assertThat(request.getTarget()).isEqualTo("/v0.5/files?limit=1");
        assertThat(request.getHeaders().get("Authorization")).isEqualTo("Bearer " + Program.KEY);
        assertThat(answered(200, "{\"a\": [1,\"x\"]}")
                        .run("api", "GET", "files", "--field", "a[1]", "--field", "a")
                        .out())
                .isEqualTo("x\t[1,\"x\"]\n");
        assertThat(answered(200, "{\"a\": 1}")
                        .run("api", "GET", "files", "--field", "b")
                        .code())
                .isEqualTo(1);
    }

    @Test
    void textThatIsNotJsonIsPrintedAsItCameUnlessToATerminal() {
        String text = "a\tb\r\n\u00e9 \u2028\u001b[1m\n\n";
        assertThat(answered(200, text).run("api", "GET", "files").out()).isEqualTo(text);
        assertThat(answered(200, "no line end")
                        .run("api", "GET", "files", "-o", "jsonl")
                        .out())
                .isEqualTo("no line end");
        assertThat(answered(200, "not\u001b json\n2")
                        .at("o")
                        .run("api", "GET", "files")
                        .out())
                .isEqualTo("not\\u001b json\n2\n");
    }

    @Test
    void bytesThatAreNoTextAreRefusedAndNotPrintedAsOthers() {
        server.enqueue(new MockResponse.Builder()
                .body(new Buffer().write(new byte[] {'a', (byte) 0xE9, 0, 'b'}))
                .build());

        Result result = ftj().run("api", "GET", "/files/download/x");

        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains("the response is not UTF-8 text").contains("curl");
        assertThat(result.code()).isEqualTo(5);
    }

    @Test
    void includePrintsStatusAndHeadersOfAFailureToo() {
        assertThat(answered(200, "{}").run("api", "GET", "x", "-i").out())
                .startsWith("HTTP 200\n")
                .contains("\nx-thing: a b\n")
                .endsWith("\n\n{}\n");
        Result failed = answered(404, Api.NOT_FOUND).run("api", "GET", "x", "-i");
        assertThat(failed.code()).isEqualTo(4);
        assertThat(failed.out()).startsWith("HTTP 404\n");
        assertThat(failed.err()).contains("not found (404): No such job");
    }

    @Test
    void aChangeNeedsYesOffATerminalAndSendsItsBody() throws InterruptedException, IOException {
        assertThat(ftj().run("api", "POST", "/files", "-d", "{}"))
                .isEqualTo(new Result(
                        2,
                        "",
                        "ftj: stdin is not a terminal: confirmation is not possible. Pass --yes to send a POST.\n"));
        assertThat(server.getRequestCount()).isZero();

        Path file = Files.writeString(home.resolve("body.json"), "{\"a\": 1}");
        assertThat(answered(201, "{\"id\": 1}")
                        .run("api", "post", "/files", "-d", "@" + file, "--yes")
                        .out())
                .isEqualTo("{\"id\": 1}\n");
        RecordedRequest posted = server.takeRequest();
        assertThat(posted.getMethod()).isEqualTo("POST");
        assertThat(Objects.requireNonNull(posted.getBody()).utf8()).isEqualTo("{\"a\": 1}");
        assertThat(answered(200, "").stdin("[1]").run("api", "PATCH", "/x", "-d", "-", "--yes"))
                .isEqualTo(new Result(0, "", ""));
        assertThat(Objects.requireNonNull(server.takeRequest().getBody()).utf8())
                .isEqualTo("[1]");
    }

    @Test
    void aBodyThatIsNotUtf8IsRefused() throws IOException {
        Path file = Files.write(
                home.resolve("latin.json"), "{\"name\": \"caf\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1));

        Result result = ftj().run("api", "POST", "/x", "-d", "@" + file, "--yes");

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("latin.json is not UTF-8 (byte 0xE9 at offset 13). Nothing was sent.");
    }

    @Test
    void aMissingFieldIsNoJobs() {
        Result result = answered(200, "{}").run("api", "GET", "/x", "--field", "b", "-o", "json");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).contains("\"job_id\":null", "/x: its b is null or missing");
    }

    @Test
    void aBodyWithoutAFileNameIsNoBody() {
        assertThat(ftj().run("api", "POST", "/x", "-d", "@", "--yes"))
                .isEqualTo(new Result(1, "", "ftj: no such file: \"\". Nothing was sent.\n"));
    }

    /** Opening a FIFO blocks until another process writes to it. */
    @Timeout(60)
    @ParameterizedTest
    @ValueSource(strings = {"api POST /x --yes -d @FIFO", "create --from FIFO", "get x --api-key-file FIFO"})
    void anInterruptEndsTheWaitForAFifo(String line) throws Exception {
        Path fifo = home.resolve("fifo");
        assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor())
                .isZero();
        String[] words = line.replace("FIFO", fifo.toString()).split(" ");
        FutureTask<Result> task = new FutureTask<>(() -> ftj().run(words));
        Thread thread = new Thread(task);
        thread.start();
        await().until(() -> Thread.getAllStackTraces().keySet().stream()
                .anyMatch(other -> other.getName().equals("ftj-read")));
        thread.interrupt();
        assertThat(task.get().code()).isEqualTo(130);
        Files.write(fifo, new byte[0]); // lets the thread that reads end
    }

    @Test
    void aGetIsRetriedAndAPostIsNot() {
        server.enqueue(new MockResponse.Builder()
                .code(503)
                .setHeader("Retry-After", "0")
                .build());
        assertThat(answered(200, "1").run("api", "GET", "/x").out()).isEqualTo("1\n");
        assertThat(server.getRequestCount()).isEqualTo(2);

        assertThat(answered(500, "").run("api", "POST", "/x", "--yes").code()).isEqualTo(5);
        assertThat(server.getRequestCount()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /../v1/users",
                "GET /%2e%2e/x",
                "GET /x%0d%0aX-Header:y",
                "GET //host.example/x",
                "GET https://host.example/x",
                "TRACE /x",
                "GET /x -d {}",
                "POST /x --yes -d nojson"
            })
    void whatCannotBeSentIsAUsageErrorAndNothingIsSent(String line) {
        assertThat(ftj().run(("api " + line).split(" ")).code()).isEqualTo(2);
        assertThat(server.getRequestCount()).isZero();
    }
}
