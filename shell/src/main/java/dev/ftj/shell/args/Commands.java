package dev.ftj.shell.args;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The table of all commands, in help's order, and the options that may stand without any. */
public final class Commands {
    /** Commands that other tools have, and the lines that do the same here; the first word is a command. */
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

    /** Commands that a word which is merely spelled like them must not lead to. */
    private static final Set<String> DESTRUCTIVE = Set.of("stop", "cancel", "delete", "forget");

    private final Map<String, CommandSpec> byName = new LinkedHashMap<>();
    private final List<Option> shellOptions;

    /**
     * The table.
     *
     * @param specs the commands, each name once
     * @param shellOptions what may stand where no command is named: the options of the shell that opens then
     */
    public Commands(Collection<CommandSpec> specs, Collection<Option> shellOptions) {
        for (CommandSpec spec : specs) {
            if (byName.put(spec.name(), spec) != null) {
                throw new IllegalArgumentException("two commands named " + spec.name());
            }
        }
        this.shellOptions = List.copyOf(shellOptions);
    }

    /** All commands. */
    public List<CommandSpec> all() {
        return new ArrayList<>(byName.values());
    }

    /** The names of all commands. */
    public List<String> names() {
        return new ArrayList<>(byName.keySet());
    }

    /** What is said of a word that is no command: what it is called here, the nearest one, or else all. */
    public String hint(String wrong) {
        List<String> same = SYNONYMS.getOrDefault(wrong.toLowerCase(Locale.ROOT), List.of()).stream()
                .filter(line -> byName.containsKey(line.split(" ", 2)[0]))
                .toList();
        if (!same.isEmpty()) {
            return "Did you mean " + String.join(" or ", same) + "?";
        }
        List<String> harmless =
                names().stream().filter(name -> !DESTRUCTIVE.contains(name)).toList();
        return DidYouMean.to(wrong, harmless) == null
                ? "Possible: " + String.join(", ", names())
                : String.valueOf(DidYouMean.hint(wrong, harmless));
    }

    /** The options that may stand without a command. */
    public List<Option> shellOptions() {
        return shellOptions;
    }

    /**
     * All options that may stand with a command, in help's order.
     *
     * @param spec null where no command is named: those of the shell, and two that work alone
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

    /** The command of that name; null if there is none. */
    public @Nullable CommandSpec find(String name) {
        return byName.get(name);
    }
}
