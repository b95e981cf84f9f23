package dev.ftj.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ftj.shell.Program.Result;
import dev.ftj.testing.QuickServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import mockwebserver3.MockWebServer;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SavedJobsTest {
    @StartStop
    public final MockWebServer server = QuickServer.create();

    @TempDir
    Path home;

    private final Api api = new Api();

    @BeforeEach
    void serve() {
        server.setDispatcher(api);
        api.job("ftj-1").job("ftj-2").job("ftj-3");
    }

    private Program ftj() {
        return Program.of(server, home);
    }

    private Result id(String... words) {
        String[] argv = new String[words.length + 3];
        System.arraycopy(words, 0, argv, 1, words.length);
        argv[0] = "get";
        argv[words.length + 1] = "--field";
        argv[words.length + 2] = "id";
        return ftj().run(argv);
    }

    @Test
    void aNameOutlivesTheProcessAndNeedsNoRequest() {
        Result saved = ftj().without("ATAI_API_KEY").run("save", "ftj-2", "--as", "best", "--note", "lr 2e-4");

        assertThat(saved).isEqualTo(new Result(0, "", "saved ftj-2 as @best\n"));
        assertThat(api.requests()).isEmpty();
        assertThat(id("@best", "ftj-1")).isEqualTo(new Result(0, "ftj-2\nftj-1\n", ""));
        assertThat(ftj().run("saved").out()).isEqualTo("@best  ftj-2  RUNNING  name of ftj-2  lr 2e-4\n");
    }

    @Test
    void aSandboxInsideTheProcessSaysThatItForgets() {
        Program sandbox = Program.of(server, home).without("ATAI_API_ENDPOINT");
        String forgets = "a sandbox inside the process forgets with it. What keeps a job: the prompt"
                + " (`ftj --sandbox`), or a served sandbox (`ftj sandbox`)\n";

        assertThat(sandbox.run("save", "ftj-1", "--as", "best", "--sandbox").err())
                .isEqualTo("saved ftj-1 as @best until this process ends: " + forgets);
        assertThat(sandbox.run("saved", "--sandbox").err()).isEqualTo("nothing is saved here: " + forgets);
        assertThat(sandbox.stdin("save ftj-1 --as best --sandbox\nsaved --sandbox\n")
                        .run()
                        .out())
                .contains("@best  ftj-1");
    }

    @Test
    void aSavedNameWorksWithoutItsSignIfTheServerHasNoSuchId() {
        ftj().run("save", "ftj-2", "--as", "best");
        ftj().run("save", "ftj-3", "--as", "ftj-1");
        String said = "ftj: no job has the id best: using @best (ftj-2)\n";

        assertThat(id("best")).isEqualTo(new Result(0, "ftj-2\n", said));
        assertThat(id("ftj-1", "best")).isEqualTo(new Result(0, "ftj-1\nftj-2\n", said));
        assertThat(id("ftj-1")).isEqualTo(new Result(0, "ftj-1\n", ""));
        api.answer("ftj-2/stop", Api.record("ftj-2", "a", "STOPPING"));
        Result stopped = ftj().run("stop", "best", "--yes", "-o", "jsonl");
        assertThat(stopped.err()).isEqualTo(said);
        assertThat(stopped.out()).contains("STOPPING");
        assertThat(ftj().stdin("best\n").run("get", "-", "--field", "id").err())
                .contains("ftj: best: not found (404)", "It is a saved name: use @best (ftj-2).");
    }

    @Test
    void anUnknownIdThatIsTheNameOfAJobSaysWhichIdToUse() {
        ftj().run("get", "ftj-1");

        assertThat(ftj().run("get", "name of ftj-1").err())
                .isEqualTo("ftj: name of ftj-1: not found (404): No such job (job_not_found, err-1)."
                        + " It is the name of a job: use its id ftj-1.\n");
        assertThat(ftj().run("stop", "name of ftj-1", "--yes").err()).contains("use its id ftj-1.");
        assertThat(ftj().run("metrics", "name of ftj-1").err()).contains("use its id ftj-1.");
    }

    @Test
    void savingUnderAnotherNameSaysWhichOneIsGone() {
        ftj().run("save", "ftj-1", "--as", "one");

        assertThat(ftj().run("save", "ftj-1", "--as", "two").err())
                .isEqualTo("@one was removed: a job has one name\nsaved ftj-1 as @two\n");
        assertThat(ftj().run("save", "ftj-2", "--as", "two").err())
                .isEqualTo("@two pointed to ftj-1 until now\nsaved ftj-2 as @two\n");
        assertThat(ftj().run("save", "ftj-2", "--note", "x").err()).isEqualTo("saved ftj-2\n");
    }

    @Test
    void theLastJobShownByAnyProcessIsLast() {
        id("ftj-1");
        id("ftj-3", "ftj-2");

        assertThat(id("@last")).isEqualTo(new Result(0, "ftj-2\n", ""));
    }

    @Test
    void rowsOfTheLastListCanBeUsed() {
        ftj().run("save", "ftj-3");
        ftj().run("save", "ftj-1", "--as", "a");
        String[] rows = ftj().at("oe").run("saved", "-o", "jsonl").out().lines().toArray(String[]::new);
        ftj().run("save", "ftj-2");
        ftj().run("saved", "-o", "jsonl");

        Result first = id("@1");

        assertThat(rows).hasSize(2);
        assertThat(first.code()).isZero();
        assertThat(rows[0]).contains("\"id\":\"" + first.out().strip() + "\"");
        assertThat(id("@2", "@1").out().lines()).hasSize(2).doesNotHaveDuplicates();
        assertThat(id("@3").code()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"@last", "@1", "@9", "@nobody", "@", "@0", "@a b"})
    void aReferenceThatLeadsNowhereIsExitCodeTwoAndNoRequest(String reference) {
        Result result = id(reference);

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).startsWith("ftj: " + reference + ": ").hasLineCount(1);
        assertThat(api.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"last", "7", "123", "", "-x", ".x", "a b", "a/b", "é", "@@x"})
    void aNameThatCouldMeanSomethingElseIsRefused(String name) {
        Result result = ftj().run("save", "ftj-1", "--as=" + name);

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).startsWith("ftj: not a name for a job: ");
        assertThat(ftj().run("saved").out()).isEmpty();
    }

    @Test
    void aJobMayHaveANewNameAndANameANewJob() {
        ftj().run("save", "ftj-1", "--as", "best");
        Result moved = ftj().run("save", "ftj-2", "--as", "best");

        assertThat(moved.code()).isZero();
        assertThat(moved.err()).contains("ftj-1");
        assertThat(id("@best").out()).isEqualTo("ftj-2\n");
    }

    @Test
    void whatIsForgottenIsGoneAndTheRestStays() {
        ftj().run("save", "ftj-1", "--as", "one");
        ftj().run("save", "ftj-2", "--as", "two");
        ftj().run("save", "ftj-3");

        Result forgotten = ftj().run("forget", "@one", "two", "ftj-9");

        assertThat(forgotten.code()).isEqualTo(1);
        assertThat(forgotten.err().lines())
                .containsExactly(
                        "forgot one", "forgot two", "ftj: ftj-9: it is neither saved nor recent. See `ftj saved`.");
        assertThat(ftj().run("saved").out())
                .contains("ftj-3")
                .doesNotContain("ftj-1")
                .doesNotContain("ftj-2");
    }

    @Test
    void aDashReadsIdsFromStdinHereToo() {
        Result one = ftj().stdin("ftj-1\n").run("save", "-", "--as", "one");
        Result two = ftj().stdin("ftj-1\nftj-2\n").run("save", "-");
        Result none = ftj().stdin("\n").run("save", "-");
        Result forgotten = ftj().stdin("ftj-1\r\n").run("forget", "-");

        assertThat(one).isEqualTo(new Result(0, "", "saved ftj-1 as @one\n"));
        assertThat(two.code()).isEqualTo(2);
        assertThat(none.code()).isEqualTo(2);
        assertThat(forgotten).isEqualTo(new Result(0, "", "forgot ftj-1\n"));
        assertThat(ftj().stdin("").run("forget", "-").code()).isZero();
        assertThat(ftj().run("saved").out()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a\u0007b"})
    void aBadIdIsNotSaved(String id) {
        assertThat(ftj().run("save", id).code()).isEqualTo(2);
    }

    @Test
    void savedIsEmptyDataAndALineOfTalkWhereNothingIsSaved() {
        Result text = ftj().run("saved");
        Result json = ftj().run("saved", "-o", "json");

        assertThat(text.code()).isZero();
        assertThat(text.out()).isEmpty();
        assertThat(text.err()).hasLineCount(1);
        assertThat(json.out()).isEqualTo("[]\n");
    }

    @Test
    void jobsOfAnotherEndpointAreOnesOfTheirOwn() {
        ftj().run("save", "ftj-1", "--as", "best");

        Result elsewhere = ftj().run("get", "@best", "--endpoint", "https://example.com");

        assertThat(elsewhere.code()).isEqualTo(2);
        assertThat(ftj().run("saved", "--sandbox").out()).isEmpty();
    }

    @Test
    void theSandboxLeavesNothingOnDisk() throws IOException {
        Program.in(home).run("get", "--sandbox", "ftj-my-finetune-run-3de60a5c");
        Program.in(home).run("save", "--sandbox", "ftj-my-finetune-run-3de60a5c");

        assertThat(written()).isEmpty();
    }

    @Test
    void nothingIsWrittenWhereNothingIsToBeRemembered() throws IOException {
        Program ftj = ftj().with("FTJ_REMEMBER", "off");
        Result script =
                ftj.stdin("get ftj-1 --field id\nget @last --field id\nsaved\n").run();

        assertThat(script.code()).isZero();
        assertThat(script.out()).isEqualTo("ftj-1\nftj-1\n");
        assertThat(written()).isEmpty();
    }

    @Test
    void aDiskThatCannotBeWrittenIsAWarningAndTheAnswerComesAllTheSame() throws IOException {
        Path file = Files.createFile(home.resolve("file"));
        Program ftj = ftj().with("FTJ_HOME", file.toString());

        Result got = ftj.run("get", "ftj-1", "ftj-2", "--field", "id");
        Result saved = ftj.run("save", "ftj-1");

        assertThat(got.code()).isZero();
        assertThat(got.out()).isEqualTo("ftj-1\nftj-2\n");
        assertThat(got.err()).startsWith("ftj: warning: ").hasLineCount(1);
        assertThat(saved.code()).isEqualTo(1);
        assertThat(saved.err()).startsWith("ftj: ftj-1: it is not saved: ").hasLineCount(1);
    }

    private Stream<Path> written() throws IOException {
        try (Stream<Path> files = Files.walk(home)) {
            return files.filter(Files::isRegularFile).toList().stream();
        }
    }
}
