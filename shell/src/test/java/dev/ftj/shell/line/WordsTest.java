package dev.ftj.shell.line;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WordsTest {
    @Test
    void singleQuotesKeepEverything() {
        assertThat(Words.of("get 'a b' 'c\\d' '\"$`|'").values()).containsExactly("get", "a b", "c\\d", "\"$`|");
    }

    @Test
    void doubleQuotesUnescapeOnlyWhatPosixNames() {
        assertThat(Words.of("\"\\\\ \\\" \\$ \\` \\n \\'\"").values()).containsExactly("\\ \" $ ` \\n \\'");
    }

    @Test
    void aBackslashOutsideOfQuotesTakesTheNextCharacterAsItIs() {
        assertThat(Words.of("a\\ b \\'c \\| \\\\").values()).containsExactly("a b", "'c", "|", "\\");
    }

    @Test
    void quotesInsideOfAWordBelongToIt() {
        assertThat(Words.of("a'b c'd --field=config[\"a.b\"] ''").values())
                .containsExactly("ab cd", "--field=config[a.b]", "");
    }

    @Test
    void nothingIsExpanded() {
        assertThat(Words.of("$HOME * ~ !! $(ls) {a,b}").values())
                .containsExactly("$HOME", "*", "~", "!!", "$(ls)", "{a,b}");
    }

    @Test
    void aBackslashBeforeALineBreakJoinsTheLines() {
        assertThat(Words.of("get \\\n ftj-\\\n1 \"a\\\nb\"").values()).containsExactly("get", "ftj-1", "ab");
        assertThat(Words.of("get \\\n ftj-1").syntax()).isNull();
    }

    @Test
    void carriageReturnsAndTabsSeparateWords() {
        assertThat(Words.of("\tget\tftj-1\r").values()).containsExactly("get", "ftj-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "# get 'x", "  # a comment; with | syntax", "\n\n", "# one\n  # two\n"})
    void blankLinesAndCommentsHaveNoWords(String line) {
        Words words = Words.of(line);

        assertThat(words.list()).isEmpty();
        assertThat(words.isComplete()).isTrue();
        assertThat(words.syntax()).isNull();
    }

    @Test
    void aHashBeginsACommentWhereAWordCouldBegin() {
        assertThat(Words.of("get a#b '#c' \\#d # it's | 'open").values()).containsExactly("get", "a#b", "#c", "#d");
        assertThat(Words.of("get a #b 'c").isComplete()).isTrue();
        assertThat(Words.of("get a #b | c").syntax()).isNull();
        assertThat(Words.of("get 'a\n#b' c").values()).containsExactly("get", "a\n#b", "c");
        assertThat(Words.of("get a # b\nget c").syntax()).isEqualTo('\n');
    }

    @Test
    void whatIsOpenIsToldAndStandsOnTheLastWordAlone() {
        assertThat(Words.of("get 'a b").open()).isEqualTo('\'');
        assertThat(Words.of("get \"a b\\").open()).isEqualTo('"');
        assertThat(Words.of("get a\\").open()).isEqualTo('\\');

        Words words = Words.of("get 'x' \"ftj-b");
        assertThat(words.list()).extracting(Words.Word::openQuote).containsExactly(null, null, '"');
        assertThat(words.list().get(2)).isEqualTo(new Words.Word(8, 14, "\"ftj-b", "ftj-b", '"'));
    }

    @Test
    void theWordUnderTheCursorIsFound() {
        Words words = Words.of("get 'a b'  c");

        assertThat(words.at(0).value()).isEqualTo("get");
        assertThat(words.at(3).value()).isEqualTo("get");
        assertThat(words.at(6)).isEqualTo(new Words.Word(4, 9, "'a b'", "a b", null));
        assertThat(words.at(10)).isEqualTo(new Words.Word(10, 10, "", "", null));
        assertThat(words.at(12).value()).isEqualTo("c");
    }

    @ParameterizedTest
    @CsvSource({"get a | less,|", "get a > f,>", "get a;ls,;", "get a&&b,&", "get <f,<"})
    void unquotedShellOperatorsAreNoted(String line, char operator) {
        assertThat(Words.of(line).syntax()).isEqualTo(operator);
    }

    @ParameterizedTest
    @ValueSource(strings = {"get 'a|b'", "get \"a;b\"", "get a\\&b", "get a\\>b"})
    void quotedShellOperatorsAreOrdinary(String line) {
        assertThat(Words.of(line).syntax()).isNull();
    }

    @Test
    void twoPastedLinesAreNotOneCommand() {
        assertThat(Words.of("get a\nget b").syntax()).isEqualTo('\n');
        assertThat(Words.of("\nget a\n").syntax()).isNull();
        assertThat(Words.of("get 'a\nb'").syntax()).isNull();
    }

    @Test
    void quotingUsesNoMoreQuotesThanNeeded() {
        assertThat(Words.quote("ftj-1.a_b/c@d", null)).isEqualTo("ftj-1.a_b/c@d");
        assertThat(Words.quote("ジョブ", null)).isEqualTo("ジョブ");
        assertThat(Words.quote("", null)).isEqualTo("''");
        assertThat(Words.quote("a b", null)).isEqualTo("'a b'");
        assertThat(Words.quote("it's $5 `x`", null)).isEqualTo("\"it's \\$5 \\`x\\`\"");
        assertThat(Words.quote("#1", null)).isEqualTo("'#1'");
    }

    @Test
    void quotingGoesOnWithTheQuoteThatIsOpen() {
        assertThat(Words.quote("ab", '"')).isEqualTo("\"ab\"");
        assertThat(Words.quote("it's", '\'')).isEqualTo("'it'\\''s'");
        assertThat(Words.quote("a b", '\\')).isEqualTo("'a b'");
    }
}
