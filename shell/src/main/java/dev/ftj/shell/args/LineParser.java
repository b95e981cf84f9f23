package dev.ftj.shell.args;

import dev.ftj.FineTuneException;
import java.util.List;
import org.springframework.shell.core.command.CommandParser;
import org.springframework.shell.core.command.ParsedInput;

/**
 * The one grammar of argv and prompt, for Spring Shell.
 *
 * <p>What it returns has been checked against the command's spec: known options with values that they may have, the
 * right number of arguments. {@link CommandLine} reads it. {@code get --help} becomes {@code help get}, {@code --version}
 * becomes {@code version}; without any command the name is empty, with the options that stood there.
 */
public final class LineParser implements CommandParser {
    private final Commands commands;

    public LineParser(Commands commands) {
        this.commands = commands;
    }

    /**
     * A line as typed at the prompt or read from a script.
     *
     * @return an empty command name for a blank line or a comment, too
     * @throws FineTuneException of kind {@code USAGE} where it is no sentence of the grammar, or not a complete one
     */
    @Override
    public ParsedInput parse(String line) {
        ShellLine words = ShellLine.of(line);
        Character syntax = words.syntax();
        if (syntax != null) {
            throw noShellSyntax(syntax);
        }
        Character open = words.open();
        if (open != null) {
            String what = open == '\\' ? "the line ends in a backslash" : "the quote " + open + " is not closed";
            throw FineTuneException.of(FineTuneException.Kind.USAGE, what, null);
        }
        return parse(words.values());
    }

    /**
     * Words that a shell has cut already.
     *
     * @throws FineTuneException of kind {@code USAGE} where they are no sentence of the grammar
     */
    public ParsedInput parse(List<String> words) {
        return new ArgumentParser(commands, words).parsed();
    }

    private static FineTuneException noShellSyntax(char operator) {
        String what = operator == '\n'
                ? "a second line is no shell syntax here: one command a line, or quote it"
                : operator + " is no shell syntax here: quote it";
        String hint = operator == '\n'
                ? null
                : "To pipe or redirect, run ftj from your own shell; where it belongs to a word, write '" + operator
                        + "' with the quotes";
        return FineTuneException.of(FineTuneException.Kind.USAGE, what, hint);
    }
}
