package dev.ftj.shell;

import dev.ftj.FineTuneException.Kind;
import dev.ftj.shell.args.SecretDetector;
import dev.ftj.shell.session.LineHistory;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jline.reader.impl.history.DefaultHistory;
import org.jspecify.annotations.Nullable;

/**
 * JLine's history over ours on disk. A line that holds a key is kept in neither, and one that never worked is not
 * suggested.
 */
final class PromptHistory extends DefaultHistory {
    /** The number of lines with the same beginning that are searched for a suggestion. */
    private static final int TRIED = 200;

    private final LineHistory lines;
    private final Predicate<String> holdsKey;
    private final Predicate<String> isSentence;
    private final Consumer<String> warning;
    private final Map<String, Integer> failed = new HashMap<>();
    private boolean loading;
    private boolean warned;

    /** @param isSentence whether a line is valid */
    PromptHistory(
            LineHistory lines, Predicate<String> holdsKey, Predicate<String> isSentence, Consumer<String> warning) {
        this.lines = lines;
        this.holdsKey = holdsKey;
        this.isSentence = isSentence;
        this.warning = warning;
    }

    /** Reads the lines of earlier shells; the reader calls it once, when it gets this history. */
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

    /** Keeps a pasted block as separate commands. */
    @Override
    public void add(Instant time, String line) {
        List<ScriptLines.Line> block = loading ? List.of() : ScriptLines.of(line);
        if (block.size() > 1) {
            block.forEach(each -> add(time, each.text()));
            return;
        }
        if (line.isBlank() || SecretDetector.mayHold(line) || holdsKey.test(line)) {
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

    /** Notes the exit code of a line. Codes of 10 and more are the results of a watch, not failures. */
    void ended(String line, int code) {
        if (code > 0 && code <= Kind.CONFLICT.exitCode()) {
            failed.put(line.strip(), code);
        } else {
            failed.remove(line.strip());
        }
    }

    /**
     * Returns the newest line with a beginning, preferring one that did not fail in this shell; null if there is none, or
     * all were invalid.
     */
    @Nullable
    String suggestion(String beginning) {
        String second = null;
        int tried = 0;
        // a linked list: only iteration is cheap
        for (Iterator<Entry> newest = reverseIterator(); newest.hasNext() && tried < TRIED; ) {
            String line = newest.next().line();
            if (!line.startsWith(beginning) || line.length() == beginning.length()) {
                continue;
            }
            tried++;
            int code = failed.getOrDefault(line.strip(), 0);
            if (code == Kind.USAGE.exitCode() || !isSentence.test(line)) {
                continue;
            }
            if (code == 0) {
                return line;
            }
            second = second == null ? line : second;
        }
        return second;
    }
}
