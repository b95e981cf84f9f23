package dev.ftj.shell.args;

import dev.ftj.FineTuneException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.shell.core.command.CommandArgument;
import org.springframework.shell.core.command.CommandOption;
import org.springframework.shell.core.command.ParsedInput;

/** The words of one call, judged from left to right. */
final class ArgumentParser {
    private static final int SHOWN_CODE_POINTS = 64;

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

    ParsedInput parsed() {
        List<ArgToken> arguments = new ArrayList<>();
        List<ArgToken> options = new ArrayList<>();
        int literalFrom = -1;
        for (ArgToken token : tokens) {
            switch (token.kind()) {
                case END -> literalFrom = arguments.size();
                case OPTION -> take(token, options);
                case ARGUMENT -> {
                    if (head == null || token.index() != head.index()) {
                        arguments.add(token);
                    } else if (spec == null) {
                        throw usage("unknown command: " + shown(token), commands.hint(name));
                    }
                }
                default -> throw wrongOption(token);
            }
        }
        if (help) {
            return input("help", options, spec == null ? List.of() : List.of(spec.name()), -1);
        }
        if (spec != null) {
            check(spec, arguments);
        }
        List<String> values = new ArrayList<>(arguments.size());
        for (ArgToken argument : arguments) {
            values.add(argument.text());
        }
        return input(name, options, values, literalFrom);
    }

    private void take(ArgToken token, List<ArgToken> options) {
        Option option = option(token);
        if (option == Option.HELP || (option == Option.VERSION && head == null)) {
            return;
        }
        if (help) {
            options.removeIf(earlier -> earlier.option() == option);
            options.add(token);
            return;
        }
        ArgToken checked = checked(token, option);
        if (option.takesValue()
                && !option.repeats()
                && options.stream().anyMatch(earlier -> earlier.option() == option)) {
            throw usage(option.spelling() + " is given twice", "Give it once");
        }
        options.add(checked);
    }

    /** With the choice that is meant for its value, where there are choices. */
    private ArgToken checked(ArgToken token, Option option) {
        boolean taken = spec == null ? commands.shellOptions().contains(option) : spec.takes(option);
        if (!taken && (spec != null || head == null)) {
            String what = head == null
                    ? option.spelling() + " needs a command"
                    : name + " does not take " + option.spelling();
            throw usage(what, DidYouMean.hint(option.spelling(), validOptions()));
        }
        List<String> choices = spec == null ? option.choices() : spec.choices(option);
        if (choices.isEmpty()) {
            return token;
        }
        String choice = option.choice(token.text());
        if (!choices.contains(choice)) {
            throw usage(
                    "not a value of " + option.spelling() + ": " + shown(token), DidYouMean.choice(choice, choices));
        }
        return new ArgToken(token.index(), token.kind(), option, choice);
    }

    private void check(CommandSpec command, List<ArgToken> arguments) {
        Parameters parameters = command.parameters();
        String usage = ("Usage: ftj " + command.name() + " " + parameters.usage()).strip();
        if (arguments.size() > parameters.max()) {
            throw usage("surplus word: " + shown(arguments.get(parameters.max())), usage);
        }
        if (arguments.size() < parameters.min()) {
            throw usage(command.name() + " needs " + parameters.usage(), usage);
        }
        for (ArgToken argument : arguments) {
            if (!parameters.choices().isEmpty() && !parameters.choices().contains(argument.text())) {
                throw usage(
                        "not an argument of " + command.name() + ": " + shown(argument),
                        command.name().equals("help")
                                ? commands.hint(argument.text())
                                : DidYouMean.choice(argument.text(), parameters.choices()));
            }
        }
    }

    private FineTuneException wrongOption(ArgToken token) {
        if (token.kind() == ArgToken.Kind.UNKNOWN) {
            boolean isLong = token.text().startsWith("--");
            String hint = isLong
                    ? DidYouMean.hint(token.text(), validOptions())
                    : DidYouMean.possible(validOptions()) + "; behind -- it would be an argument";
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

    private static Option option(ArgToken token) {
        Option option = token.option();
        if (option == null) {
            throw new IllegalStateException("no option: " + token.kind());
        }
        return option;
    }

    private static ParsedInput input(String name, List<ArgToken> options, List<String> arguments, int literalFrom) {
        List<CommandOption> taken = new ArrayList<>(options.size() + 1);
        for (ArgToken token : options) {
            taken.add(taken(token));
        }
        if (literalFrom >= 0) {
            taken.add(CommandLine.option(' ', CommandLine.LITERAL, Integer.toString(literalFrom)));
        }
        List<CommandArgument> given = new ArrayList<>(arguments.size());
        for (int i = 0; i < arguments.size(); i++) {
            given.add(new CommandArgument(i, arguments.get(i)));
        }
        return new ParsedInput(name, List.of(), taken, given);
    }

    /** A known option as Spring Shell carries it. */
    static CommandOption taken(ArgToken token) {
        Option option = option(token);
        return CommandLine.option(option.shortName(), option.longName(), token.text());
    }

    private String shown(ArgToken token) {
        return shown(SecretDetector.hide(token.text(), words, token.index()));
    }

    /** A user's word as an error repeats it: visible where it is empty, not for pages, no key. */
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
