package dev.ftj.shell.args;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ftj.shell.args.CommandSpec.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManualPagesTest {
    private final Help help = new Help(Samples.COMMANDS);
    private final ManualPages pages = new ManualPages(Samples.COMMANDS, "1.2.3", "2026-11-27");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path dir;

    /** What a reader sees of a page: without macros and escapes. */
    private static String shown(String page) {
        return Pattern.compile("(?m)^\\.[A-Z]+ ?")
                .matcher(page)
                .replaceAll("")
                .replace("\\-", "-")
                .replace("\\(dq", "\"")
                .replace("\\(aq", "'")
                .replace("\\e", "\\");
    }

    @Test
    void everyTermAndTextOfHelpIsInTheManual() {
        for (String name : Samples.COMMANDS.names()) {
            String manual = shown(pages.text(help.page(name)));

            assertThat(manual)
                    .contains(help.page(name).summary(), help.page(name).usage());
            for (HelpPage.Section section : help.page(name).sections()) {
                for (Row row : section.rows()) {
                    assertThat(manual).contains(row.term().strip() + "\n" + row.text() + "\n");
                    assertThat(help.page(name, 1000)).contains(row.term().strip(), row.text());
                }
            }
        }
        assertThat(shown(pages.text(help.overview())))
                .contains(help.overview().sections().stream()
                        .flatMap(section -> section.rows().stream())
                        .map(row -> row.term().strip() + "\n" + row.text())
                        .toArray(String[]::new));
    }

    @Test
    void aPageHasTheSectionsOfAManual() {
        assertThat(pages.text(help.page("get")))
                .startsWith(".TH FTJ-GET 1 2026-11-27 \"ftj 1.2.3\" \"ftj manual\"\n.SH NAME\nftj\\-get \\- ")
                .contains("\n.SH SYNOPSIS\n", "\n.SH OPTIONS\n.TP\n.B \\-", "\n.SH EXAMPLES\n", "\n.SH EXIT STATUS\n")
                .endsWith("\n.SH SEE ALSO\n.BR ftj (1)\n");
    }

    @Test
    void noTextIsTakenForAMacroOrAnEscape() {
        CommandSpec odd = CommandSpec.named("odd", "'quotes' and \\slashes")
                .example(".dot file", ".begins with a dot")
                .build();
        Commands commands = new Commands(List.of("odd"), name -> odd, List.of(), "");
        String page = new ManualPages(commands, "1", "2026-11-27").text(new Help(commands).page("odd"));

        assertThat(page)
                .contains("\\(aqquotes\\(aq and \\eslashes", ".B ftj .dot file\n\\&.begins with a dot\n")
                .doesNotContainPattern("(?m)^['.](?!TH|SH|TP|PP|BR? )");
    }

    @Test
    void thereIsAPageForFtjAndForEachCommand() throws IOException {
        pages.writeTo(dir.resolve("man1"));

        try (Stream<Path> files = Files.list(dir.resolve("man1"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .hasSize(1 + Samples.COMMANDS.names().size())
                    .contains("ftj.1", "ftj-get.1");
        }
    }
}
