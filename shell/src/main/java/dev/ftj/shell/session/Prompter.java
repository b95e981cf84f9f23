package dev.ftj.shell.session;

import org.jspecify.annotations.Nullable;

/** Whoever sits at the prompt, to be asked. */
public interface Prompter {
    /**
     * Asks for something that is not to be shown, nor kept in a history.
     *
     * @return what was typed, perhaps nothing; null where the question was left with Ctrl-C or Ctrl-D
     * @throws dev.ftj.FineTuneException of kind {@code USAGE} where the terminal cannot hide what is typed
     */
    @Nullable
    String secret(String question);

    /**
     * Asks for a line.
     *
     * @return what was typed; null where the question was left with Ctrl-C or Ctrl-D
     */
    @Nullable
    String answer(String question);
}
