package dev.ftj.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code check}, which needs neither a key nor a network. */
class CheckTest {
    @TempDir
    Path home;

    private String train;
    private String eval;

    @BeforeEach
    void write() throws IOException {
        train = file("train.jsonl", "{\"input\": 1, \"output\": 2}\n{\"input\": 3, \"output\": 4}\n");
        eval = file("eval.jsonl", "{\"input\": 3, \"output\": 4}\n{\"input\": 5}\n\n");
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(home.resolve(name), text).toString();
    }

    private Program.Result run(String... argv) {
        return Program.in(home).run(argv);
    }

    @Test
    void aGoodFileHasASummary() {
        Program.Result result = run("check", train);
        assertThat(result.code()).isZero();
        assertThat(result.out()).isEqualTo(train + ": structure good; 2 lines, 52 B, keys input, output\n");
        assertThat(result.err()).isEmpty();
    }

    @Test
    void findingsHaveTheirPlaces() {
        Program.Result result = run("check", "--eval", eval, "--train", train);
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.out().lines())
                .containsExactly(
                        train + ": structure good; 2 lines, 52 B, keys input, output",
                        eval + ":1:1: also in the training data: " + train + ":2",
                        eval + ":2:1: no key \"output\", which 1 of 2 lines has",
                        eval + ":3:1: empty line",
                        eval + ": empty lines: 1, keys that only some lines have: 1, evaluation lines that are in the"
                                + " training data: 1; 3 lines, 40 B, keys input, output");
    }

    @Test
    void ofManyFindingsTwentyAreShownAndAllCounted() throws IOException {
        String file = file("a.jsonl", "{\"a\": 1}\n" + "x\n".repeat(25));
        Program.Result result = run("check", file);
        assertThat(result.out().lines().filter(line -> line.contains("not a JSON value")))
                .hasSize(20);
        assertThat(result.out()).contains("lines that are not JSON: 25 (20 shown)");
    }

    @Test
    void jsonIsOneObjectForAnyNumberOfFiles() {
        JsonNode good =
                new JsonMapper().readTree(run("check", train, "-o", "json").out());
        assertThat(good.get("good").booleanValue()).isTrue();
        assertThat(good.at("/files/0/keys/input").intValue()).isEqualTo(2);
        Program.Result result = run("check", "--train", train, "--eval", eval, "-o", "json");
        assertThat(result.code()).isEqualTo(1);
        JsonNode bad = new JsonMapper().readTree(result.out());
        assertThat(bad.get("good").booleanValue()).isFalse();
        assertThat(bad.at("/files/1/problems/overlap").intValue()).isEqualTo(1);
        assertThat(bad.at("/files/1/findings/0/problem").stringValue()).isEqualTo("overlap");
        assertThat(bad.at("/files/1/findings/0/line").intValue()).isEqualTo(1);
    }

    @Test
    void aFileThatCannotBeReadDoesNotEndTheOthers() {
        Program.Result result = run("check", home + "/none.jsonl", home.toString(), train);
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err().lines())
                .containsExactly("ftj: " + home + "/none.jsonl does not exist.", "ftj: " + home + " is a directory.");
        assertThat(result.out()).contains("train.jsonl: structure good");
    }

    @Test
    void withoutAFileItIsAUsageError() {
        assertThat(run("check").code()).isEqualTo(2);
        assertThat(run("check", "--max-line", "0", train).code()).isEqualTo(2);
    }

    @Test
    void theLongestLineCanBeSet() {
        assertThat(run("check", "--max-line", "24", train).out()).contains("25 bytes, more than the limit");
        assertThat(run("check", "--max-line", "25", train).code()).isZero();
    }

    @Test
    void hostileTextInAFileActsOnNoTerminal() throws IOException {
        String file = file(
                "a.jsonl",
                "{\"\u202e\\u001b[2J\": 1}\n{}\n"
                        + IntStream.range(0, 1).mapToObj(i -> "\u009b1m").toList());
        assertThat(run("check", file).out()).doesNotContain("\u202e", "\u001b", "\u009b");
    }
}
