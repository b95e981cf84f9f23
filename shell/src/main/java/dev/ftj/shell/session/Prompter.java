package dev.ftj.shell.session;

import org.jspecify.annotations.Nullable;

/** Asks the user at the prompt. */
public interface Prompter {
    /**
     * Asks for a secret: neither shown nor kept in a history.
     *
     * @return the typed text, perhaps empty; null for Ctrl-C or Ctrl-D
     * @throws dev.ftj.FineTuneException of kind {@code USAGE} if the terminal cannot hide the typed text
     */
    @Nullable
    String secret(String question);

    /**
     * Asks for a line.
     *
     * @return the typed text; null for Ctrl-C or Ctrl-D
     */
    @Nullable
    String answer(String question);
}
