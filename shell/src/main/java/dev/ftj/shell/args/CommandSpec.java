package dev.ftj.shell.args;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The description of a command, for the parser, help and completion.
 *
 * @param name one word
 * @param summary its effect, on one line, without a full stop
 * @param parameters the arguments that it takes
 * @param options the options that it takes, in the order of help, each with its valid values (none: any text, or a flag);
 *     {@code --help} is always valid
 * @param descriptions of the options that do something of their own with the command
 * @param examples a line to type, and its effect
 * @param exitCodes a code, and when it is returned
 * @param handlesInterrupt whether the command handles Ctrl-C itself
 * @param promptOnly whether it only works at the prompt, so that no shell completes it
 * @param versions the versions of the API that the command has calls of; empty if it works with any
 */
public record CommandSpec(
        String name,
        String summary,
        Parameters parameters,
        Map<Option, List<String>> options,
        Map<Option, String> descriptions,
        List<Row> examples,
        List<Row> exitCodes,
        boolean handlesInterrupt,
        boolean promptOnly,
        List<String> versions) {

    /** A line of help: a term and its description. */
    public record Row(String term, String text) {}

    public CommandSpec {
        options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
        descriptions = Map.copyOf(descriptions);
        examples = List.copyOf(examples);
        exitCodes = List.copyOf(exitCodes);
        versions = List.copyOf(versions);
    }

    /** Starts the spec of a command without arguments and options. */
    public static Builder named(String name, String summary) {
        return new Builder(name, summary);
    }

    /**
     * Starts the spec of a command that sends requests: it takes the options of every such command, which come last in its
     * help, and has their exit codes, unless it describes a code itself. It works with v0.5 only, unless it says so.
     */
    public static Builder forApi(String name, String summary) {
        Builder builder = new Builder(name, summary)
                .versions("v0.5")
                .exit(2, "a bad id, option or reference")
                .exit(3, "no key, or the server refused it")
                .exit(5, "the server failed, or its response is not the record")
                .exit(6, "the network failed, or the deadline passed");
        builder.common = List.of(
                Option.ENDPOINT, Option.API_KEY_FILE, Option.SANDBOX, Option.TIMEOUT, Option.COLOR, Option.VERBOSE);
        return builder;
    }

    /** Starts the spec of a command that reads or changes the job book of an endpoint, and sends no request. */
    public static Builder forBook(String name, String summary) {
        Builder builder = new Builder(name, summary);
        builder.common = List.of(Option.ENDPOINT, Option.SANDBOX, Option.COLOR, Option.VERBOSE);
        return builder;
    }

    /** Returns whether the option may stand with this command. */
    public boolean takes(Option option) {
        return option == Option.HELP || options.containsKey(option);
    }

    /** Returns the valid values of an option with this command; empty if any text is valid. */
    public List<String> choices(Option option) {
        return options.getOrDefault(option, option.choices());
    }

    /** Returns what an option does with this command. */
    public String description(Option option) {
        return descriptions.getOrDefault(option, option.description());
    }

    /** Builds a spec; options and examples are kept in order. */
    public static final class Builder {
        private final String name;
        private final String summary;
        private final Map<Option, List<String>> options = new LinkedHashMap<>();
        private final Map<Option, String> descriptions = new EnumMap<>(Option.class);
        private final List<Row> examples = new ArrayList<>();
        private final Map<Integer, Row> exitCodes = new TreeMap<>();
        private List<Option> common = List.of();
        private Parameters parameters = Parameters.none();
        private boolean handlesInterrupt;
        private boolean promptOnly;
        private List<String> versions = List.of();

        private Builder(String name, String summary) {
            this.name = name;
            this.summary = summary;
        }

        /** Sets the arguments. */
        public Builder parameters(Parameters arguments) {
            parameters = arguments;
            return this;
        }

        /** Adds options with all their values. */
        public Builder options(Option... added) {
            for (Option option : added) {
                options.put(option, option.choices());
            }
            return this;
        }

        /** Adds an option with some of its values. */
        public Builder option(Option option, String... choices) {
            options.put(option, List.of(choices));
            return this;
        }

        /** Describes an option that does something of its own with this command. */
        public Builder describe(Option option, String description) {
            descriptions.put(option, description);
            return this;
        }

        public Builder example(String line, String does) {
            examples.add(new Row(line, does));
            return this;
        }

        /** Adds an exit code, or replaces its description. */
        public Builder exit(int code, String when) {
            exitCodes.put(code, new Row(Integer.toString(code), when));
            return this;
        }

        /** Leaves Ctrl-C to the command: it runs long, or reports its state. */
        public Builder handlesInterrupt() {
            handlesInterrupt = true;
            return this;
        }

        /** Marks a command that only works at the prompt. */
        public Builder promptOnly() {
            promptOnly = true;
            return this;
        }

        /** Sets the versions of the API that the command works with; none for any. */
        public Builder versions(String... supported) {
            versions = List.of(supported);
            return this;
        }

        public CommandSpec build() {
            for (Option option : common) {
                options.put(option, option.choices());
            }
            return new CommandSpec(
                    name,
                    summary,
                    parameters,
                    options,
                    descriptions,
                    examples,
                    new ArrayList<>(exitCodes.values()),
                    handlesInterrupt,
                    promptOnly,
                    versions);
        }
    }
}
