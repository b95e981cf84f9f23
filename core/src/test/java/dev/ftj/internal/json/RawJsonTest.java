package dev.ftj.internal.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RawJsonTest {
    @Test
    void everyValueIsCutOutExactlyWhereverItStands() {
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            Map<String, String> expected = new LinkedHashMap<>();
            StringBuilder text = new StringBuilder("{");
            for (int i = 0; i < 40; i++) {
                String name = "k" + i + "é".repeat(random.nextInt(3));
                String value = value(random, 3);
                expected.put(name, value);
                text.append(i == 0 ? "" : ",")
                        .append(space(random))
                        .append('"')
                        .append(name)
                        .append('"');
                text.append(space(random))
                        .append(':')
                        .append(space(random))
                        .append(value)
                        .append(space(random));
            }
            RawJson json = RawJson.parse(space(random) + text + "}" + space(random));
            assertThat(json.raw()).isEqualTo(text + "}");
            Map<String, String> cut = new LinkedHashMap<>();
            json.fields().forEach((name, slice) -> cut.put(name, slice.raw()));
            assertThat(cut).as("seed %d", seed).isEqualTo(expected);
        }
    }

    private static String value(Random random, int depth) {
        return switch (random.nextInt(depth > 0 ? 9 : 7)) {
            case 0 -> "1.0E+2";
            case 1 -> "-0";
            case 2 -> "NaN";
            case 3 -> "null";
            case 4 -> "9".repeat(1 + random.nextInt(3000));
            case 5 -> "\"" + "x\\\"\\\\😀\\u00e9".repeat(random.nextInt(500)) + "\"";
            case 6 -> "true";
            case 7 -> "[" + space(random) + value(random, depth - 1) + " ," + value(random, depth - 1) + "]";
            default -> "{\"a\" :" + value(random, depth - 1) + ",\"a\":" + value(random, depth - 1) + "}";
        };
    }

    private static String space(Random random) {
        return " \t\r\n".substring(0, random.nextInt(5)).repeat(random.nextInt(20));
    }

    @Test
    void compactTakesAwayWhiteSpaceBetweenTokensAlone() {
        assertThat(RawJson.valid("{ \"a b\" : [ 1,\n\t\"c \\\" d\" ] }").compact())
                .isEqualTo("{\"a b\":[1,\"c \\\" d\"]}");
    }

    @Test
    void ofADuplicateTheLastCounts() {
        assertThat(RawJson.parse("{\"a\":1,\"b\":2,\"a\":\"\\u0041\"}").text("a"))
                .isEqualTo("A");
    }

    @Test
    void aMemberIsLocatedOnce() {
        RawJson json = RawJson.parse("{\"config\": {\"model\": \"m\"}}");
        assertThat(json.field("config")).isSameAs(json.fields().get("config"));
    }

    @Test
    void duplicateMembersAreAllThereInTheirOrder() {
        List<String> members = new ArrayList<>();
        RawJson.parse("{\"a\":1, \"b\" : 2,\"\\u0061\":\"\\u0041\"}")
                .forEachMember((name, value) -> members.add(name + value.raw()));
        assertThat(members).containsExactly("a1", "b2", "a\"\\u0041\"");
    }

    @Test
    void aTextThatEndsAnywhereIsInvalid() {
        String whole = "{\"a\\u0062\": [true, {\"x\": 1.5e3}], \"" + "n".repeat(40_000) + "\" : \"\\ud83d\\ude00\"}";
        for (int end = 0; end < whole.length(); end += end > 60 && end < 39_990 ? 997 : 1) {
            assertThat(RawJson.parseOrNull(whole.substring(0, end)))
                    .as("%s", end)
                    .isNull();
        }
        assertThat(RawJson.parse(whole).fields()).hasSize(2);
    }

    @Test
    void elementsAreCutOutInTheirOrder() {
        assertThat(RawJson.parse("[1.0E+2 , \"x\",[ ],{ } ,null]").elements())
                .extracting(RawJson::raw)
                .containsExactly("1.0E+2", "\"x\"", "[ ]", "{ }", "null");
    }
}
