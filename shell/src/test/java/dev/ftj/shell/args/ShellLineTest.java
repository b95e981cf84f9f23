package dev.ftj.shell.args;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShellLineTest {
    @Test
    void singleQuotesKeepEverything() {
        assertThat(ShellLine.of("get 'a b' 'c\\d' '\"$`|'").values()).containsExactly("get", "a b", "c\\d", "\"$`|");
    }

    @Test
    void doubleQuotesUnescapeOnlyWhatPosixNames() {
        assertThat(ShellLine.of("\"\\\\ \\\" \\$ \\` \\n \\'\"").values()).containsExactly("\\ \" $ ` \\n \\'");
    }

    @Test
    void aBackslashOutsideOfQuotesTakesTheNextCharacterAsItIs() {
        assertThat(ShellLine.of("a\\ b \\'c \\| \\\\").values()).containsExactly("a b", "'c", "|", "\\");
    }

    @Test
    void quotesInsideOfAWordBelongToIt() {
        assertThat(ShellLine.of("a'b c'd --field=config[\"a.b\"] ''").values())
                .containsExactly("ab cd", "--field=config[a.b]", "");
    }

    @Test
    void nothingIsExpanded() {
        assertThat(ShellLine.of("$HOME * ~ !! $(ls) {a,b}").values())
                .containsExactly("$HOME", "*", "~", "!!", "$(ls)", "{a,b}");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '!',
            value = {
                "~/x,/home/me/x",
                "~,/home/me",
                "~/'a b'/c,/home/me/a b/c",
                "--from=~/x,--from=/home/me/x",
                "'~/x',~/x",
                "~'/x',~/x",
                "\\~/x,~/x",
                "~x/y,~x/y",
                "a~/x,a~/x",
                "a=~/x,a=~/x"
            })
    void anUnquotedTildeIsTheHomeDirectoryInALineToRun(String word, String expanded) {
        ShellLine line = ShellLine.of("check " + word + " b");

        assertThat(line.complete("/home/me")).containsExactly("check", expanded, "b");
    }

    @Test
    void aBackslashBeforeALineBreakJoinsTheLines() {
        assertThat(ShellLine.of("get \\\n ftj-\\\n1 \"a\\\nb\"").values()).containsExactly("get", "ftj-1", "ab");
        assertThat(ShellLine.of("get \\\n ftj-1").syntax()).isNull();
    }

    @Test
    void carriageReturnsAndTabsSeparateWords() {
        assertThat(ShellLine.of("\tget\tftj-1\r").values()).containsExactly("get", "ftj-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "# get 'x", "  # a comment; with | syntax", "\n\n", "# one\n  # two\n"})
    void blankLinesAndCommentsHaveNoWords(String line) {
        ShellLine words = ShellLine.of(line);

        assertThat(words.list()).isEmpty();
        assertThat(words.isComplete()).isTrue();
        assertThat(words.syntax()).isNull();
    }

    @Test
    void aHashBeginsACommentWhereAWordCouldBegin() {
        assertThat(ShellLine.of("get a#b '#c' \\#d # it's | 'open").values()).containsExactly("get", "a#b", "#c", "#d");
        assertThat(ShellLine.of("get a #b 'c").isComplete()).isTrue();
        assertThat(ShellLine.of("get a #b | c").syntax()).isNull();
        assertThat(ShellLine.of("get 'a\n#b' c").values()).containsExactly("get", "a\n#b", "c");
        assertThat(ShellLine.of("get a # b\nget c").syntax()).isEqualTo('\n');
    }

    @Test
    void whatIsOpenIsToldAndStandsOnTheLastWordAlone() {
        assertThat(ShellLine.of("get 'a b").open()).isEqualTo('\'');
        assertThat(ShellLine.of("get \"a b\\").open()).isEqualTo('"');
        assertThat(ShellLine.of("get a\\").open()).isEqualTo('\\');

        ShellLine words = ShellLine.of("get 'x' \"ftj-b");
        assertThat(words.list()).extracting(ShellLine.Token::openQuote).containsExactly(null, null, '"');
        assertThat(words.list().get(2)).isEqualTo(new ShellLine.Token(8, 14, "ftj-b", '"', -1));
    }

    @Test
    void theWordUnderTheCursorIsFound() {
        ShellLine words = ShellLine.of("get 'a b'  c");

        assertThat(words.at(0).value()).isEqualTo("get");
        assertThat(words.at(3).value()).isEqualTo("get");
        assertThat(words.at(6)).isEqualTo(new ShellLine.Token(4, 9, "a b", null, -1));
        assertThat(words.at(10)).isEqualTo(new ShellLine.Token(10, 10, "", null, -1));
        assertThat(words.at(12).value()).isEqualTo("c");
    }

    @ParameterizedTest
    @CsvSource({"get a | less,|", "get a > f,>", "get a;ls,;", "get a&&b,&", "get <f,<"})
    void unquotedShellOperatorsAreNoted(String line, char operator) {
        assertThat(ShellLine.of(line).syntax()).isEqualTo(operator);
    }

    @ParameterizedTest
    @ValueSource(strings = {"get 'a|b'", "get \"a;b\"", "get a\\&b", "get a\\>b"})
    void quotedShellOperatorsAreOrdinary(String line) {
        assertThat(ShellLine.of(line).syntax()).isNull();
    }

    @Test
    void twoPastedLinesAreNotOneCommand() {
        assertThat(ShellLine.of("get a\nget b").syntax()).isEqualTo('\n');
        assertThat(ShellLine.of("\nget a\n").syntax()).isNull();
        assertThat(ShellLine.of("get 'a\nb'").syntax()).isNull();
    }

    @Test
    void quotingUsesNoMoreQuotesThanNeeded() {
        assertThat(ShellLine.quote("ftj-1.a_b/c@d", null)).isEqualTo("ftj-1.a_b/c@d");
        assertThat(ShellLine.quote("ジョブ", null)).isEqualTo("ジョブ");
        assertThat(ShellLine.quote("", null)).isEqualTo("''");
        assertThat(ShellLine.quote("a b", null)).isEqualTo("'a b'");
        assertThat(ShellLine.quote("it's $5 `x`", null)).isEqualTo("\"it's \\$5 \\`x\\`\"");
        assertThat(ShellLine.quote("#1", null)).isEqualTo("'#1'");
    }

    @Test
    void quotingGoesOnWithTheQuoteThatIsOpen() {
        assertThat(ShellLine.quote("ab", '"')).isEqualTo("\"ab\"");
        assertThat(ShellLine.quote("it's", '\'')).isEqualTo("'it'\\''s'");
        assertThat(ShellLine.quote("a b", '\\')).isEqualTo("'a b'");
    }
}
