package dev.ftj.shell.session;

import dev.ftj.shell.args.CommandLine;
import dev.ftj.shell.args.CommandSpec;
import dev.ftj.shell.args.Option;
import dev.ftj.shell.args.ShellLine;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The options that a shell or a script gives to each of its lines. */
final class ShellOptions {
    static final ShellOptions NONE = new ShellOptions(CommandLine.EMPTY, false);

    private final CommandLine options;
    private final boolean interactive;

    /** @param interactive whether a person types the lines */
    ShellOptions(CommandLine options, boolean interactive) {
        this.options = options;
        this.interactive = interactive;
    }

    ShellOptions with(Option option, String value) {
        return new ShellOptions(options.with(option, value), interactive);
    }

    CommandLine options() {
        return options;
    }

    boolean isInteractive() {
        return interactive;
    }

    /** Returns a command as {@link Session#typed} does. */
    String typed(CommandLine line, String command) {
        StringBuilder added = new StringBuilder();
        for (Option option : List.of(Option.ENDPOINT, Option.API_KEY_FILE, Option.SANDBOX)) {
            String value = line.value(option);
            if (value != null && !(interactive && value.equals(options.value(option)))) {
                added.append(' ').append(option.spelling());
                added.append(option.takesValue() ? " " + ShellLine.quote(value, null) : "");
            }
        }
        int name = (command + " ").indexOf(' ');
        return (interactive ? "" : "ftj ") + command.substring(0, name) + added + command.substring(name);
    }

    /** Adds these options to a line, as {@link Session#withOptions} does. */
    CommandLine addTo(CommandLine line, @Nullable CommandSpec spec) {
        List<CommandLine.Given> inherited = new ArrayList<>();
        for (CommandLine.Given given : options.options()) {
            Option option = given.option();
            boolean wanted = (!line.has(option) || !option.takesValue())
                    && !(option == Option.ENDPOINT && line.has(Option.SANDBOX));
            if (wanted && (spec == null || takes(spec, given))) {
                inherited.add(given);
            }
        }
        CommandLine all = line.withDefaults(inherited);
        boolean newer = spec != null && spec.versions().equals(List.of("v0.6"));
        return newer && all.has(Option.SANDBOX) && !all.has(Option.ENDPOINT)
                ? all.with(Option.ENDPOINT, "v0.6") // the sandbox serves both versions
                : all;
    }

    private static boolean takes(CommandSpec spec, CommandLine.Given given) {
        List<String> choices = spec.choices(given.option());
        return spec.takes(given.option()) && (choices.isEmpty() || choices.contains(given.value()));
    }
}
