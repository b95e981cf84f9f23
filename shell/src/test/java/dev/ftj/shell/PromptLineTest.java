package dev.ftj.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.jline.reader.EOFError;
import org.jline.reader.Parser.ParseContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PromptLineTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                // line with the cursor as ^ ! words ! index ! word
                "^![]!0!",
                "ge^![ge]!0!ge",
                "get ^![get, ]!1!",
                "get a^![get, a]!1!a",
                "get ab^cd![get, ab]!1!ab",
                "get a^ -o json![get, a, -o, json]!1!a",
                "get 'a b^![get, a b]!1!a b",
                "get \"a b^\" c![get, a b, c]!1!a b",
                "get a\\ b^![get, a b]!1!a b",
                "^get![]!0!"
            })
    void theWordIsWhatIsTypedOfItWithoutItsQuotes(String marked, String words, int index, String word) {
        PromptLine line = line(marked);

        assertThat(line.wordIndex()).isEqualTo(index);
        assertThat(line.word()).isEqualTo(word == null ? "" : word);
        assertThat(line.wordCursor()).isEqualTo(line.word().length());
        if (!marked.startsWith("^")) {
            assertThat(line.words()).hasToString(words);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            quoteCharacter = '`',
            value = {
                "get f^ ! ftj-1 ! ftj-1",
                "get 'f^ ! ftj-1 ! 'ftj-1'",
                "get \"f^ ! ftj-1 ! \"ftj-1\"",
                "get l^ ! lab 7 ! 'lab 7'",
                "get \"l^ ! a\"$(x) ! \"a\\\"\\$(x)\"",
                "get 'l^ ! it's ! 'it'\\''s'",
                "get l^ ! it's ! \"it's\"",
                "get l\\^ ! l b ! 'l b'",
                "check ~/f^ ! ~/f.csv ! ~/f.csv",
                "check ~/f^ ! ~/f 1.csv ! ~/'f 1.csv'",
                "check ~/'f ^ ! ~/f 1.csv ! ~/'f 1.csv'",
                "check --train=~/f^ ! --train=~/f 1.csv ! --train=~/'f 1.csv'",
                "check ~^ ! ~/ ! ~/",
                "check '~/f^ ! ~/f.csv ! '~/f.csv'",
                "get x^ ! ~/x ! '~/x'"
            })
    void whatIsCompletedIsPutBackInTheQuotesThatWereBegun(String marked, String candidate, String put) {
        PromptLine line = line(marked);

        assertThat(line.escape(candidate, true)).hasToString(put);
        assertThat(line.rawWordCursor()).isEqualTo(line.cursor() - marked.indexOf(' ') - 1);
        assertThat(line.rawWordLength()).isEqualTo(line.rawWordCursor());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            quoteCharacter = '`',
            value = {
                "get 'f^' ! 'ftj-1'",
                "get \"f^\" -o json ! \"ftj-1\"",
                "get '^' ! 'ftj-1'",
                "get x'f^' ! 'ftj-1'",
            })
    void theQuoteThatClosesAtTheCursorIsReplaced(String marked, String put) {
        PromptLine line = line(marked);

        assertThat(line.rawWordLength()).isEqualTo(line.rawWordCursor() + 1);
        assertThat(line.escape("ftj-1", true)).hasToString(put);
        assertThat(line.escape("ftj-1", false)).hasToString(put);
    }

    @ParameterizedTest
    @ValueSource(strings = {"get f^'x'", "get 'f^x'", "get 'f'^", "get \"f^'\"", "get f\\^\\"})
    void anyOtherQuoteAfterTheCursorIsKept(String marked) {
        assertThat(line(marked).rawWordLength()).isEqualTo(line(marked).rawWordCursor());
    }

    @Test
    void aPartOfAWordKeepsItsQuoteOpen() {
        assertThat(line("get 'l^").escape("lab ", false)).hasToString("'lab ");
        assertThat(line("get l^").escape("lab ", false)).hasToString("'lab ");
        assertThat(line("get l^").escape("lab", false)).hasToString("lab");
    }

    @ParameterizedTest
    @ValueSource(strings = {"get 'a", "get \"a", "get a\\"})
    void anOpenQuoteAsksForAnotherLineButDoesNotStopCompletion(String line) {
        PromptLine.Cutter cutter = new PromptLine.Cutter();

        assertThatExceptionOfType(EOFError.class)
                .isThrownBy(() -> cutter.parse(line, line.length(), ParseContext.ACCEPT_LINE));
        assertThat(cutter.parse(line, line.length(), ParseContext.COMPLETE).wordIndex())
                .isEqualTo(1);
    }

    private static PromptLine line(String marked) {
        int cursor = marked.indexOf('^');
        return PromptLine.of(marked.replace("^", ""), cursor);
    }
}
