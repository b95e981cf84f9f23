package dev.ftj.shell.args;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ftj.FineTuneException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HelpTest {
    private final Help help = new Help(Samples.COMMANDS);

    @Test
    void theOverviewNamesEveryCommandOptionExitCodeAndVariable() {
        String overview = help.overview(80);

        for (CommandSpec spec : Samples.COMMANDS.all()) {
            assertThat(overview).containsPattern("(?m)^  " + spec.name() + " .*" + spec.summary() + "$");
        }
        assertThat(overview)
                .contains("  -v, --verbose ", "      --endpoint URL ", "  -h, --help ", "      --version ")
                .contains("\n  0    done\n", "\n  130  Ctrl-C\n", "ATAI_API_KEY", "ATAI_API_ENDPOINT", "FTJ_HOME");
    }

    @Test
    void aCommandsPageHasUsageArgumentsOptionsExamplesAndExitCodes() {
        assertThat(help.page("get", 80))
                .startsWith(
                        "ftj get: the full record of each job\n\nUsage: ftj get [OPTION...] JOB...\n\nArguments:\n  JOB...  ")
                .contains("  -o, --output FORMAT     output format: text, json, jsonl, yaml\n")
                .contains("      --field PATH        print only")
                .contains("\nExamples:\n  ftj get ftj-1 -o json\n      the record as the server sent it\n")
                .endsWith("\nExit codes:\n  0  every record was printed\n  4  there is no such job\n");
    }

    @Test
    void everyCommandHasAPageWithHelpAmongItsOptions() {
        for (String name : Samples.COMMANDS.names()) {
            assertThat(help.page(name, 80)).contains("Usage: ftj " + name).contains("-h, --help");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 40, 80, 132})
    void noLineIsWiderThanItsWidthButForAWordOrALineToCopy(int width) {
        String text = help.overview(width) + help.page("get", width) + help.page("completion", width);

        assertThat(text.lines().filter(line -> line.length() > width))
                .allMatch(line -> line.startsWith("  ftj ") || !line.strip().contains(" "));
        assertThat(text.lines()).noneMatch(line -> line.endsWith(" "));
    }

    @Test
    void helpIsPlainText() {
        assertThat(help.overview(80) + help.page("get", 20)).matches("[\\n\\x20-\\x7e]+");
    }

    @Test
    void helpOfAnUnknownCommandNamesTheNearest() {
        assertThatExceptionOfType(FineTuneException.class)
                .isThrownBy(() -> help.page("gte", 80))
                .withMessage("unknown command: gte. Did you mean get?");
    }
}
