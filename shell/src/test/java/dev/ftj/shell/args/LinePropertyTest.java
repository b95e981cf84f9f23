package dev.ftj.shell.args;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ftj.FineTuneException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

class LinePropertyTest {
    private static final Commands PARSER = Samples.COMMANDS;

    @Property
    void everyLineIsCutIntoWordsThatStandWhereTheySay(@ForAll("lines") String line) {
        ShellLine words = ShellLine.of(line);

        int end = 0;
        for (ShellLine.Token word : words.list()) {
            assertThat(word.start()).isGreaterThanOrEqualTo(end);
            assertThat(word.end()).isGreaterThan(word.start());
            assertThat(ShellLine.of(line.substring(word.start(), word.end())).values())
                    .containsExactly(word.value());
            end = word.end();
        }
    }

    @Property
    void whatIsQuotedComesBack(@ForAll("texts") String value, @ForAll("quotes") @Nullable Character quote) {
        ShellLine words = ShellLine.of("get " + ShellLine.quote(value, quote) + " end");

        assertThat(words.values()).containsExactly("get", value, "end");
        assertThat(words.isComplete()).isTrue();
        assertThat(words.syntax()).isNull();
    }

    @Property
    void aWordThatIsCutShortIsOpenOrComplete(
            @ForAll("texts") String value, @ForAll("quotes") @Nullable Character quote) {
        String quoted = ShellLine.quote(value, quote);

        for (int cut = 0; cut <= quoted.length(); cut++) {
            assertThat(ShellLine.of("get " + quoted.substring(0, cut)).list()).hasSizeBetween(1, 2);
        }
    }

    @Property
    void noLineFailsButWithAUsageError(@ForAll("lines") String line) {
        outcome(() -> PARSER.parse(line));
    }

    @Property
    void noWordsFailButWithAUsageError(@ForAll("sentences") List<String> words) {
        outcome(() -> PARSER.parse(words));
    }

    @Property
    void argvAndPromptAreOneGrammar(@ForAll("sentences") List<String> words) {
        String line = words.stream().map(word -> ShellLine.quote(word, null)).collect(Collectors.joining(" "));

        assertThat(outcome(() -> PARSER.parse(line))).isEqualTo(outcome(() -> PARSER.parse(words)));
    }

    @Property
    void everyArgumentBehindTheDashesArrivesAsItIs(@ForAll("manyTexts") List<String> ids) {
        List<String> words = new ArrayList<>(List.of("get", "--"));
        words.addAll(ids);

        CommandLine arguments = PARSER.parse(words);

        assertThat(arguments.words()).isEqualTo(ids);
        for (int i = 0; i < ids.size(); i++) {
            assertThat(arguments.isLiteral(i)).isTrue();
        }
    }

    @Property
    void noErrorRepeatsWhatLooksLikeAKey(@ForAll("sentences") List<String> words, @ForAll("positions") int position) {
        List<String> withKey = new ArrayList<>(words);
        withKey.add(Math.min(position, words.size()), "sk_canary4711");

        if (outcome(() -> PARSER.parse(withKey)) instanceof String message) {
            assertThat(message).doesNotContain("canary4711");
        }
    }

    @Property
    void everyOptionValueIsADurationOrAUsageError(@ForAll("texts") String value) {
        outcome(() -> {
            CommandLine input = PARSER.parse(List.of("get", "x", "--timeout=" + value));
            assertThat(input.duration(Option.TIMEOUT)).isPositive();
            return input;
        });
    }

    @Provide
    Arbitrary<String> lines() {
        Arbitrary<String> spiced = Arbitraries.of(
                        "get",
                        " ",
                        " ",
                        "'",
                        "\"",
                        "\\",
                        "\n",
                        "#",
                        "--",
                        "-",
                        "-o",
                        "json",
                        "--sandbox",
                        "=",
                        "|",
                        ";",
                        "a",
                        "é")
                .list()
                .ofMaxSize(20)
                .map(parts -> String.join("", parts));
        return Arbitraries.oneOf(Arbitraries.strings().all().ofMaxLength(40), spiced);
    }

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> spiced = Arbitraries.strings()
                .withChars("ab '\"\\\n\r\t#|<>;&$`-=@\ud83d\ude00")
                .ofMaxLength(12);
        return Arbitraries.oneOf(Arbitraries.strings().all().ofMaxLength(20), spiced);
    }

    @Provide
    Arbitrary<List<String>> manyTexts() {
        return texts().list().ofMinSize(1).ofMaxSize(5);
    }

    @Provide
    Arbitrary<List<String>> sentences() {
        Arbitrary<String> known = Arbitraries.of(
                "get",
                "save",
                "completion",
                "bash",
                "help",
                "ftj-1",
                "-",
                "--",
                "-o",
                "-ojson",
                "-o=yaml",
                "-vv",
                "-vvh",
                "--output",
                "--output=csv",
                "--field",
                "--field=a",
                "--sandbox",
                "--sandbox=1",
                "--nope",
                "-x",
                "-5",
                "-output",
                "--as",
                "--version",
                "--help",
                "Bearer",
                "",
                "--timeout",
                "5m");
        return Arbitraries.oneOf(known, known, texts()).list().ofMaxSize(8);
    }

    @Provide
    Arbitrary<@Nullable Character> quotes() {
        return Arbitraries.of('\'', '"', '\\').injectNull(0.25);
    }

    @Provide
    Arbitrary<Integer> positions() {
        return Arbitraries.integers().between(0, 8);
    }

    private static Object outcome(Supplier<CommandLine> call) {
        try {
            return call.get();
        } catch (FineTuneException e) {
            assertThat(e.kind()).isEqualTo(FineTuneException.Kind.USAGE);
            assertThat(e.getMessage()).doesNotContain("\n").hasSizeLessThan(700);
            return String.valueOf(e.getMessage());
        }
    }
}
