package dev.ftj.shell.line;

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
final class Sentence {
    private static final int SHOWN_CODE_POINTS = 64;

    private final Commands commands;
    private final List<String> words;
    private final List<Token> tokens;
    private final boolean help;
    private final @Nullable Token head;
    private final String name;
    private final @Nullable CommandSpec spec;

    Sentence(Commands commands, List<String> words) {
        this.commands = commands;
        this.words = words;
        tokens = Token.scan(words);
        help = asksFor(Option.HELP);
        head = firstArgument();
        name = head != null ? head.text() : asksFor(Option.VERSION) && !help ? "version" : "";
        spec = commands.find(name);
    }

    ParsedInput parsed() {
        List<Token> arguments = new ArrayList<>();
        List<Token> options = new ArrayList<>();
        int literalFrom = -1;
        for (Token token : tokens) {
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
        for (Token argument : arguments) {
            values.add(argument.text());
        }
        return input(name, options, values, literalFrom);
    }

    private void take(Token token, List<Token> options) {
        Option option = option(token);
        if (option == Option.HELP || (option == Option.VERSION && head == null)) {
            return;
        }
        if (help) {
            options.removeIf(earlier -> earlier.option() == option);
            options.add(token);
            return;
        }
        Token checked = checked(token, option);
        if (option.takesValue()
                && !option.repeats()
                && options.stream().anyMatch(earlier -> earlier.option() == option)) {
            throw usage(option.spelling() + " is given twice", "Give it once");
        }
        options.add(checked);
    }

    /** With the choice that is meant for its value, where there are choices. */
    private Token checked(Token token, Option option) {
        boolean taken = spec == null ? commands.shellOptions().contains(option) : spec.takes(option);
        if (!taken && (spec != null || head == null)) {
            String what = head == null
                    ? option.spelling() + " needs a command"
                    : name + " does not take " + option.spelling();
            throw usage(what, Nearest.hint(option.spelling(), validOptions()));
        }
        List<String> choices = spec == null ? option.choices() : spec.choices(option);
        if (choices.isEmpty()) {
            return token;
        }
        String choice = option.choice(token.text());
        if (!choices.contains(choice)) {
            throw usage("not a value of " + option.spelling() + ": " + shown(token), Nearest.choice(choice, choices));
        }
        return new Token(token.index(), token.kind(), option, choice);
    }

    private void check(CommandSpec command, List<Token> arguments) {
        Operands operands = command.operands();
        String usage = ("Usage: ftj " + command.name() + " " + operands.usage()).strip();
        if (arguments.size() > operands.max()) {
            throw usage("surplus word: " + shown(arguments.get(operands.max())), usage);
        }
        if (arguments.size() < operands.min()) {
            throw usage(command.name() + " needs " + operands.usage(), usage);
        }
        for (Token argument : arguments) {
            if (!operands.choices().isEmpty() && !operands.choices().contains(argument.text())) {
                throw usage(
                        "not an argument of " + command.name() + ": " + shown(argument),
                        command.name().equals("help")
                                ? commands.hint(argument.text())
                                : Nearest.choice(argument.text(), operands.choices()));
            }
        }
    }

    private FineTuneException wrongOption(Token token) {
        if (token.kind() == Token.Kind.UNKNOWN) {
            boolean isLong = token.text().startsWith("--");
            String hint = isLong
                    ? Nearest.hint(token.text(), validOptions())
                    : Nearest.possible(validOptions()) + "; behind -- it would be an argument";
            return usage("unknown option: " + shown(token), hint);
        }
        Option option = option(token);
        if (token.kind() == Token.Kind.ONE_DASH) {
            return usage("a single dash before " + option.longName(), "Did you mean " + option.spelling() + "?");
        }
        if (token.kind() == Token.Kind.VALUE_SURPLUS) {
            return usage(option.spelling() + " takes no value", null);
        }
        List<String> choices = spec == null ? option.choices() : spec.choices(option);
        return usage(
                option.spelling() + " needs a value",
                choices.isEmpty()
                        ? "Write " + option.spelling() + " " + option.placeholder() + ", or " + option.spelling() + "="
                                + option.placeholder() + " where it begins with a dash"
                        : Nearest.possible(choices));
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
        for (Token token : tokens) {
            if (token.kind() == Token.Kind.OPTION && token.option() == option) {
                return true;
            }
        }
        return false;
    }

    private @Nullable Token firstArgument() {
        for (Token token : tokens) {
            if (token.kind() == Token.Kind.ARGUMENT) {
                return token;
            }
        }
        return null;
    }

    private static Option option(Token token) {
        Option option = token.option();
        if (option == null) {
            throw new IllegalStateException("no option: " + token.kind());
        }
        return option;
    }

    private static ParsedInput input(String name, List<Token> options, List<String> arguments, int literalFrom) {
        List<CommandOption> taken = new ArrayList<>(options.size() + 1);
        for (Token token : options) {
            taken.add(taken(token));
        }
        if (literalFrom >= 0) {
            taken.add(Arguments.option(' ', Arguments.LITERAL, Integer.toString(literalFrom)));
        }
        List<CommandArgument> given = new ArrayList<>(arguments.size());
        for (int i = 0; i < arguments.size(); i++) {
            given.add(new CommandArgument(i, arguments.get(i)));
        }
        return new ParsedInput(name, List.of(), taken, given);
    }

    /** A known option as Spring Shell carries it. */
    static CommandOption taken(Token token) {
        Option option = option(token);
        return Arguments.option(option.shortName(), option.longName(), token.text());
    }

    private String shown(Token token) {
        return shown(Secrets.hide(token.text(), words, token.index()));
    }

    /** A user's word as an error repeats it: visible where it is empty, not for pages, no key. */
    static String shown(String word) {
        String text = Secrets.hide(word);
        if (text.codePointCount(0, text.length()) > SHOWN_CODE_POINTS) {
            return text.substring(0, text.offsetByCodePoints(0, SHOWN_CODE_POINTS)) + "...";
        }
        return text.isEmpty() ? "''" : text;
    }

    private static FineTuneException usage(String what, @Nullable String hint) {
        return FineTuneException.of(FineTuneException.Kind.USAGE, what, hint);
    }
}
