package dev.ftj.shell.args;

import dev.ftj.FineTuneException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The table of all commands, in the order of help, and the options that are valid without a command. A spec is made when it
 * is asked for, so that one command does not load the others.
 */
public final class Commands {
    /** Commands of other tools, and the lines that do the same here; the first word of a line is a command. */
    private static final Map<String, List<String>> SYNONYMS = Map.ofEntries(
            Map.entry("show", List.of("get")),
            Map.entry("describe", List.of("get")),
            Map.entry("info", List.of("get")),
            Map.entry("inspect", List.of("get")),
            Map.entry("status", List.of("get")),
            Map.entry("view", List.of("get")),
            Map.entry("logs", List.of("watch", "events")),
            Map.entry("log", List.of("watch", "events")),
            Map.entry("tail", List.of("watch", "events")),
            Map.entry("follow", List.of("watch")),
            Map.entry("ls", List.of("list")),
            Map.entry("jobs", List.of("list")),
            Map.entry("ps", List.of("list")),
            Map.entry("rm", List.of("delete")),
            Map.entry("remove", List.of("delete")),
            Map.entry("kill", List.of("cancel")),
            Map.entry("abort", List.of("cancel")),
            Map.entry("retry", List.of("create --like JOB")),
            Map.entry("rerun", List.of("create --like JOB")));

    /** Commands that are never suggested for a misspelled word. */
    private static final Set<String> DESTRUCTIVE = Set.of("stop", "cancel", "delete", "forget");

    private final List<String> names;
    private final Function<String, CommandSpec> specs;
    private final List<Option> shellOptions;
    private final String home;
    private final Map<String, CommandSpec> made = new HashMap<>();

    /**
     * Makes the table.
     *
     * @param names the commands' names, each once
     * @param specs makes the spec of the command with one of these names
     * @param shellOptions the options that are valid without a command: those of the shell that opens then
     * @param home the directory that an unquoted {@code ~/} of a line stands for
     */
    public Commands(List<String> names, Function<String, CommandSpec> specs, List<Option> shellOptions, String home) {
        this.names = List.copyOf(names);
        this.specs = specs;
        this.shellOptions = List.copyOf(shellOptions);
        this.home = home;
    }

    public List<CommandSpec> all() {
        List<CommandSpec> all = new ArrayList<>();
        for (String name : names) {
            all.add(spec(name));
        }
        return all;
    }

    /** Returns the names of all commands. */
    public List<String> names() {
        return names;
    }

    /** Returns a hint for an unknown command: its synonym here, the nearest name, or all names. */
    public String hint(String wrong) {
        if (wrong.startsWith("@") && names.contains("get")) {
            return "Did you mean get " + wrong + "?";
        }
        if (wrong.equals("?") && names.contains("help")) {
            return "Did you mean help?";
        }
        List<String> same = SYNONYMS.getOrDefault(wrong.toLowerCase(Locale.ROOT), List.of()).stream()
                .filter(line -> names.contains(line.split(" ", 2)[0]))
                .toList();
        if (!same.isEmpty()) {
            return "Did you mean " + String.join(" or ", same) + "?";
        }
        List<String> harmless =
                names().stream().filter(name -> !DESTRUCTIVE.contains(name)).toList();
        return DidYouMean.to(wrong, harmless) == null
                ? DidYouMean.possible(names())
                : String.valueOf(DidYouMean.hint(wrong, harmless));
    }

    /** Returns the options that are valid without a command. */
    public List<Option> shellOptions() {
        return shellOptions;
    }

    /**
     * Returns all options that are valid with a command, in the order of help.
     *
     * @param spec null for a line without a command: the options of the shell, --help and --version
     */
    public List<Option> options(@Nullable CommandSpec spec) {
        List<Option> options =
                new ArrayList<>(spec == null ? shellOptions : spec.options().keySet());
        options.add(Option.HELP);
        if (spec == null) {
            options.add(Option.VERSION);
        }
        return options;
    }

    /**
     * Parses a line as typed at the prompt or read from a script. A first word {@code ftj}, of a line that was copied
     * from another shell, is ignored.
     *
     * @return a line without a command for a blank line or a comment
     * @throws FineTuneException of kind {@code USAGE} if it is not valid, or not complete
     */
    public CommandLine parse(String line) {
        List<String> words = ShellLine.of(line).complete(home);
        boolean copied = words.size() > 1 && words.get(0).equals("ftj");
        return parse(copied ? words.subList(1, words.size()) : words);
    }

    /**
     * Parses the words of argv, by the same grammar: known options with valid values, the right number of arguments.
     * {@code get --help} becomes {@code help get}, {@code --version} becomes {@code version}; a line without a command has
     * an empty name.
     *
     * @throws FineTuneException of kind {@code USAGE} if they are not valid
     */
    public CommandLine parse(List<String> words) {
        return new ArgumentParser(this, words).parsed();
    }

    /** Returns the spec of a command; null if there is no command of that name. */
    public @Nullable CommandSpec find(String name) {
        return names.contains(name) ? spec(name) : null;
    }

    /**
     * Returns the spec of a command.
     *
     * @throws FineTuneException of kind {@code USAGE} if there is no command of that name
     */
    CommandSpec get(String name) {
        CommandSpec spec = find(name);
        if (spec == null) {
            throw FineTuneException.of(
                    FineTuneException.Kind.USAGE, "unknown command: " + ArgumentParser.shown(name), hint(name));
        }
        return spec;
    }

    private CommandSpec spec(String name) {
        CommandSpec spec = made.get(name);
        if (spec == null) {
            spec = specs.apply(name);
            made.put(name, spec);
        }
        return spec;
    }
}
