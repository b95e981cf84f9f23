package dev.ftj.shell.args;

import dev.ftj.internal.json.JsonWriter;
import dev.ftj.internal.json.RawJson;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Help as data: commands, arguments, options and exit codes, from the tables that the parser uses. */
public final class HelpData {
    private final Commands commands;

    public HelpData(Commands commands) {
        this.commands = commands;
    }

    /** Returns all commands, the options that are valid without a command, exit codes, and environment variables. */
    public RawJson overview() {
        List<RawJson> all = new ArrayList<>();
        for (CommandSpec spec : commands.all()) {
            all.add(command(spec));
        }
        return JsonWriter.objectOf(
                "commands", all,
                "options", options(null),
                "exit_codes", exitCodes(Help.EXIT_CODES),
                "environment", rows(Help.ENVIRONMENT, "name", "meaning"));
    }

    /**
     * Returns one command.
     *
     * @throws dev.ftj.FineTuneException of kind {@code USAGE} if there is no such command
     */
    public RawJson page(String name) {
        return command(commands.get(name));
    }

    private RawJson command(CommandSpec spec) {
        Parameters parameters = spec.parameters();
        RawJson arguments = JsonWriter.objectOf(
                "usage", parameters.usage(),
                "min", parameters.min(),
                "max", parameters.max() == Parameters.MANY ? null : parameters.max(),
                "jobs", parameters.jobs(),
                "choices", parameters.choices());
        return JsonWriter.objectOf(
                "name", spec.name(),
                "summary", spec.summary(),
                "arguments", arguments,
                "options", options(spec),
                "examples", rows(spec.examples(), "line", "meaning"),
                "exit_codes", exitCodes(spec.exitCodes()),
                "prompt_only", spec.promptOnly());
    }

    private List<RawJson> options(@Nullable CommandSpec spec) {
        List<RawJson> all = new ArrayList<>();
        for (Option option : commands.options(spec)) {
            all.add(JsonWriter.objectOf(
                    "name",
                    option.spelling(),
                    "short",
                    option.shortName() == ' ' ? null : "-" + option.shortName(),
                    "value",
                    option.placeholder(),
                    "repeats",
                    option.repeats(),
                    "choices",
                    spec == null ? option.choices() : spec.choices(option),
                    "meaning",
                    spec == null ? option.description() : spec.description(option)));
        }
        return all;
    }

    private static List<RawJson> exitCodes(List<CommandSpec.Row> rows) {
        return rows.stream()
                .map(row -> JsonWriter.objectOf("code", Integer.valueOf(row.term()), "meaning", row.text()))
                .toList();
    }

    private static List<RawJson> rows(List<CommandSpec.Row> rows, String term, String text) {
        return rows.stream()
                .map(row -> JsonWriter.objectOf(term, row.term(), text, row.text()))
                .toList();
    }
}
