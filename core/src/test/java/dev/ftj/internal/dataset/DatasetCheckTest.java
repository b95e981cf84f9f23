package dev.ftj.internal.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ftj.internal.dataset.DatasetCheck.Split;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("once")
class DatasetCheckTest {
    private static final String GOOD = "{\"input\": \"é 😀\", \"output\": \"b\"}";

    @TempDir
    Path dir;

    private final DatasetCheck check = new DatasetCheck(1000);

    private Path write(String name, String text) throws IOException {
        return Files.writeString(dir.resolve(name), text, StandardCharsets.UTF_8);
    }

    private Path writeBytes(String text) throws IOException {
        return Files.write(dir.resolve("a.jsonl"), text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private FileReport judge(String text) throws Exception {
        return check.check(write("a.jsonl", text), Split.NONE);
    }

    private static List<String> found(FileReport report) {
        return report.findings().stream()
                .map(f -> f.line() + ":" + f.column() + " " + f.problem() + " " + f.message())
                .toList();
    }

    private static String numbered(int count) {
        return IntStream.range(0, count).mapToObj(i -> "{\"i\":" + i + "}\n").collect(Collectors.joining());
    }

    @Test
    void goodLinesHaveASummaryAndNoFinding() throws Exception {
        FileReport report = judge(GOOD + "\n{\"output\": [1, {\"x\": null}], \"input\": 1e400}\r\n");
        assertThat(found(report)).isEmpty();
        assertThat(report.isGood()).isTrue();
        assertThat(report.lines()).isEqualTo(2);
        assertThat(report.bytes()).isEqualTo(Files.size(report.file()));
        assertThat(report.keys()).containsExactly(java.util.Map.entry("input", 2L), java.util.Map.entry("output", 2L));
    }

    @Test
    void theLastLineNeedsNoLineEnd() throws Exception {
        assertThat(judge(GOOD).lines()).isEqualTo(1);
        assertThat(judge(GOOD).isGood()).isTrue();
    }

    @Test
    void anEmptyFileHasNoData() throws Exception {
        assertThat(found(judge(""))).containsExactly("1:1 empty_file the file is empty");
    }

    @Test
    void aMalformedLineIsFoundAtItsColumnInCharacters() throws Exception {
        assertThat(found(judge("{\"a\": 1}\n{\"é😀\": tru}\n{\"a\": 2")))
                .containsExactly(
                        "2:8 not_json not JSON: 'tru' is not a JSON value",
                        "3:8 not_json not JSON: the line ends in the middle of a value");
    }

    @Test
    void whatJsonForbidsIsNotJson() throws Exception {
        assertThat(judge("{\"a\": NaN}\n{'a': 1}\n{\"a\": 01}\n{\"a\": 1,}\n{\"a\": \"\t\"}\n{\"a\": 1} // x\n{} {}\n")
                        .counts())
                .containsOnly(java.util.Map.entry(Problem.NOT_JSON, 7L));
    }

    @ParameterizedTest
    @CsvSource({
        "'{\"a\":NaN}', 1:6 not_json not JSON: 'NaN' is not a JSON value",
        "'{\"a\": -Infinity}', 1:7 not_json not JSON: '-Infinity' is not a JSON value",
        "'{\"a\":tru}', 1:6 not_json not JSON: 'tru' is not a JSON value",
        "'{\"a\": undefined}', 1:7 not_json not JSON: 'undefined' is not a JSON value"
    })
    void aWordThatIsNoValueIsFoundWhereItBegins(String line, String finding) throws Exception {
        assertThat(found(judge(line + "\n"))).containsExactly(finding);
    }

    @Test
    void aLineThatIsNestedTooDeeplySaysSo() throws Exception {
        assertThat(found(judge("[".repeat(501))))
                .containsExactly("1:1 not_json not JSON: a value is nested deeper than 500 levels");
    }

    @Test
    void aPrettyPrintedArrayIsNoJsonLines() throws Exception {
        assertThat(judge("[\n  {\"a\": 1}\n]\n").counts()).containsKeys(Problem.NOT_JSON);
        assertThat(found(judge("[{\"a\": 1}]\n"))).containsExactly("1:1 not_an_object not a JSON object");
        assertThat(judge("1\n\"x\"\nnull\n").counts()).containsEntry(Problem.NOT_AN_OBJECT, 3L);
    }

    @Test
    void emptyLinesAreFound() throws Exception {
        assertThat(found(judge("{\"a\": 1}\n\n{\"a\": 2}\n \t\r\n")))
                .containsExactly("2:1 empty_line empty line", "4:1 empty_line empty line");
    }

    @Test
    void aByteOrderMarkIsFoundAndTheLineStillJudged() throws Exception {
        assertThat(judge("\uFEFF{\"a\": 1}\n\uFEFF{\"a\": 2}\n").counts())
                .containsOnly(java.util.Map.entry(Problem.BYTE_ORDER_MARK, 2L));
    }

    @Test
    void bytesThatAreNotUtf8AreFoundAtTheirColumn() throws Exception {
        Path file = writeBytes("{\"a\": \"x\"}\n{\"a\": \"\u00C3\u00A9 \u00FC\"}\n");
        assertThat(found(check.check(file, Split.NONE))).containsExactly("2:10 not_utf8 byte 0xFC is not UTF-8 text");
    }

    @Test
    void utf16IsNotUtf8() throws Exception {
        Path file = Files.write(dir.resolve("a.jsonl"), "{\"a\": 1}\n".getBytes(StandardCharsets.UTF_16));
        assertThat(check.check(file, Split.NONE).counts()).containsKey(Problem.NOT_UTF8);
    }

    @Test
    void aLineOverTheLimitIsFoundWithItsSize() throws Exception {
        FileReport report = judge("{\"a\": 1}\n{\"a\": \"" + "x".repeat(2000) + "\"}\n{\"a\": 2}\n");
        assertThat(found(report)).containsExactly("2:1 line_too_long 2,009 bytes, more than the limit");
    }

    @Test
    void aLineOfExactlyTheLimitIsGood() throws Exception {
        assertThat(judge("{\"a\": \"" + "x".repeat(1000 - 9) + "\"}\r\n").isGood())
                .isTrue();
    }

    @Test
    void duplicatesNameTheFirstLine() throws Exception {
        assertThat(found(judge("{\"a\": 1}\n{\"a\": 2}\n{\"a\": 1}\r\n{\"a\": 1}")))
                .containsExactly("3:1 duplicate the same as line 1", "4:1 duplicate the same as line 1");
    }

    @Test
    void linesOfTheSameValueAreDuplicatesWhateverTheirText() throws Exception {
        assertThat(found(judge("{\"a\": {\"x\": [1, \"é\"], \"y\": null}, \"b\": true}\n"
                        + "{\"b\":true,\"a\":{\"y\":null,\"x\":[1,\"\\u00e9\"]}}\n")))
                .containsExactly("2:1 duplicate the same as line 1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\": [1, 2]}\n{\"a\": [2, 1]}",
                "{\"a\": [[1], 2]}\n{\"a\": [1, [2]]}",
                "{\"a\": 1}\n{\"a\": 1.0}",
                "{\"a\": 1}\n{\"a\": \"1\"}",
                "{\"a\": null}\n{\"a\": \"null\"}",
                "{\"a\": true}\n{\"a\": false}",
                "{\"a\": {}}\n{\"a\": []}",
                "{\"a\": [\"\"]}\n{\"a\": []}",
                "{\"a\": [\"b\", \"c\"]}\n{\"a\": [\"bc\", \"\"]}",
                "{\"a\": 1, \"b\": 2}\n{\"a\": 2, \"b\": 1}",
                "{\"a\": {\"x\": 1}, \"b\": {\"y\": 2}}\n{\"a\": {\"y\": 2}, \"b\": {\"x\": 1}}",
                "{\"a\": 1, \"b\": 1}\n{\"a\": 2, \"b\": 2}"
            })
    void otherValuesAreNoDuplicates(String lines) throws Exception {
        assertThat(judge(lines).isGood()).isTrue();
    }

    @Test
    void aHundredThousandValuesThatDifferInOneDigitDiffer() throws Exception {
        String lines = IntStream.range(0, 100_000)
                .mapToObj(i -> "{\"i\": [" + i / 1000 + ", {\"j\": \"" + i % 1000 + "\"}]}\n")
                .collect(Collectors.joining());
        assertThat(judge(lines).isGood()).isTrue();
    }

    @Test
    void malformedLinesAreComparedByTheirBytes() throws Exception {
        assertThat(judge("{\"a\": x}\n{\"a\":x}\n{\"a\": x}\n").counts())
                .containsOnly(java.util.Map.entry(Problem.NOT_JSON, 3L), java.util.Map.entry(Problem.DUPLICATE, 1L));
    }

    @Test
    void aKeyThatMostLinesLackIsFoundAtTheFirstLineThatHasIt() throws Exception {
        assertThat(found(judge("{\"input\": 1}\n{\"inpt\": 2}\n{\"input\": 3}\n")))
                .containsExactly(
                        "2:1 missing_key no key \"input\", which 2 of 3 lines have",
                        "2:1 missing_key key \"inpt\", which only 1 of 3 lines has");
        assertThat(found(judge("{\"a\": 1}\n{\"a\": 2, \"b\": 1}\n{\"a\": 3, \"b\": 1}\n{\"a\": 4}\n{\"a\": 5}\n")))
                .containsExactly("2:1 missing_key key \"b\", which only 2 of 5 lines have");
    }

    @Test
    void keysThatOnlySomeLinesHaveAreFoundAtTheFirstLineWithout() throws Exception {
        assertThat(found(judge("{\"a\": 1}\n{\"a\": 2, \"b\": 1}\n{\"b\": 3, \"a\": 3}\n{\"b\": 4}\n")))
                .containsExactly(
                        "1:1 missing_key no key \"b\", which 3 of 4 lines have",
                        "4:1 missing_key no key \"a\", which 3 of 4 lines have");
    }

    @Test
    void aKeyThatOccursTwiceInALineIsFound() throws Exception {
        assertThat(found(judge("{\"a\": 1, \"a\": 2}\n")))
                .containsExactly("1:1 repeated_key the key \"a\" occurs twice");
    }

    @Test
    void atMostTwentyFindingsOfAKindAreKeptAndAllAreCounted() throws Exception {
        FileReport report = judge("x\n".repeat(50) + numbered(3) + "\n".repeat(25));
        assertThat(report.counts())
                .containsEntry(Problem.NOT_JSON, 50L)
                .containsEntry(Problem.DUPLICATE, 49L)
                .containsEntry(Problem.EMPTY_LINE, 25L);
        assertThat(report.findings()).hasSize(60);
    }

    @Test
    void anEvaluationLineThatIsInTheTrainingDataIsAnOverlap() throws Exception {
        Path first = write("train-1.jsonl", numbered(3));
        Path second = write("train-2.jsonl", "{\"i\":7}\n{\"i\":8}\n{\"i\":1}\n");
        Path eval = write("eval.jsonl", "{\"i\":9}\n{ \"i\" : 8 }\n{\"i\":2}\n");
        assertThat(check.check(first, Split.TRAIN).isGood()).isTrue();
        assertThat(found(check.check(second, Split.TRAIN)))
                .containsExactly("3:1 duplicate the same as " + first + ":2");
        assertThat(found(check.check(eval, Split.EVAL)))
                .containsExactly(
                        "2:1 overlap also in the training data: " + second + ":2",
                        "3:1 overlap also in the training data: " + first + ":3");
    }

    @Test
    void filesOfNoSplitAreJudgedByThemselves() throws Exception {
        assertThat(check.check(write("a.jsonl", numbered(3)), Split.NONE).isGood())
                .isTrue();
        assertThat(check.check(write("b.jsonl", numbered(3)), Split.NONE).isGood())
                .isTrue();
    }

    @Test
    void keysBeyondAThousandAreNotCountedWhichIsSaid() throws Exception {
        String line =
                IntStream.range(0, 1001).mapToObj(i -> "\"k" + i + "\":1").collect(Collectors.joining(",", "{", "}"));
        FileReport report = new DatasetCheck(1 << 20).check(write("a.jsonl", line), Split.NONE);
        assertThat(report.keys()).hasSize(1000);
        assertThat(report.limits()).containsExactly("keys: only the first 1000 different ones were counted");
    }

    @Test
    void csvWithAHeaderIsGood() throws Exception {
        FileReport report = check.check(
                write("a.CSV", "input,\"the \"\"output\"\"\"\r\n1,\"a, \"\"b\"\"\n\nc\"\r\n2,\"\"\r\n"), Split.NONE);
        assertThat(found(report)).isEmpty();
        assertThat(report.lines()).isEqualTo(2);
        assertThat(report.keys().keySet()).containsExactly("input", "the \"output\"");
    }

    @Test
    void csvIsJudgedByColumnsQuotesAndDuplicates() throws Exception {
        FileReport report = check.check(
                write("a.csv", "a,b,a,\n1,2,3,4\n1\n\n1,x\"y,3,4\n1,\"x\"y,3,4\n1,2,3,4\n1,2,\"3\n4"), Split.NONE);
        assertThat(found(report))
                .containsExactly(
                        "1:1 header two columns have the name \"a\"",
                        "1:1 header column 4 has no name",
                        "3:1 column_count 1 column, but the header has 4",
                        "4:1 empty_line empty line",
                        "5:4 quotes a quote inside an unquoted field: quote the field and double it",
                        "6:6 quotes text after a closing quote",
                        "7:1 duplicate the same as line 2",
                        "8:5 quotes the quote that opens here is never closed");
    }

    @ParameterizedTest
    @CsvSource({"'größe,länge\n1,1\n2,3\n4,5\n', 1:3, 3", "'text,label\n\"Müller sagt:\nja\",1\nb,2\n', 2:3, 2"})
    void aLineOfCsvThatIsNotUtf8StillHasItsQuotesAndCommas(String text, String place, int lines) throws Exception {
        Path file = Files.write(dir.resolve("a.csv"), text.getBytes(StandardCharsets.ISO_8859_1));

        FileReport report = check.check(file, Split.NONE);

        assertThat(found(report)).singleElement().asString().startsWith(place + " not_utf8 ");
        assertThat(report.lines()).isEqualTo(lines);
    }

    @Test
    void csvWithoutARowHasNoData() throws Exception {
        assertThat(found(check.check(write("a.csv", "a,b\n"), Split.NONE)))
                .containsExactly("1:1 empty_file there is no row below the header");
    }

    @Test
    @Timeout(60)
    void whatIsNoRegularFileIsRefusedWithoutWaiting() throws Exception {
        Path fifo = dir.resolve("fifo.jsonl");
        assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor())
                .isZero();
        for (String[] bad : new String[][] {
            {fifo.toString(), "is not a regular file"},
            {dir.toString(), "is a directory"},
            {"/dev/null", "is not a regular file"}
        }) {
            assertThatThrownBy(() -> check.check(Path.of(bad[0]), Split.NONE))
                    .isInstanceOfSatisfying(
                            IOException.class,
                            e -> assertThat(LocalFile.reason(e)).isEqualTo(bad[1]));
        }
        assertThatThrownBy(() -> check.check(dir.resolve("none"), Split.NONE)).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    @Timeout(60)
    void aLineOfGigabytesIsNotHeldInMemory() throws Exception {
        Path file = dir.resolve("sparse.jsonl");
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(1L << 30);
        }
        FileReport report = check.check(file, Split.NONE);
        assertThat(found(report)).containsExactly("1:1 line_too_long 1,073,741,824 bytes, more than the limit");
    }

    @Test
    void anInterruptEndsTheCheck() throws Exception {
        Path file = write("a.jsonl", GOOD);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> check.check(file, Split.NONE)).isInstanceOf(InterruptedException.class);
    }
}
