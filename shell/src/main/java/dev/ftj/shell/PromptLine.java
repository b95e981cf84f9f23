package dev.ftj.shell;

import dev.ftj.shell.args.ShellLine;
import java.util.ArrayList;
import java.util.List;
import org.jline.reader.CompletingParsedLine;
import org.jline.reader.EOFError;
import org.jline.reader.Parser;
import org.jspecify.annotations.Nullable;

/**
 * A line at the prompt as JLine's parser returns it, split by our own grammar: a completed word keeps the quotes that the
 * user opened, and an open quote asks for another line.
 */
record PromptLine(String line, int cursor, List<String> words, int wordIndex, ShellLine.Token current)
        implements CompletingParsedLine {

    /** For JLine's reader. */
    static final class Cutter implements Parser {
        @Override
        public PromptLine parse(String line, int cursor, ParseContext context) {
            if (context == ParseContext.ACCEPT_LINE || context == ParseContext.SECONDARY_PROMPT) {
                ShellLine words = ShellLine.of(line);
                if (!words.isComplete()) {
                    throw new EOFError(-1, -1, "an open quote", String.valueOf(words.open()));
                }
            }
            return of(line, cursor);
        }
    }

    static PromptLine of(String line, int cursor) {
        String before = line.substring(0, cursor);
        ShellLine.Token current = ShellLine.of(before).at(cursor);
        List<String> words = new ArrayList<>();
        for (ShellLine.Token word : ShellLine.of(before).list()) {
            if (word.end() <= current.start()) {
                words.add(word.value());
            }
        }
        int index = words.size();
        words.add(current.value());
        for (ShellLine.Token word : ShellLine.of(line).list()) {
            if (word.start() >= cursor && cursor > 0) {
                words.add(word.value());
            }
        }
        return new PromptLine(line, cursor, words, index, current);
    }

    /** Returns the word up to the cursor, without its quotes. */
    @Override
    public String word() {
        return current.value();
    }

    @Override
    public int wordCursor() {
        return current.value().length();
    }

    @Override
    public int rawWordCursor() {
        return cursor - current.start();
    }

    /** Includes the closing quote right after the cursor, which {@link #escape} writes again. */
    @Override
    public int rawWordLength() {
        return rawWordCursor() + (isBeforeClosingQuote() ? 1 : 0);
    }

    private boolean isBeforeClosingQuote() {
        Character open = current.openQuote();
        return open != null && open != '\\' && cursor < line.length() && line.charAt(cursor) == open;
    }

    /** Leaves the quote of an incomplete word open, unless it is closed in the line. */
    @Override
    public CharSequence escape(CharSequence candidate, boolean complete) {
        Character open = current.openQuote();
        String text = candidate.toString();
        int home = current.tilde() + 1;
        // in quotes, ~ would be no home directory
        if (current.tilde() >= 0 && text.startsWith(current.value().substring(0, home) + "/")) {
            String below = text.substring(home + 1);
            return text.substring(0, home + 1) + (below.isEmpty() ? "" : quoted(below, open, complete));
        }
        return quoted(text, open, complete);
    }

    private String quoted(String text, @Nullable Character open, boolean complete) {
        String quoted = ShellLine.quote(text, open != null && open == '\\' ? null : open);
        boolean inQuotes = quoted.endsWith("'") || quoted.endsWith("\"");
        return complete || !inQuotes || isBeforeClosingQuote() ? quoted : quoted.substring(0, quoted.length() - 1);
    }
}
