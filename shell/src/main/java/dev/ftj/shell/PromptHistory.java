package dev.ftj.shell;

import dev.ftj.shell.line.Secrets;
import dev.ftj.shell.session.LineHistory;
import java.io.IOException;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jline.reader.impl.history.DefaultHistory;

/** JLine's history over ours on disk. A line that holds a key is kept in neither. */
final class PromptHistory extends DefaultHistory {
    private final LineHistory lines;
    private final Predicate<String> holdsKey;
    private final Consumer<String> warning;
    private boolean loading;
    private boolean warned;

    PromptHistory(LineHistory lines, Predicate<String> holdsKey, Consumer<String> warning) {
        this.lines = lines;
        this.holdsKey = holdsKey;
        this.warning = warning;
    }

    /** Reads what earlier shells left; the reader calls it, once, when it is given this history. */
    @Override
    public void load() {
        loading = true;
        try {
            lines.load().forEach(this::add);
        } catch (IOException e) {
            warning.accept("the history cannot be read: " + e.getMessage());
        } finally {
            loading = false;
        }
        moveToEnd();
    }

    @Override
    public void add(Instant time, String line) {
        if (line.isBlank() || Secrets.mayHold(line) || holdsKey.test(line)) {
            return;
        }
        int before = last();
        super.add(time, line);
        if (!loading && last() != before) {
            try {
                lines.add(line);
            } catch (IOException e) {
                if (!warned) {
                    warned = true;
                    warning.accept("the history is not kept: " + e.getMessage());
                }
            }
        }
    }
}
