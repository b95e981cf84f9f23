package dev.ftj.shell.view;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ftj.internal.json.RawJson;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What is written reads back the same: with a reader of YAML 1.2 (SnakeYAML Engine) and one of YAML 1.1 (PyYAML). */
class YamlTextTest {
    /** What some reader takes for something other than a string, and what is not allowed raw in YAML. */
    private static final List<String> HARD = List.of(
            // null, true, false
            "",
            " ",
            "~",
            "null",
            "Null",
            "NULL",
            "true",
            "True",
            "false",
            "FALSE",
            "y",
            "Y",
            "n",
            "N",
            "yes",
            "Yes",
            "no",
            "NO",
            "on",
            "On",
            "off",
            "OFF",
            "nullable",
            "yes_no",
            // numbers
            "0",
            "-0",
            "+1",
            "012",
            "0o14",
            "0x1F",
            "0b101",
            "1_000",
            "1e3",
            "2e-05",
            "2.0e-05",
            "1.0E+2",
            ".5",
            "5.",
            "-.5",
            ".inf",
            "-.INF",
            ".nan",
            ".NaN",
            "NaN",
            "Infinity",
            "190:20:30",
            "1:20",
            "_1",
            "e1",
            // dates and times
            "2026-04-27",
            "2026-04-27T14:32:18Z",
            "2026-04-27 14:32:18",
            "14:32:18",
            // syntax
            "<<",
            "=",
            "-",
            "- a",
            "--",
            "---",
            "...",
            "?",
            "? a",
            ":",
            ": a",
            "a: b",
            "a:",
            "a #b",
            "#a",
            "&a",
            "*a",
            "!a",
            "!!str",
            "|",
            ">",
            "%TAG",
            "@a",
            "`a`",
            "{a}",
            "[a]",
            ",",
            "a,b",
            "'",
            "\"",
            "\\",
            "\\n",
            "/",
            " a",
            "a ",
            "a.b",
            "a-b",
            "a/b",
            // characters
            "a\nb",
            "\n",
            "a\r\nb",
            "\ta",
            "\u0000",
            "\u0007",
            "\u001b[31m",
            "\u007f",
            "\u0085",
            "\u009b",
            "\u00a0",
            "\u2028",
            "\u2029",
            "\u202e",
            "\u200b",
            "\ufeff",
            "a\ufeff",
            "\ufffe",
            "\uffff",
            "é",
            "größe",
            "日本",
            "\ud83d\ude00",
            "\udb40\udc01",
            "\ud800",
            "\udfff",
            "\ud83d\ud83d\ude00x",
            "x".repeat(2_000),
            "\ud83d\ude00".repeat(1_100));

    private static final String NUMBERS =
            "[0, -0, 7, -12, 12345678901234567890123, 0.0, -0.5, 1.50, 2e-05, 2E-05, 2e5, 1E5, 1e+2, 1.0e5, 1.0E+2,"
                    + " 5.61e-6, -3e-7, 1e400, -1e400, 1e-400, 0e0, 0E1, 10000000.0, 1.0E10, NaN, Infinity, -Infinity,"
                    + " true, false, null]";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path dir;

    private static String string(String text) {
        return text.chars().mapToObj(c -> String.format("\\u%04x", c)).collect(Collectors.joining("", "\"", "\""));
    }

    /** Every hard string as a value and as a key, at several depths and before each kind of value. */
    private static String json() {
        List<String> values = HARD.stream().map(YamlTextTest::string).toList();
        List<String> fields = new ArrayList<>();
        String[] kinds = {"1", "[1, [2, [], {}], {\"a\": []}]", "{\"b\": {\"c\": 1}, \"d\": {}}", "[]", "{}", "\"s\""};
        for (int i = 0; i < values.size(); i++) {
            fields.add(values.get(i) + ": " + kinds[i % kinds.length]);
            fields.add(string(HARD.get(i) + "!") + ": {" + values.get(i) + ": " + values.get(i) + "}");
        }
        String object = "{" + String.join(", ", fields) + "}";
        return "{\"values\": " + values + ", \"numbers\": " + NUMBERS + ", \"keys\": " + object + ", \"deep\": [["
                + object + ", " + NUMBERS + "]]}";
    }

    /** The whole text in one buffer: version 3.0.1 fails where a pair of surrogates lies across the end of one. */
    private static Object read(String yaml) {
        return new Load(LoadSettings.builder()
                        .setCodePointLimit(10_000_000)
                        .setBufferSize(1_000_000)
                        .build())
                .loadFromString(yaml);
    }

    @Test
    void aReaderOfYaml12ReadsTheSame() {
        Map<?, ?> read = (Map<?, ?>) read(YamlText.of(RawJson.parse(json())));
        assertThat(read.get("values")).isEqualTo(HARD);
        Map<?, ?> keys = (Map<?, ?>) requireNonNull(read.get("keys"));
        assertThat(keys).hasSize(2 * HARD.size());
        Map<String, Object> ofEach = new LinkedHashMap<>();
        for (String hard : HARD) {
            assertThat(keys.containsKey(hard)).as(hard).isTrue();
            ofEach.put(hard, keys.get(hard + "!"));
        }
        assertThat(ofEach).allSatisfy((hard, value) -> assertThat(value).isEqualTo(Map.of(hard, hard)));
        assertThat(read.get("deep")).isEqualTo(List.of(List.of(keys, read.get("numbers"))));
        List<?> numbers = (List<?>) requireNonNull(read.get("numbers"));
        String[] sent = NUMBERS.substring(1, NUMBERS.length() - 1).split(", ");
        for (int i = 0; i < sent.length; i++) {
            Object expected = switch (sent[i]) {
                case "true" -> true;
                case "false" -> false;
                case "null" -> null;
                default -> sent[i].matches("-?\\d+") ? new BigInteger(sent[i]) : (Object) Double.valueOf(sent[i]);
            };
            Object number = numbers.get(i) instanceof Integer integer ? BigInteger.valueOf(integer) : numbers.get(i);
            assertThat(number).as(sent[i]).isEqualTo(expected);
        }
    }

    @Test
    void aReaderOfYaml11ReadsTheSame() throws Exception {
        assumeTrue(python("import yaml").isEmpty(), "python3-yaml is missing: YAML 1.1 was not tried");
        Path json = Files.writeString(dir.resolve("sent.json"), json());
        Path yaml = Files.writeString(dir.resolve("written.yaml"), YamlText.of(RawJson.parse(json())));

        assertThat(python("""
                import json, sys, yaml

                def compare(path, a, b):
                    if type(a) is not type(b):
                        print(path, ascii(a), ascii(b))
                    elif isinstance(a, dict):
                        if list(a) != list(b):
                            print(path, ascii(set(a) ^ set(b)))
                        for key in a:
                            compare(path + [key], a[key], b.get(key))
                    elif isinstance(a, list):
                        if len(a) != len(b):
                            print(path, len(a), len(b))
                        for i, (x, y) in enumerate(zip(a, b)):
                            compare(path + [i], x, y)
                    elif a != b and not (a != a and b != b):
                        print(path, ascii(a), ascii(b))

                with open(sys.argv[1], encoding='utf-8') as sent, open(sys.argv[2], 'rb') as written:
                    compare([], json.load(sent), yaml.safe_load(written))
                """, json.toString(), yaml.toString())).isEmpty();
    }

    /** What it said; also where there is no Python. */
    private static String python(String program, String... arguments) throws InterruptedException {
        try {
            List<String> command = new ArrayList<>(List.of("python3", "-c", program));
            command.addAll(List.of(arguments));
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), UTF_8);
            return process.waitFor() == 0 ? said : "failed: " + said;
        } catch (IOException missing) {
            return "failed: " + missing;
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "2e-05 ! 2.0e-05",
                "1E5 ! 1.0E+5",
                "1.0E+2 ! 1.0E+2",
                "[] ! []",
                "{} ! {}",
                "\"no\" ! \"no\"",
                "{\"no\": 1} ! \"no\": 1",
                "{\"a\": [1, {\"b\": 2, \"c\": [[3, 4]]}], \"d\": {\"e\": null}} "
                        + "! a:|- 1|- b: 2|  c:|  - - 3|    - 4|d:|  e: null"
            })
    void itIsWrittenLikeThis(String json, String yaml) {
        assertThat(YamlText.of(RawJson.parse(json))).isEqualTo(yaml.replace('|', '\n') + "\n");
    }

    @Test
    void ofSeveralFieldsOfANameTheLastStays() {
        assertThat(YamlText.of(RawJson.parse("{\"a\": {\"x\": 1}, \"b\": {\"a\": 1, \"a\": [2]}, \"\\u0061\": 3}")))
                .isEqualTo("b:\n  a:\n  - 2\na: 3\n");
        assertThat(YamlText.of(RawJson.parse("[{\"a\": 1, \"a\": 2}]"))).isEqualTo("- a: 2\n");
    }
}
