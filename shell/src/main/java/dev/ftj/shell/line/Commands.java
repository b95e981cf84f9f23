package dev.ftj.shell.line;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The table of all commands, in help's order, and the options that may stand without any. */
public final class Commands {
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
