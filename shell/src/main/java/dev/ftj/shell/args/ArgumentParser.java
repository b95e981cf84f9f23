package dev.ftj.shell.args;

import dev.ftj.FineTuneException;
import dev.ftj.shell.args.CommandLine.Given;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Parses the words of one command line, from left to right, and checks them against the command's spec. */
final class ArgumentParser {
    private static final int SHOWN_CODE_POINTS = 64;

    /** Options of other tools without their dashes, with what does the same here. */
    private static final Map<String, String> ELSEWHERE = Map.of(
            "json", "Did you mean -o json?",
            "format", "Did you mean -o?",
            "jq", "Use --field PATH, or -o json and jq",
            "query", "Use --field PATH",
            "api-key", "A key is never an argument: set ATAI_API_KEY, or use --api-key-file FILE",
            "X", "The method is the first argument: api GET PATH");

    private final Commands commands;
    private final List<String> words;
    private final List<ArgToken> tokens;
    private final boolean help;
    private final @Nullable ArgToken head;
    private final String name;
    private final @Nullable CommandSpec spec;

    ArgumentParser(Commands commands, List<String> words) {
        this.commands = commands;
        this.words = words;
        tokens = ArgToken.scan(words);
        help = asksFor(Option.HELP);
        head = firstArgument();
        name = head != null ? head.text() : asksFor(Option.VERSION) && !help ? "version" : "";
        spec = commands.find(name);
    }

    CommandLine parsed() {
        List<ArgToken> arguments = new ArrayList<>();
        List<Given> options = new ArrayList<>();
        int literalFrom = CommandLine.NONE_LITERAL;
        for (ArgToken token : tokens) {
            if (token.kind() == ArgToken.Kind.END) {
                literalFrom = arguments.size();
            } else if (token.kind() == ArgToken.Kind.OPTION) {
                take(token, options);
            } else if (token.kind() != ArgToken.Kind.ARGUMENT) {
                throw wrongOption(token);
            } else if (head == null || token.index() != head.index()) {
                arguments.add(token);
            } else if (spec == null) {
                throw usage("unknown command: " + shown(token), commands.hint(name));
            }
        }
        if (help) {
            return new CommandLine(
                    "help", options, spec == null ? List.of() : List.of(spec.name()), CommandLine.NONE_LITERAL);
        }
        if (spec != null) {
            check(spec, arguments);
        }
        List<String> values = new ArrayList<>(arguments.size());
        for (ArgToken argument : arguments) {
            values.add(argument.text());
        }
        return new CommandLine(name, options, values, literalFrom);
    }

    private void take(ArgToken token, List<Given> options) {
        Option option = option(token);
        boolean ofOther = help && option == Option.OUTPUT && !name.equals("help");
        if (option == Option.HELP || ofOther || (option == Option.VERSION && head == null)) {
            return;
        }
        boolean again = false;
        for (Given earlier : options) {
            again |= earlier.option() == option;
        }
        if (help) {
            options.removeIf(earlier -> earlier.option() == option);
            options.add(new Given(option, token.text()));
            return;
        }
        Given checked = checked(token, option);
        if (again && option.takesValue() && !option.repeats()) {
            throw usage(option.spelling() + " is given twice", "Give it once");
        }
        options.add(checked);
    }

    /** Checks that the option may stand here, and resolves its value to one of its choices if it has any. */
    private Given checked(ArgToken token, Option option) {
        boolean taken = spec == null ? commands.shellOptions().contains(option) : spec.takes(option);
        if (!taken && (spec != null || head == null)) {
            String what = head == null
                    ? option.spelling() + " needs a command"
                    : name + " does not take " + option.spelling();
            throw usage(what, DidYouMean.hint(option.spelling(), validOptions()));
        }
        List<String> choices = spec == null ? option.choices() : spec.choices(option);
        if (choices.isEmpty()) {
            return new Given(option, token.text());
        }
        String choice = option.choice(token.text());
        if (!choices.contains(choice)) {
            throw usage(
                    "invalid value for " + option.spelling() + ": " + shown(token), DidYouMean.choice(choice, choices));
        }
        return new Given(option, choice);
    }

    private void check(CommandSpec command, List<ArgToken> arguments) {
        Parameters parameters = command.parameters();
        String usage = ("Usage: ftj " + command.name() + " " + parameters.usage()).strip();
        if (arguments.size() > parameters.max()) {
            throw usage("unexpected argument: " + shown(arguments.get(parameters.max())), usage);
        }
        if (arguments.size() < parameters.min()) {
            throw usage(command.name() + " needs " + parameters.usage(), usage);
        }
        for (ArgToken argument : arguments) {
            if (!parameters.choices().isEmpty() && !parameters.choices().contains(argument.text())) {
                throw usage(
                        "invalid argument for " + command.name() + ": " + shown(argument),
                        command.name().equals("help")
                                ? commands.hint(argument.text())
                                : DidYouMean.choice(argument.text(), parameters.choices()));
            }
        }
    }

    private FineTuneException wrongOption(ArgToken token) {
        if (token.kind() == ArgToken.Kind.UNKNOWN) {
            String known = ELSEWHERE.get(token.text().replaceFirst("^--?", ""));
            if (known != null && (!known.contains("-o") || validOptions().contains(Option.OUTPUT.spelling()))) {
                return usage("unknown option: " + shown(token), known);
            }
            boolean isLong = token.text().startsWith("--");
            String hint = isLong
                    ? DidYouMean.hint(token.text(), validOptions())
                    : DidYouMean.possible(validOptions()) + "; after -- it would be an argument";
            return usage("unknown option: " + shown(token), hint);
        }
        Option option = option(token);
        if (token.kind() == ArgToken.Kind.ONE_DASH) {
            return usage("a single dash before " + option.longName(), "Did you mean " + option.spelling() + "?");
        }
        if (token.kind() == ArgToken.Kind.VALUE_SURPLUS) {
            return usage(option.spelling() + " takes no value", null);
        }
        List<String> choices = spec == null ? option.choices() : spec.choices(option);
        return usage(
                option.spelling() + " needs a value",
                choices.isEmpty()
                        ? "Write " + option.spelling() + " " + option.placeholder() + ", or " + option.spelling() + "="
                                + option.placeholder() + " where it begins with a dash"
                        : DidYouMean.possible(choices));
    }

    private Set<String> validOptions() {
        // with an unknown command any option may be meant
        List<Option> options = spec == null && head != null ? List.of(Option.values()) : commands.options(spec);
        Set<String> valid = new LinkedHashSet<>();
        for (Option option : options) {
            valid.add(option.spelling());
        }
        return valid;
    }

    private boolean asksFor(Option option) {
        for (ArgToken token : tokens) {
            if (token.kind() == ArgToken.Kind.OPTION && token.option() == option) {
                return true;
            }
        }
        return false;
    }

    private @Nullable ArgToken firstArgument() {
        for (ArgToken token : tokens) {
            if (token.kind() == ArgToken.Kind.ARGUMENT) {
                return token;
            }
        }
        return null;
    }

    static Option option(ArgToken token) {
        Option option = token.option();
        if (option == null) {
            throw new IllegalStateException("no option: " + token.kind());
        }
        return option;
    }

    private String shown(ArgToken token) {
        return shown(SecretDetector.hide(token.text(), words, token.index()));
    }

    /** Returns a user's word for an error message: quoted if it is empty, cut if it is long, without a key. */
    static String shown(String word) {
        String text = SecretDetector.hide(word);
        if (text.codePointCount(0, text.length()) > SHOWN_CODE_POINTS) {
            return text.substring(0, text.offsetByCodePoints(0, SHOWN_CODE_POINTS)) + "...";
        }
        return text.isEmpty() ? "''" : text;
    }

    private static FineTuneException usage(String what, @Nullable String hint) {
        return FineTuneException.of(FineTuneException.Kind.USAGE, what, hint);
    }
}
