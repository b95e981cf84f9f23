package dev.ftj.shell.args;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All that parser, help and completion know of a command; what it does is told elsewhere.
 *
 * @param name its one word
 * @param summary what it does, on one line, without a full stop
 * @param parameters the arguments that it takes
 * @param options the options that it takes, in help's order, each with the values that it may have here (none: any
 *     text, or no value); {@code --help} goes without saying
 * @param examples a line to type, and what it does
 * @param exitCodes a code, and when
 * @param handlesInterrupt whether it goes on for long, or has something to say of what it began, so that Ctrl-C is for it to answer
 * @param promptOnly whether it has no use as a command line of its own, so that no shell's completion offers it
 */
public record CommandSpec(
        String name,
        String summary,
        Parameters parameters,
        Map<Option, List<String>> options,
        List<Row> examples,
        List<Row> exitCodes,
        boolean handlesInterrupt,
        boolean promptOnly) {

    /** A term and its explanation: a line of help. */
    public record Row(String term, String text) {}

    public CommandSpec {
        options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
        examples = List.copyOf(examples);
        exitCodes = List.copyOf(exitCodes);
    }

    /** A command without arguments and options, until told otherwise. */
    public static Builder named(String name, String summary) {
        return new Builder(name, summary);
    }

    /** Whether the option may stand with this command. */
    public boolean takes(Option option) {
        return option == Option.HELP || options.containsKey(option);
    }

    /** The values that the option may have here; empty where any text may be one. */
    public List<String> choices(Option option) {
        return options.getOrDefault(option, option.choices());
    }

    /** Collects a spec; every call adds, in help's order. */
    public static final class Builder {
        private final String name;
        private final String summary;
        private final Map<Option, List<String>> options = new LinkedHashMap<>();
        private final List<Row> examples = new ArrayList<>();
        private final List<Row> exitCodes = new ArrayList<>();
        private Parameters parameters = Parameters.none();
        private boolean handlesInterrupt;
        private boolean promptOnly;

        private Builder(String name, String summary) {
            this.name = name;
            this.summary = summary;
        }

        /** The arguments that it takes. */
        public Builder parameters(Parameters arguments) {
            parameters = arguments;
            return this;
        }

        /** Options with all the values that they have anywhere. */
        public Builder options(Option... added) {
            for (Option option : added) {
                options.put(option, option.choices());
            }
            return this;
        }

        /** An option with only some of its values. */
        public Builder option(Option option, String... choices) {
            options.put(option, List.of(choices));
            return this;
        }

        /** A line to type, and what it does. */
        public Builder example(String line, String does) {
            examples.add(new Row(line, does));
            return this;
        }

        /** An exit code, and when it is given. */
        public Builder exit(int code, String when) {
            exitCodes.add(new Row(Integer.toString(code), when));
            return this;
        }

        /** Ctrl-C is answered by the command, which goes on for long or has something to say of what it began. */
        public Builder handlesInterrupt() {
            handlesInterrupt = true;
            return this;
        }

        /** It acts on the shell that it is typed in, and has no use as a command line of its own. */
        public Builder promptOnly() {
            promptOnly = true;
            return this;
        }

        /** The spec as it is by now. */
        public CommandSpec build() {
            return new CommandSpec(
                    name, summary, parameters, options, examples, exitCodes, handlesInterrupt, promptOnly);
        }
    }
}
