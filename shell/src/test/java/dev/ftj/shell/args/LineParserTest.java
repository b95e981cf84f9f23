package dev.ftj.shell.args;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ftj.FineTuneException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LineParserTest {
    private final Commands parser = Samples.COMMANDS;

    @Test
    void wordsOfArgvAreKeptAsTheyAre() {
        CommandLine input = parser.parse(List.of("get", "a b", "'c'", "d|e"));

        assertThat(input.command()).isEqualTo("get");
        assertThat(input.words()).containsExactly("a b", "'c'", "d|e");
    }

    @Test
    void aQuotedNameAtThePromptIsOneWord() {
        assertThat(words("get 'a b' \"c d\"")).containsExactly("a b", "c d");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "get x -o json",
                "get x -ojson",
                "get x -o=json",
                "get x --output json",
                "get x --output=json",
                "-o json get x",
                "--output=json get x",
                "get -o json x",
                "get x -o JSON"
            })
    void anOptionMayBeSpelledAndPlacedInManyWays(String line) {
        CommandLine input = parser.parse(line);

        assertThat(input.command()).isEqualTo("get");
        assertThat(input.words()).containsExactly("x");
        assertThat(input.oneOf(Option.OUTPUT)).isEqualTo("json");
        assertThat(input.options()).hasSize(1);
    }

    @Test
    void aFlagDoesNotSwallowTheWordBehindIt() {
        CommandLine input = parser.parse("get --sandbox x");

        assertThat(input.words()).containsExactly("x");
        assertThat(input.options()).extracting(CommandLine.Given::value).containsExactly("true");
    }

    @Test
    void shortFlagsCanBeGroupedAndCounted() {
        CommandLine arguments = parser.parse("get -vvojson x -v");

        assertThat(arguments.count(Option.VERBOSE)).isEqualTo(3);
        assertThat(arguments.value(Option.OUTPUT)).isEqualTo("json");
        assertThat(parser.parse("get -vvh").command()).isEqualTo("help");
    }

    @Test
    void aLoneDashIsAnArgumentAndBehindTwoDashesALiteralOne() {
        CommandLine stdin = parser.parse("get a -");
        CommandLine literal = parser.parse("get a -- - -o --help");

        assertThat(stdin.words()).containsExactly("a", "-");
        assertThat(stdin.isLiteral(1)).isFalse();
        assertThat(literal.words()).containsExactly("a", "-", "-o", "--help");
        assertThat(literal.isLiteral(0)).isFalse();
        assertThat(literal.isLiteral(1)).isTrue();
    }

    @Test
    void theDashesMayStandBeforeTheCommand() {
        CommandLine arguments = parser.parse("-- get -");

        assertThat(arguments.words()).containsExactly("-");
        assertThat(arguments.isLiteral(0)).isTrue();
    }

    @Test
    void aValueMayBeADashOrEmpty() {
        assertThat(parser.parse("get x --field ''").value(Option.FIELD)).isEmpty();
        assertThat(parser.parse("get x --field=").value(Option.FIELD)).isEmpty();
        assertThat(parser.parse("get x --field -").value(Option.FIELD)).isEqualTo("-");
        assertThat(parser.parse("save x --note=-v").value(Option.NOTE)).isEqualTo("-v");
        assertThat(parser.parse("save x --note '- later'").value(Option.NOTE)).isEqualTo("- later");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "# a comment, isn't it"})
    void aBlankLineHasNoCommand(String line) {
        assertThat(parser.parse(line)).isEqualTo(CommandLine.EMPTY);
    }

    @Test
    void theProgramsNameBeforeACommandIsIgnored() {
        assertThat(parser.parse("ftj get x -o json")).isEqualTo(parser.parse("get x -o json"));
        assertThat(parser.parse("ftj --sandbox get ftj")).isEqualTo(parser.parse("--sandbox get ftj"));
        assertThat(parser.parse("ftj --version").command()).isEqualTo("version");
        assertUsage("ftj gte x", "unknown command: gte. Did you mean get?");
        assertUsage("ftj", "unknown command: ftj.");
        assertUsage("ftj ftj get x", "unknown command: ftj.");
    }

    @Test
    void optionsAloneAreThoseOfTheShellThatOpens() {
        CommandLine input = parser.parse(List.of("--sandbox", "-v"));

        assertThat(input.command()).isEmpty();
        assertThat(input.has(Option.SANDBOX)).isTrue();
        assertUsage("--note x", "--note needs a command. Expected one of: --endpoint,");
    }

    @ParameterizedTest
    @CsvSource({
        "--help,help,",
        "-h,help,",
        "get --help,help,get",
        "-h get,help,get",
        "get x -o xml --help,help,get",
        "save --help,help,save",
        "help,help,",
        "help get,help,get",
        "help --help,help,help",
        "--version,version,",
        "version,version,"
    })
    void helpAndVersionWorkAloneAndHelpOfAnyCommand(String line, String command, String argument) {
        CommandLine input = parser.parse(line);

        assertThat(input.command()).isEqualTo(command);
        assertThat(input.words()).isEqualTo(argument == null ? List.of() : List.of(argument));
    }

    @Test
    void nothingInAParsedOptionIsNull() {
        for (CommandLine.Given option : parser.parse("get -v -o json -- x").options()) {
            assertThat(option).hasNoNullFieldsOrProperties();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "gte x ! unknown command: gte. Did you mean get?",
                "frobnicate ! unknown command: frobnicate. Expected one of: get, save, login, completion, help, version.",
                "get x --feild a ! unknown option: --feild. Did you mean --field?",
                "get x --frobnicate=a ! unknown option: --frobnicate. Expected one of: --output, --field,",
                "--ouput json get x ! unknown option: --ouput. Did you mean --output?",
                "get x --json ! unknown option: --json. Did you mean -o json?",
                "get x --api-key sk_1 ! unknown option: --api-key. A key is never an argument: set ATAI_API_KEY",
                "get x -x ! unknown option: -x. Expected one of: --output,",
                "get -5 ! unknown option: -5. Expected one of: --output,",
                "get -vx y ! unknown option: -x.",
                "get x -o text -o json ! --output is given twice. Give it once.",
                "get x -ojson --output=json ! --output is given twice.",
                "get x --timeout 5s --timeout 5s ! --timeout is given twice.",
                "get x -output json ! a single dash before output. Did you mean --output?",
                "login --note x ! login does not take --note. Expected one of: --check, --endpoint, --help.",
                "get x --version ! get does not take --version.",
                "get x --output ! --output needs a value. Expected one of: text, json, jsonl, yaml.",
                "get x --field -o json ! --field needs a value. Write --field PATH,",
                "get x --field -- ! --field needs a value.",
                "get x --sandbox=1 ! --sandbox takes no value.",
                "get x -v=2 ! --verbose takes no value.",
                "get x -o jsn ! invalid value for --output: jsn. Expected one of: text, json, jsonl, yaml.",
                "get x -o yml ! invalid value for --output: yml. Expected one of: text, json, jsonl, yaml.",
                "get x -o csv ! invalid value for --output: csv. Expected one of: text, json, jsonl, yaml.",
                "get x -o '' ! invalid value for --output: ''.",
                "get ! get needs JOB... Usage: ftj get JOB...",
                "save a b ! unexpected argument: b. Usage: ftj save JOB.",
                "login now ! unexpected argument: now. Usage: ftj login.",
                "completion bsh ! invalid argument for completion: bsh. Expected one of: bash, zsh, fish.",
                "help gett ! invalid argument for help: gett. Did you mean get?",
                "gett --help ! unknown command: gett. Did you mean get?",
                "get 'a ! the quote ' is not closed.",
                "get \"a ! the quote \" is not closed.",
                "get a\\ ! the line ends in a backslash.",
                "get a | less ! pipes are not supported; quote '|'.",
                "get a > f ! > is not supported; quote '>'.",
                "get a; get b ! ; is not supported; quote ';'.",
            },
            quoteCharacter = '~')
    void whatIsWrongIsToldWithWhatWouldBeRight(String line, String message) {
        assertUsage(line, message);
    }

    @Test
    void anOptionThatRepeatsKeepsEachOfItsValues() {
        CommandLine arguments = parser.parse("get x --field name --field=id -v -v");

        assertThat(arguments.values(Option.FIELD)).containsExactly("name", "id");
        assertThat(arguments.count(Option.VERBOSE)).isEqualTo(2);
    }

    @Test
    void theShellsQuotesDoNotMatterToWordsOfArgv() {
        assertThat(parser.parse(List.of("get", "'a", "b\\", "#", ";")).words()).containsExactly("'a", "b\\", "#", ";");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "login sk_canary",
                "sk_canary",
                "get x -osk_canary",
                "get x --sk_canary=1",
                "login 'Bearer canary'",
                "Bearer canary",
                "login --check Bearer canary",
                "completion 'Authorization: Bearer canary'",
                "login Bearer --canary=1"
            })
    void aWordThatLooksLikeAKeyIsNotRepeated(String line) {
        assertThatExceptionOfType(FineTuneException.class)
                .isThrownBy(() -> parser.parse(line))
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("canary"));
    }

    @Test
    void aLongWordIsCutInAnErrorAndStrangeCharactersAreMadeVisible() {
        assertUsage("x".repeat(5000), "unknown command: " + "x".repeat(64) + "... Expected one of: get");
        assertUsage("'\u001b[31m'", "unknown command: \\u001b[31m.");
        assertUsage("get -\ud83d\ude00", "unknown option: -\ud83d\ude00.");
    }

    private List<String> words(String line) {
        return parser.parse(line).words();
    }

    private void assertUsage(String line, String message) {
        assertThatExceptionOfType(FineTuneException.class)
                .isThrownBy(() -> parser.parse(line))
                .satisfies(e -> {
                    assertThat(e.kind()).isEqualTo(FineTuneException.Kind.USAGE);
                    assertThat(e.getMessage()).startsWith(message);
                });
    }
}
