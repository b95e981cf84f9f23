package dev.ftj.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ftj.sandbox.Sandbox;
import dev.ftj.testing.QuickServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** From a file on disk to a job: {@code upload}, {@code files}, {@code create} with local files. */
class UploadTest {
    private static final String LINES = "{\"input\": 1, \"output\": 2}\n{\"input\": 3, \"output\": 4}\n";

    @TempDir
    Path home;

    private Sandbox sandbox;
    private Path train;

    @BeforeEach
    void start() throws IOException {
        sandbox = Sandbox.builder().speed(1000).start();
        train = write("train.jsonl", LINES);
    }

    @AfterEach
    void stop() {
        sandbox.close();
    }

    private int files() {
        return json(ftj().run("files", "-o", "json")).size();
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(home.resolve(name), text);
    }

    private Program ftj() {
        return Program.in(home).with("ATAI_API_ENDPOINT", sandbox.endpoint()).with("ATAI_API_KEY", sandbox.apiKey());
    }

    private static JsonNode json(Program.Result result) {
        return new JsonMapper().readTree(result.out());
    }

    @Test
    void stdoutHasNothingButTheFileIds() throws IOException {
        Path other = write("b.csv", "a,b\n1,2\n");
        Program.Result result = ftj().run("upload", train.toString(), other.toString());
        assertThat(result.code()).isZero();
        assertThat(result.out()).isEqualTo("train.jsonl\nb.csv\n");
        assertThat(result.err().lines()).hasSize(2).first().asString().startsWith(train + ": uploaded 52 B in ");
    }

    @Test
    void atATerminalTheNextStepIsSaid() {
        assertThat(ftj().at("oe")
                        .with("NO_COLOR", "1")
                        .run("upload", train.toString())
                        .err())
                .contains("ftj create --name NAME --train id:train.jsonl trains on it");
    }

    @Test
    void inJsonOneFileIsAnObjectAndSeveralAreAnArray() throws IOException {
        assertThat(json(ftj().run("upload", train.toString(), "-o", "json"))
                        .get("file_name")
                        .stringValue())
                .isEqualTo("train.jsonl");
        String other = write("other.jsonl", LINES).toString();
        assertThat(json(ftj().run("upload", write("b.jsonl", LINES).toString(), other, "-o", "json")))
                .hasSize(2);
    }

    @Test
    void nameAndTypeCanBeSet() {
        assertThat(ftj().run("upload", train.toString(), "--name", "x.txt", "--type", "text/plain")
                        .out())
                .isEqualTo("x.txt\n");
        assertThat(json(ftj().run("files", "x.txt", "-o", "json"))
                        .get("file_type")
                        .stringValue())
                .isEqualTo("text/plain");
        assertThat(ftj().run("upload", "--name", "x", train.toString(), train.toString())
                        .code())
                .isEqualTo(2);
    }

    @Test
    void waitEndsWhenTheFileIsIngestedAndACorruptOneIsExitCode10() throws IOException {
        Program.Result good = ftj().run("upload", train.toString(), "--wait", "-o", "json");
        assertThat(good.code()).isZero();
        assertThat(json(good).get("file_status").stringValue()).isEqualTo("FILE_STATUS_INGESTED");
        Program.Result bad = ftj().run("upload", write("corrupt.jsonl", LINES).toString(), "--wait");
        assertThat(bad.code()).isEqualTo(10);
        assertThat(bad.out()).isEqualTo("corrupt.jsonl\n");
        assertThat(bad.err()).contains("ftj: file corrupt.jsonl: the server found the file corrupt.");
    }

    @Test
    void filesThatWouldHaveOneIdAreRefusedBeforeAnythingIsSent() throws IOException {
        int before = files();
        Files.createDirectory(home.resolve("b"));
        String other = write("b/train.jsonl", LINES.replace("1", "7")).toString();
        Program.Result uploaded = ftj().run("upload", train.toString(), other);
        assertThat(uploaded.code()).isEqualTo(2);
        assertThat(uploaded.err()).contains(train + " and " + other + " would have one file id: train.jsonl.");
        Program.Result created = ftj().run("create", "--name", "n", "--train", train.toString(), "--eval", other);
        assertThat(created.code()).isEqualTo(2);
        assertThat(created.err()).contains(" would have one file id: train.jsonl.");
        assertThat(files()).isEqualTo(before);
    }

    @Test
    void aRequestOnStdinIsReadOnceForLocalFiles() {
        Program.Result created = ftj().stdin("{\"name\": \"from stdin\"}")
                .run("create", "--from", "-", "--train", train.toString(), "-o", "json");
        assertThat(created.err()).contains("uploaded");
        assertThat(created.code()).as(created.err()).isZero();
        assertThat(json(created).get("name").stringValue()).isEqualTo("from stdin");
    }

    @Test
    void aWaitThatIsEndedStillPrintsTheIdOfTheFile() {
        try (Sandbox slow = Sandbox.builder().speed(0.001).start()) {
            Program.Result late = Program.in(home)
                    .with("ATAI_API_ENDPOINT", slow.endpoint())
                    .with("ATAI_API_KEY", slow.apiKey())
                    .run("upload", train.toString(), "--wait", "--timeout", "1s");
            assertThat(late.code()).isEqualTo(124);
            assertThat(late.out()).isEqualTo("train.jsonl\n");
        }
    }

    private static MockResponse answer(String body) {
        return new MockResponse.Builder().body(body).build();
    }

    /** Serves an upload: the answer to the completion, and what is said of the file afterwards. */
    private static MockWebServer uploads(String completed, String metadata) throws IOException {
        return uploads(new MockResponse.Builder().addHeader("ETag", "t").build(), completed, metadata);
    }

    private static MockWebServer uploads(MockResponse stored, String completed, String metadata) throws IOException {
        MockWebServer server = QuickServer.create();
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                String path = request.getUrl().encodedPath();
                if (path.endsWith("/initiate")) {
                    return answer("{\"upload_id\": \"upl-1\", \"parts\": [{\"part_number\": 1, \"offset\": 0,"
                            + " \"length\": " + LINES.length() + ", \"url\": \"http://127.0.0.1:" + server.getPort()
                            + "/storage\"}]}");
                }
                if (path.equals("/storage")) {
                    return stored;
                }
                return answer(path.contains("/metadata/") ? metadata : completed);
            }
        });
        server.start();
        return server;
    }

    @Test
    void aWaitThroughFailuresReportsTheFirstAndEndsWithTheLast() throws IOException {
        try (MockWebServer server = uploads("{\"file_name\": \"train.jsonl\"}", "<html>")) {
            Program.Result late = Program.of(server, home).run("upload", train.toString(), "--wait", "--timeout", "3s");
            assertThat(late.code()).isEqualTo(124);
            assertThat(late.err().lines().skip(1))
                    .containsExactly(
                            "ftj: file train.jsonl: the answer is not the record of a file: <html>; waiting goes on",
                            "ftj: file train.jsonl: not ingested in time; the last poll failed: the answer is not the"
                                    + " record of a file: <html>. Wait longer, or check again later.");
        }
    }

    @Test
    void theRecordOfAnotherFileIsExitCode5() throws IOException {
        String other = "{\"file_id\": \"zzz\"}";
        try (MockWebServer server = uploads(other, other)) {
            Program.Result file = Program.of(server, home).run("files", "aaa");
            assertThat(file.code()).isEqualTo(5);
            assertThat(file.out()).isEmpty();
            Program.Result uploaded =
                    Program.of(server, home).run("upload", train.toString(), "--name", "u1", "--wait");
            assertThat(uploaded.code()).isEqualTo(5);
            assertThat(uploaded.out()).isEmpty();
            assertThat(uploaded.err()).contains("file u1: the answer is the record of another file, zzz; ");
        }
    }

    /** In a process of its own: SIGTERM, which ends it with 143. */
    @Test
    void aTerminatedUploadIsAbortedAndReported() throws Exception {
        MockResponse silence = new MockResponse.Builder()
                .onResponseStart(SocketEffect.Stall.INSTANCE)
                .build();
        try (MockWebServer server = uploads(silence, "{}", "{}")) {
            ProcessBuilder builder = new ProcessBuilder(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    Ftj.class.getName(),
                    "upload",
                    train.toString());
            builder.environment().putAll(Program.of(server, home).environment());
            Path err = home.resolve("err");
            builder.redirectError(err.toFile());
            Process process = builder.start();
            try {
                while (!server.takeRequest().getTarget().equals("/storage")) {}
                process.destroy();
                assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            } finally {
                process.destroyForcibly();
            }
            assertThat(process.exitValue()).isEqualTo(143);
            assertThat(Files.readString(err))
                    .startsWith("ftj: file train.jsonl: cancelled. To keep what was sent, start with --resume:");
            assertThat(server.takeRequest(0, TimeUnit.SECONDS))
                    .isNotNull()
                    .extracting(RecordedRequest::getTarget)
                    .isEqualTo("/v0.5/files/uploads/upl-1/abort");
        }
    }

    @Test
    void aTakenNameIsExitCode7WithTwoWaysOut() {
        assertThat(ftj().run("upload", train.toString()).code()).isZero();
        Program.Result again = ftj().run("upload", train.toString());
        assertThat(again.code()).isEqualTo(7);
        assertThat(again.err())
                .contains("Give it another --name, or use the file that is there: its id is train.jsonl.");
        Program.Result created = ftj().run("create", "--name", "n", "--train", train.toString());
        assertThat(created.code()).isEqualTo(7);
        assertThat(created.err())
                .contains("Give it another name with `ftj upload " + train + " --name NAME`, or use the file that is"
                        + " there: write id:train.jsonl.");
    }

    @ParameterizedTest
    @CsvSource({
        "ftj-error-full.jsonl, 2, capacity_reached",
        "ftj-error-401.jsonl, 3, Invalid API key",
        "ftj-error-404.jsonl, 4, takes no JSON Lines in one request",
        "ftj-error-422.jsonl, 2, string_too_long",
        "'a\\b.jsonl', 2, must be a plain file name"
    })
    void whatTheServerRefusesHasItsExitCode(String name, int code, String message) {
        Program.Result result = ftj().run("upload", train.toString(), "--name", name);
        assertThat(result.code()).isEqualTo(code);
        assertThat(result.err()).contains(message);
        assertThat(result.out()).isEmpty();
    }

    @Test
    void aServerWithoutDirectUploadsGetsCsvInOneRequest() throws IOException {
        Path csv = write("ftj-error-405.csv", "a,b\n1,2\n");
        Program.Result result = ftj().run("upload", csv.toString(), "-v");
        assertThat(result.out()).isEqualTo("ftj-error-405.csv\n");
        assertThat(result.err()).contains("POST /v0.5/files  200");
    }

    @Test
    void whatIsNoFileIsExitCode1AndTheOthersGoOn() throws IOException {
        Path empty = write("empty.jsonl", "");
        Program.Result result =
                ftj().run("upload", home.toString(), empty.toString(), home + "/none", train.toString());
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.out()).isEqualTo("train.jsonl\n");
        assertThat(result.err())
                .contains(home + " is a directory.", empty + " is empty.", home + "/none does not exist.");
    }

    @Test
    void filesAreListedAsATableRecordsAndCsv() {
        assertThat(ftj().run("files").out().lines())
                .first()
                .isEqualTo("file-abc123           application/x-ndjson  18432771  INGESTED  true");
        assertThat(ftj().run("files", "-o", "jsonl").out().lines()).hasSize(files());
        assertThat(ftj().run("files", "-o", "csv").out().lines())
                .startsWith(
                        "file_id,type,bytes,status,ingested",
                        "file-abc123,application/x-ndjson,18432771,INGESTED,true");
    }

    @Test
    void atATerminalTheTableHasHeadsAndReadableSizes() {
        assertThat(ftj().at("o").with("NO_COLOR", "1").run("files").out().lines())
                .startsWith(
                        "FILE_ID               TYPE                    BYTES  STATUS    INGESTED",
                        "file-abc123           application/x-ndjson  18.4 MB  INGESTED  true");
    }

    @Test
    void oneFileIsShownWholeAndAMissingOneIsExitCode4() {
        assertThat(ftj().run("files", "kiln-2026.jsonl").out()).contains("num_bytes        904113");
        Program.Result missing = ftj().run("files", "none");
        assertThat(missing.code()).isEqualTo(4);
        assertThat(missing.err()).startsWith("ftj: file none: not found (404)");
        assertThat(ftj().run("files", "none", "-o", "json").err())
                .startsWith("{\"error\":{\"kind\":\"not_found\",\"file_id\":\"none\",\"http_status\":404,");
    }

    @Test
    void localFilesAreCheckedUploadedAndReplacedByTheirIds() throws IOException {
        int before = files();
        Path eval = write("eval.jsonl", "{\"input\": 5, \"output\": 6}\n");
        Program.Result result = ftj().run(
                        "create",
                        "--name",
                        "n",
                        "--train",
                        train.toString(),
                        "--train",
                        "file-abc123",
                        "--eval",
                        eval.toString(),
                        "-o",
                        "json");
        assertThat(result.err()).contains("train.jsonl: structure good", "train.jsonl: uploaded 52 B");
        assertThat(result.code()).isZero();
        assertThat(json(result).at("/config/datasets"))
                .hasToString("[{\"name\":\"train\",\"split\":\"train\",\"file_ids\":[\"train.jsonl\",\"file-abc123\"]},"
                        + "{\"name\":\"eval\",\"split\":\"eval\",\"file_ids\":[\"eval.jsonl\"]}]");
        assertThat(files()).isEqualTo(before + 2);
    }

    @Test
    void aDatasetThatIsNotGoodStopsItBeforeAnythingIsSent() throws IOException {
        int before = files();
        Path bad = write("bad.jsonl", "x\n");
        String[] line = {"create", "--name", "n", "--train", bad.toString()};
        Program.Result result = ftj().run(line);
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err())
                .contains(bad + ":1:1: not JSON", "ftj: a dataset failed the check. Nothing was sent.", "--no-check");
        assertThat(files()).isEqualTo(before);
        assertThat(ftj().run("create", "--name", "n", "--no-check", "--train", bad.toString())
                        .code())
                .isZero();
    }

    @Test
    void linesInBothSplitsAreFound() {
        Program.Result result =
                ftj().run("create", "--name", "n", "--train", train.toString(), "--eval", train.toString());
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).contains("also in the training data");
    }

    @Test
    void aPathThatDoesNotExistIsNeverSentAsAnId() {
        Program.Result result = ftj().run("create", "--name", "n", "--train", home + "/none.jsonl");
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("no such file: " + home + "/none.jsonl", "Nothing was sent");
        assertThat(ftj().run("create", "--name", "n", "--train", "id:a/b").code())
                .isZero();
    }

    @Test
    void anIdThatTheServerDoesNotKnowCreatesNothing() {
        String jobs = ftj().run("list", "-q").out();
        Program.Result result = ftj().run("create", "--name", "n", "--train", "file-abc123", "--eval", "none.jsonl");
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err())
                .isEqualTo("ftj: there is no file none.jsonl in this directory, and none was uploaded. Nothing was"
                        + " created. Upload it with `ftj upload FILE`, or write id:none.jsonl to send it all the"
                        + " same.\n");
        assertThat(ftj().run("list", "-q").out()).isEqualTo(jobs);
        assertThat(ftj().run("create", "--name", "n", "--train", "file-abc123", "--eval", "id:none.jsonl")
                        .code())
                .isZero();
    }

    @Test
    void dryRunSaysWhatWouldBeUploadedAndSendsNothing() {
        int before = files();
        Program.Result result =
                ftj().run("create", "--name", "n", "--train", train.toString(), "--dry-run", "-o", "json");
        assertThat(result.code()).isZero();
        assertThat(result.err()).contains("would upload " + train + " (52 B) as train.jsonl");
        assertThat(json(result).at("/config/datasets/0/file_ids/0").stringValue())
                .isEqualTo("train.jsonl");
        assertThat(files()).isEqualTo(before);
    }

    @Test
    void aWrongRequestIsFoundBeforeTheUpload() {
        int before = files();
        assertThat(ftj().run("create", "--train", train.toString()).code()).isEqualTo(2);
        assertThat(files()).isEqualTo(before);
    }

    @Test
    void uploadedAndListedFilesAreKept() throws IOException {
        ftj().run("upload", train.toString());
        ftj().run("files");
        try (var files = Files.list(home.resolve("data"))) {
            Path ids = files.filter(path -> path.toString().endsWith(".files"))
                    .findFirst()
                    .orElseThrow();
            assertThat(Files.readAllLines(ids)).contains("train.jsonl", "file-abc123", "kiln-2026.jsonl");
        }
    }

    @Test
    void anIdThatIsAlsoAFileHereIsRefusedWithHowToSayWhich() throws IOException {
        Path here = Path.of("train-of-upload-test.jsonl");
        Files.writeString(here, LINES);
        try {
            assertThat(ftj().run("create", "--name", "n", "--train", here.toString())
                            .code())
                    .isZero();
            Program.Result result = ftj().run("create", "--name", "n", "--train", here.toString());
            assertThat(result.code()).isEqualTo(2);
            assertThat(result.err()).contains("./" + here, "id:" + here);
            assertThat(ftj().run("create", "--name", "n", "--train", "id:" + here)
                            .code())
                    .isZero();
            assertThat(ftj().run("create", "--name", "n", "--train", "./" + here)
                            .err())
                    .contains("or use the file that is there: write id:" + here);
        } finally {
            Files.delete(here);
        }
    }
}
