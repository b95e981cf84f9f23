package dev.ftj.shell.args;

import dev.ftj.shell.args.CommandLine.Given;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The kind of the word that is being completed, from the words before it.
 *
 * @param command the command of the line; null if it is not typed yet
 * @param option the option whose value it is; null if it is no value
 * @param isOption whether it begins as an option does
 * @param prefix the part of the word before the value: {@code --output=}; empty if the word is the value
 * @param given the options before it
 */
public record CompletionContext(
        @Nullable CommandSpec command, @Nullable Option option, boolean isOption, String prefix, List<Given> given) {

    /**
     * Judges a word.
     *
     * @param before the complete words before it
     * @param word the typed part of it
     */
    public static CompletionContext at(List<String> before, String word, Commands commands) {
        CommandSpec command = null;
        boolean ended = false;
        Option awaiting = null;
        List<Given> given = new ArrayList<>();
        for (ArgToken token : ArgToken.scan(before)) {
            switch (token.kind()) {
                case ARGUMENT -> command = command == null ? commands.find(token.text()) : command;
                case END -> ended = true;
                case VALUE_MISSING -> awaiting = token.index() == before.size() - 1 ? token.option() : null;
                case OPTION -> given.add(new Given(ArgumentParser.option(token), token.text()));
                default -> {}
            }
        }
        if (awaiting != null && !ended) {
            return new CompletionContext(command, awaiting, false, "", given);
        }
        int equals = word.indexOf('=');
        if (!ended && word.startsWith("--") && equals > 0) {
            Option option = Option.ofLongName(word.substring(2, equals));
            return new CompletionContext(command, option, option == null, word.substring(0, equals + 1), given);
        }
        return new CompletionContext(command, null, !ended && word.startsWith("-"), "", given);
    }
}
