package dev.ftj.shell.session;

/** Whoever sits at the prompt, to be asked. */
public interface Person {
    /**
     * Asks for something that is not to be shown, nor kept in a history.
     *
     * @return what was typed; empty where the question was left with Ctrl-C or Ctrl-D
     */
    String secret(String question);
}
