package dev.ftj.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.ftj.shell.Program.Result;
import dev.ftj.testing.QuickServer;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import mockwebserver3.MockWebServer;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines on stdin, where no command stands in argv and nobody sits at a terminal. */
class ScriptTest {
    @StartStop
    public final MockWebServer server = QuickServer.create();

    @TempDir
    Path home;

    private final Api api = new Api();

    @BeforeEach
    void serve() {
        server.setDispatcher(api);
        api.job("ftj-1").job("ftj-2").answer("a%20b", "{\"id\": \"a b\"}");
    }

    private Result script(String lines, String... argv) {
        return Program.of(server, home).stdin(lines).run(argv);
    }

    @Test
    void linesRunInOrderAndCommentsAndBlankLinesDoNot() {
        Result result = script(
                "\uFEFF#!/usr/bin/env ftj\r\n\r\n  # it isn't read\nget ftj-1 --field id\r\n\t\nget 'a b' --field id");

        assertThat(result).isEqualTo(new Result(0, "ftj-1\na b\n", ""));
    }

    @Test
    void aLineOfAnotherShellMayBeginWithTheProgramsName() {
        Result result = script("ftj get ftj-1 --field id\n  ftj  version\n");

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out()).startsWith("ftj-1\nftj ");
    }

    @Test
    void aTildeIsTheHomeDirectory() throws IOException {
        Files.writeString(home.resolve("train.jsonl"), "{\"a\": 1}\n");
        Result result = Program.in(home)
                .with("HOME", home.toString())
                .stdin("check ~/train.jsonl\ncheck '~/train.jsonl'\n")
                .run();

        assertThat(result.out()).startsWith(home + "/train.jsonl");
        assertThat(result.err()).startsWith("ftj: ~/train.jsonl does not exist.");
    }

    @Test
    void aCommentMayFollowACommand() {
        Result result = script("get ftj-1 --field id # it isn't over\nget 'a b' --field id\t# | > ;\n");

        assertThat(result).isEqualTo(new Result(0, "ftj-1\na b\n", ""));
    }

    @Test
    void anOpenQuoteGoesOnInTheNextLine() {
        Result result = script("save ftj-1 --note 'one\ntwo'\nsaved -o jsonl\nget \\\nftj-2 --field id\n");

        assertThat(result.code()).isZero();
        assertThat(result.out()).contains("\"note\":\"one\\ntwo\"").endsWith("ftj-2\n");
    }

    @Test
    void theFirstFailureEndsItWithItsCode() {
        Result result = script("get ftj-1 --field id\n\nget none\nget ftj-2 --field id\n");

        assertThat(result.code()).isEqualTo(4);
        assertThat(result.out()).isEqualTo("ftj-1\n");
        assertThat(result.err()).startsWith("ftj: none: ").endsWith("ftj: stopped at line 3\n");
        assertThat(api.asked()).containsExactly("ftj-1", "none");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n", "# nothing\n", "\uFEFF\r\n"})
    void noLineAtAllIsExitCodeTwoWithTheUsage(String lines) {
        assertThat(script(lines)).isEqualTo(new Result(2, "", "Usage: ftj [OPTION...] COMMAND [ARGUMENT...]\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"exit", "quit"})
    void exitEndsItWithoutLookingAtWhatFollows(String exit) {
        assertThat(script("get ftj-1 --field id\n" + exit + "\nget none\n")).isEqualTo(new Result(0, "ftj-1\n", ""));
    }

    @Test
    @Timeout(30)
    void exitDoesNotWaitForAnotherLine() throws Exception {
        try (PipedOutputStream lines = new PipedOutputStream();
                PipedInputStream stdin = new PipedInputStream(lines)) {
            lines.write("exit\n".getBytes(StandardCharsets.UTF_8));
            lines.flush();

            assertThat(Program.of(server, home).run(stdin).code()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"get ftj-1 | head", "get ftj-1; get ftj-2", "get ftj-1 > file", "get 'ftj-1", "get ftj-1 \\"})
    void whatIsNoLineOfOursIsExitCodeTwo(String line) {
        Result result = script(line);

        assertThat(result.code()).isEqualTo(2);
        assertThat(api.requests()).isEmpty();
    }

    @Test
    void optionsOfTheCallApplyToEveryLineThatTakesThem() {
        Result result =
                script("save ftj-2 --as two\nget @two --field id\nget ftj-1 --field id -o text\n", "-o", "json");

        assertThat(result.code()).isZero();
        assertThat(result.out()).isEqualTo("\"ftj-2\"\nftj-1\n");
    }

    @Test
    void aLineThatCannotBeReadIsToldInTheFormatOfTheCall() {
        Result result = script("gte ftj-1\n", "-o", "json");

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).startsWith("{\"error\":{\"kind\":\"usage\",");
    }

    @Test
    void theSandboxOfTheCallIsThereForEveryLine() {
        Result result = Program.in(home)
                .stdin("get ftj-my-finetune-run-3de60a5c --field status\nget @last --field status\n")
                .run("--sandbox");

        assertThat(result).isEqualTo(new Result(0, "COMPLETED\nCOMPLETED\n", ""));
    }

    @Test
    void idsCannotComeFromTheStdinThatHoldsTheScript() {
        Result result = script("get -\nftj-1\n");

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("stdin cannot give ids: it is read for the lines of a script");
    }

    @Test
    void aLineOfOptionsAloneIsNoCommand() {
        assertThat(script("--sandbox\n").code()).isEqualTo(2);
    }

    @Test
    void veryManyLinesAreNotTooMany() {
        assertThatNoException().isThrownBy(() -> script("# x\n".repeat(100_000)));
    }
}
