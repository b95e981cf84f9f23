package dev.ftj.shell.args;

import dev.ftj.shell.args.CommandSpec.Row;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Manual pages for {@code man}, in the man(7) macros, made from the same pages as help: {@code ftj.1} and one a command. */
public final class ManualPages {
    private final Help help;
    private final Commands commands;
    private final String version;
    private final String date;

    /**
     * @param version the program's
     * @param date the release's, as {@code 2026-11-27}
     */
    public ManualPages(Commands commands, String version, String date) {
        this.help = new Help(commands);
        this.commands = commands;
        this.version = version;
        this.date = date;
    }

    /**
     * Writes every page.
     *
     * @param directory is made if it is missing; usually {@code share/man/man1}
     * @throws IOException if one cannot be written
     */
    public void writeTo(Path directory) throws IOException {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("ftj.1"), text(help.overview()), StandardCharsets.US_ASCII);
        for (CommandSpec spec : commands.all()) {
            Files.writeString(
                    directory.resolve("ftj-" + spec.name() + ".1"),
                    text(help.page(spec.name())),
                    StandardCharsets.US_ASCII);
        }
    }

    String text(HelpPage page) {
        boolean overview = page.name().equals("ftj");
        String name = overview ? "ftj" : "ftj-" + page.name();
        StringBuilder text = new StringBuilder();
        line(text, ".TH " + name.toUpperCase(Locale.ROOT) + " 1 " + date + " \"ftj " + version + "\" \"ftj manual\"");
        line(text, ".SH NAME");
        line(text, escaped(name) + " \\- " + escaped(page.summary()));
        line(text, ".SH SYNOPSIS");
        line(text, ".B " + escaped(page.usage()));
        if (!page.notes().isEmpty()) {
            line(text, ".SH DESCRIPTION");
            for (String note : page.notes()) {
                line(text, ".PP");
                line(text, escaped(note));
            }
        }
        for (HelpPage.Section section : page.sections()) {
            line(text, ".SH " + title(section));
            for (Row row : section.rows()) {
                line(text, ".TP");
                line(
                        text,
                        ".B "
                                + escaped((section.examples() ? "ftj " : "")
                                        + row.term().strip()));
                line(text, escaped(row.text()));
            }
        }
        line(text, ".SH SEE ALSO");
        line(text, String.join(",\n", seeAlso(overview)));
        return text.toString();
    }

    private List<String> seeAlso(boolean overview) {
        List<String> pages = new ArrayList<>();
        if (!overview) {
            return List.of(".BR ftj (1)");
        }
        for (CommandSpec spec : commands.all()) {
            pages.add(".BR ftj\\-" + escaped(spec.name()) + " (1)");
        }
        return pages;
    }

    private static String title(HelpPage.Section section) {
        return section.title().equals("Exit codes")
                ? "EXIT STATUS"
                : section.title().toUpperCase(Locale.ROOT);
    }

    /** A minus that is to be copied, no control line by accident, and quotes as they are. */
    private static String escaped(String text) {
        String escaped = text.replace("\\", "\\e")
                .replace("-", "\\-")
                .replace("\"", "\\(dq")
                .replace("'", "\\(aq");
        return escaped.startsWith(".") ? "\\&" + escaped : escaped;
    }

    private static void line(StringBuilder text, String line) {
        text.append(line).append('\n');
    }
}
