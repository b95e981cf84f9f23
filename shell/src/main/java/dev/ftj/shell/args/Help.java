package dev.ftj.shell.args;

import dev.ftj.shell.args.HelpPage.Section;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Help as plain text, made from the same tables that the parser obeys. Every line ends in a line feed. */
public final class Help {
    static final List<CommandSpec.Row> EXIT_CODES = List.of(
            new CommandSpec.Row("0", "done"),
            new CommandSpec.Row(
                    "1",
                    "a local failure: a file, the disk, stdout; \"no\" at a question; a --field that is null or missing"),
            new CommandSpec.Row("2", "usage; or the server refused the request itself (400, 413, 422)"),
            new CommandSpec.Row("3", "no key, or the server refused it (401, 403)"),
            new CommandSpec.Row("4", "no such job (404)"),
            new CommandSpec.Row(
                    "5", "the server failed (408, 429, 5xx after retries), or its response is not the record"),
            new CommandSpec.Row("6", "the network: DNS, connection, TLS, the call's deadline"),
            new CommandSpec.Row("7", "the job's state does not allow it (409)"),
            new CommandSpec.Row("10", "a watched job FAILED"),
            new CommandSpec.Row("11", "a watched job was STOPPED"),
            new CommandSpec.Row("12", "a watched job was CANCELLED"),
            new CommandSpec.Row("124", "the --timeout of a watch passed"),
            new CommandSpec.Row("130", "Ctrl-C"));
    static final List<CommandSpec.Row> ENVIRONMENT = List.of(
            new CommandSpec.Row("ATAI_API_KEY", "the API key; or in a file: ATAI_API_KEY_FILE"),
            new CommandSpec.Row("ATAI_API_ENDPOINT", "the API's base URL; /v0.6 at its end selects the newer API"),
            new CommandSpec.Row("FTJ_HOME", "where all local files live"));

    private static final String USAGE = "ftj [OPTION...] COMMAND [ARGUMENT...]";

    private final Commands commands;

    public Help(Commands commands) {
        this.commands = commands;
    }

    /** Returns how a call is built, on one line. */
    public String usage() {
        return "Usage: " + USAGE;
    }

    /**
     * Returns all commands, the options of the shell itself, exit codes, and environment variables.
     *
     * @param width the columns to fill, at least 20 to be readable
     */
    public String overview(int width) {
        HelpPage page = overview();
        HelpFormatter text = new HelpFormatter(width);
        text.paragraph(usage());
        text.paragraph(page.notes().get(0));
        page.sections().forEach(text::section);
        text.paragraph("For a command: ftj help COMMAND. " + page.notes().get(1));
        return text.text();
    }

    /**
     * Returns one command's usage, options, arguments, examples, and exit codes.
     *
     * @param name the command's name
     * @param width the columns to fill, at least 20 to be readable
     * @throws dev.ftj.FineTuneException of kind {@code USAGE} if there is no such command
     */
    public String page(String name, int width) {
        HelpPage page = page(name);
        HelpFormatter text = new HelpFormatter(width);
        text.paragraph("ftj " + name + ": " + page.summary());
        text.paragraph("Usage: " + page.usage());
        page.sections().forEach(text::section);
        return text.text();
    }

    HelpPage overview() {
        List<CommandSpec.Row> rows = new ArrayList<>();
        for (CommandSpec spec : commands.all()) {
            rows.add(new CommandSpec.Row((spec.name() + " " + spec.parameters().usage()).strip(), spec.summary()));
        }
        return new HelpPage(
                "ftj",
                "work with Archetype AI fine-tune jobs",
                USAGE,
                List.of(
                        new Section("Commands", rows, false),
                        new Section("Options", optionRows(null), false),
                        new Section("Exit codes", EXIT_CODES, false),
                        new Section("Environment", ENVIRONMENT, false)),
                List.of(
                        "Without a command: a shell on a terminal; otherwise the lines of stdin, as a script.",
                        "Everything after -- is an argument."));
    }

    HelpPage page(String name) {
        CommandSpec spec = commands.get(name);
        Parameters parameters = spec.parameters();
        List<CommandSpec.Row> arguments = parameters.max() > 0
                ? List.of(new CommandSpec.Row(parameters.usage(), meaning(parameters)))
                : List.of();
        return new HelpPage(
                name,
                spec.summary(),
                ("ftj " + name + " [OPTION...] " + parameters.usage()).strip(),
                List.of(
                        new Section("Arguments", arguments, false),
                        new Section("Options", optionRows(spec), false),
                        new Section("Examples", spec.examples(), true),
                        new Section("Exit codes", spec.exitCodes(), false)),
                List.of());
    }

    private static String meaning(Parameters parameters) {
        if (parameters.jobs()) {
            String stdin = parameters.max() > 1 ? "; - reads ids from stdin, one a line" : "";
            return "a job's id; or @NAME as saved, @last for the last one shown, @1 to @9 for a row of the last list;"
                    + " @@ before an id that begins with @" + stdin;
        }
        if (!parameters.choices().isEmpty()) {
            return "one of " + String.join(", ", parameters.choices());
        }
        return switch (parameters.usage()) {
            case "METHOD PATH" -> "GET, HEAD, POST, PUT, PATCH or DELETE; a path below the endpoint, with its query";
            case "[FILE_ID]" -> "the id of an uploaded file; all files unless given";
            case "[COMMAND]" -> "the name of a command; an overview unless given";
            case "[URL]" -> "a base URL, or a version of the API such as v0.6; shown unless given";
            default -> "files on this machine";
        };
    }

    private List<CommandSpec.Row> optionRows(@Nullable CommandSpec spec) {
        List<CommandSpec.Row> rows = new ArrayList<>();
        for (Option option : commands.options(spec)) {
            rows.add(
                    spec == null
                            ? optionRow(option, option.description(), option.choices())
                            : optionRow(option, spec.description(option), spec.choices(option)));
        }
        return rows;
    }

    private static CommandSpec.Row optionRow(Option option, String description, List<String> choices) {
        String letter = option.shortName() == ' ' ? "    " : "-" + option.shortName() + ", ";
        String value = option.takesValue() ? " " + option.placeholder() : "";
        String text = description + (choices.isEmpty() ? "" : ": " + String.join(", ", choices));
        return new CommandSpec.Row(letter + option.spelling() + value, text);
    }
}
