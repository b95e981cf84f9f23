package dev.ftj.shell.completion;

import dev.ftj.shell.args.CommandSpec;
import dev.ftj.shell.args.Commands;
import dev.ftj.shell.args.Option;
import dev.ftj.shell.args.Suggestions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A shell's completion script: how that shell offers words is in a resource of its name, what there is to offer is the
 * table of commands, written into it.
 *
 * <p>A row of the table is {@code COMMAND|WORD|KIND|VALUES|DESCRIPTION}. COMMAND is where it may stand, empty before any;
 * WORD a command, an option, or empty for the command's arguments; KIND {@code command}, {@code flag}, or what is
 * offered for the value or argument: {@code words} (VALUES, with spaces between), {@code files}, {@code jobs},
 * {@code commands}.
 */
public final class CompletionScript {
    /** Every shell that has one. */
    public static final List<String> SHELLS = List.of("bash", "zsh", "fish", "powershell");

    private static final String TABLE = "@TABLE@";
    private static final String VALUED = "@VALUED@";

    private CompletionScript() {}

    /**
     * The script, to be sourced.
     *
     * @param shell one of {@link #SHELLS}
     * @throws IOException if this installation lacks the shell's part
     */
    public static String of(String shell, Commands commands) throws IOException {
        String name = "ftj." + shell;
        try (InputStream script = CompletionScript.class.getResourceAsStream(name)) {
            if (script == null) {
                throw new IOException("there is no " + name);
            }
            String table = String.join("\n", rows(commands));
            return new String(script.readAllBytes(), StandardCharsets.UTF_8)
                    .replace(VALUED, String.join(" ", valued(commands)))
                    // PowerShell has the table in a here-string, where a quote stands for itself
                    .replace(TABLE, shell.equals("powershell") ? table : table.replace("'", "'\\''"));
        }
    }

    /** The options whose next word is their value, wherever they stand. */
    private static Set<String> valued(Commands commands) {
        Set<String> words = new LinkedHashSet<>();
        for (CommandSpec spec : commands.all()) {
            for (Option option : spec.options().keySet()) {
                if (option.takesValue()) {
                    words.addAll(spellings(option));
                }
            }
        }
        return words;
    }

    static List<String> rows(Commands commands) {
        List<String> rows = new ArrayList<>();
        List<CommandSpec> specs =
                commands.all().stream().filter(spec -> !spec.promptOnly()).toList();
        for (CommandSpec spec : specs) {
            rows.add(row("", spec.name(), "command", List.of(), spec.summary()));
        }
        options(null, commands, rows);
        for (CommandSpec spec : specs) {
            if (spec.parameters().max() > 0) {
                Suggestions offered = Suggestions.of(spec.parameters());
                rows.add(row(spec.name(), "", kind(offered), offered.words(), ""));
            }
            options(spec, commands, rows);
        }
        return rows;
    }

    private static void options(@Nullable CommandSpec spec, Commands commands, List<String> rows) {
        String command = spec == null ? "" : spec.name();
        for (Option option : commands.options(spec)) {
            Suggestions offered = Suggestions.of(option, spec);
            String kind = option.takesValue() ? kind(offered) : "flag";
            for (String word : spellings(option)) {
                String description = spec == null ? option.description() : spec.description(option);
                rows.add(row(command, word, kind, offered.words(), description));
            }
        }
    }

    private static List<String> spellings(Option option) {
        return option.shortName() == ' '
                ? List.of(option.spelling())
                : List.of(option.spelling(), "-" + option.shortName());
    }

    private static String kind(Suggestions offered) {
        return offered.kind().name().toLowerCase(Locale.ROOT);
    }

    private static String row(String command, String word, String kind, List<String> values, String description) {
        return String.join("|", command, word, kind, String.join(" ", values), description);
    }
}
