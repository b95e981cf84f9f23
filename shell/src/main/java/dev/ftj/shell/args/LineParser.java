package dev.ftj.shell.args;

import dev.ftj.FineTuneException;
import java.util.List;

/**
 * The one grammar of argv and prompt.
 *
 * <p>A line that it returns has been checked against the command's spec: known options with valid values, the right number
 * of arguments. {@code get --help} becomes {@code help get}, {@code --version} becomes {@code version}; a line without a
 * command has an empty name, and the options that stand there.
 */
public final class LineParser {
    private final Commands commands;

    public LineParser(Commands commands) {
        this.commands = commands;
    }

    /**
     * Parses a line as typed at the prompt or read from a script.
     *
     * @return a line without a command for a blank line or a comment
     * @throws FineTuneException of kind {@code USAGE} if it is not valid, or not complete
     */
    public CommandLine parse(String line) {
        ShellLine words = ShellLine.of(line);
        Character syntax = words.syntax();
        if (syntax != null) {
            throw unsupported(syntax);
        }
        Character open = words.open();
        if (open != null) {
            String what = open == '\\' ? "the line ends in a backslash" : "the quote " + open + " is not closed";
            throw FineTuneException.of(FineTuneException.Kind.USAGE, what, null);
        }
        return parse(words.values());
    }

    /**
     * Parses the words of argv.
     *
     * @throws FineTuneException of kind {@code USAGE} if they are not valid
     */
    public CommandLine parse(List<String> words) {
        return new ArgumentParser(commands, words).parsed();
    }

    private static FineTuneException unsupported(char operator) {
        String what = operator == '\n'
                ? "several lines: write one command a line, or quote the line break"
                : (operator == '|' ? "pipes are not supported" : operator + " is not supported") + "; quote '"
                        + operator + "'";
        String hint = operator == '\n' ? null : "To pipe or redirect, run ftj from your own shell";
        return FineTuneException.of(FineTuneException.Kind.USAGE, what, hint);
    }
}
