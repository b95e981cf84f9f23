package dev.ftj.shell.session;

import dev.ftj.FineTuneException;
import dev.ftj.FineTuneException.Kind;
import dev.ftj.shell.view.Console;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Asks the user at the prompt; without a prompt, on the terminal, if stdin and stderr are terminals. */
public final class Prompts {
    private static final String PURPOSE = "answers";

    private final Session session;
    private final Console console;
    private final Stdin stdin;
    private @Nullable BufferedReader lines;

    Prompts(Session session, Console console, Stdin stdin) {
        this.session = session;
        this.console = console;
        this.stdin = stdin;
    }

    /** Returns whether a question can be answered. */
    public boolean canAsk() {
        return session.prompter() != null
                || (console.terminals().in() && console.terminals().err() && stdin.isFreeFor(PURPOSE));
    }

    /** Returns the failure of a command that cannot ask for a confirmation. */
    public static FineTuneException cannotAsk(String hint) {
        return FineTuneException.of(Kind.USAGE, "stdin is not a terminal: confirmation is not possible", hint);
    }

    /** @param answer null if there was none */
    public static boolean isYes(@Nullable String answer) {
        return answer != null && answer.strip().matches("(?i)y|yes");
    }

    /**
     * Asks for a line.
     *
     * @param question safe to show; fixed text only, since JLine interprets a prompt
     * @return the typed text; null if there was no answer
     * @throws FineTuneException of kind {@code CANCELLED} if the thread was interrupted
     */
    public @Nullable String ask(String question) {
        Prompter person = session.prompter();
        if (person != null) {
            return person.answer(question);
        }
        try {
            BufferedReader typed = lines;
            if (typed == null) {
                typed = new BufferedReader(new InputStreamReader(stdin.take(PURPOSE), StandardCharsets.UTF_8));
                lines = typed;
            }
            console.ask(question);
            String line = InterruptibleRead.<@Nullable String>elsewhere(typed::readLine);
            console.answered();
            if (line == null) {
                console.say("");
            }
            return line;
        } catch (IOException e) {
            throw FineTuneException.of(Kind.LOCAL, "stdin cannot be read (" + e.getMessage() + ")", null);
        }
    }
}
