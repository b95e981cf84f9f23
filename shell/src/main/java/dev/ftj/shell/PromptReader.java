package dev.ftj.shell;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jline.reader.Candidate;
import org.jline.reader.History;
import org.jline.reader.LineReader;
import org.jline.reader.impl.history.DefaultHistory;
import org.jline.terminal.Terminal;
import org.jline.utils.AttributedString;
import org.jspecify.annotations.Nullable;

/**
 * JLine's reader with two changes: it does not ask whether to list more candidates than the screen holds, and it does not
 * suggest lines that never worked. See
 * JLineAssumptionsTest.listsAndSuggestionsPassThroughWhatASubclassMayOverride.
 */
final class PromptReader extends PastingReader {
    /** Between two columns, and around a description, as JLine sets them. */
    private static final int GAP = 3;

    private final PromptHistory lines;
    private boolean suggesting;
    private boolean listing;

    PromptReader(Terminal terminal, PromptHistory lines) throws IOException {
        super(terminal);
        this.lines = lines;
        setHistory(lines);
        // otherwise it asks at 100 candidates, however few rows they fill
        // See JLineAssumptionsTest.aHundredAreAskedForHoweverFewRowsTheyFill.
        setVariable(LineReader.LIST_MAX, 0);
    }

    @Override
    public AttributedString getDisplayedBufferWithPrompts(List<AttributedString> secondaryPrompts) {
        suggesting = true;
        try {
            return super.getDisplayedBufferWithPrompts(secondaryPrompts);
        } finally {
            suggesting = false;
        }
    }

    /** While JLine looks for a suggestion, the history has only the line to suggest. */
    @Override
    public History getHistory() {
        if (!suggesting) {
            return super.getHistory();
        }
        History one = new DefaultHistory();
        String line = lines.suggestion(buf.toString());
        if (line != null) {
            one.add(line);
        }
        return one;
    }

    /** Lists candidates, or opens the menu of a second Tab, which scrolls and has all of them. */
    @Override
    protected PostResult computePost(
            List<Candidate> possible,
            @Nullable Candidate selection,
            @Nullable List<Candidate> ordered,
            String completed) {
        listing = selection == null && ordered == null;
        return super.computePost(possible, selection, ordered, completed);
    }

    @Override
    protected PostResult toColumns(
            List<Object> items,
            @Nullable Candidate selection,
            String completed,
            Function<String, Integer> columns,
            int width,
            boolean rowsFirst) {
        List<Object> shown = listing ? screenful(items, columns, width) : items;
        return super.toColumns(shown, selection, completed, columns, width, rowsFirst);
    }

    /** Returns as many candidates as fit below the line, and a last row with the number of the others. */
    private List<Object> screenful(List<Object> items, Function<String, Integer> columns, int width) {
        int perRow = perRow(items, columns, width);
        int room = size.getRows() - rowsOfLine() - 1;
        int rows = 0;
        for (Object item : items) {
            rows += item instanceof List<?> candidates ? rows(candidates.size(), perRow) : 1;
        }
        if (rows <= room) {
            return items;
        }
        List<Object> shown = new ArrayList<>();
        int left = Math.max(1, room - 1);
        int more = 0;
        for (Object item : items) {
            if (item instanceof List<?> candidates) {
                int fit = Math.min(candidates.size(), left * perRow);
                if (fit > 0) {
                    shown.add(candidates.subList(0, fit));
                    left -= rows(fit, perRow);
                }
                more += candidates.size() - fit;
            } else if (left > 1) {
                shown.add(item);
                left--;
            } else {
                left = 0; // a heading above nothing
            }
        }
        shown.add("... and " + more + " more");
        return shown;
    }

    private static int rows(int count, int perRow) {
        return (count + perRow - 1) / perRow;
    }

    private static int perRow(List<Object> items, Function<String, Integer> columns, int width) {
        int widest = 1;
        for (Object item : items) {
            if (item instanceof List<?> candidates) {
                for (Object each : candidates) {
                    Candidate candidate = (Candidate) each;
                    String description = candidate.descr();
                    int beside = description == null ? 0 : columns.apply(description) + GAP;
                    widest = Math.max(widest, columns.apply(candidate.displ()) + beside);
                }
            }
        }
        return Math.max(1, (width - 1 + GAP) / (Math.min(width, widest) + GAP));
    }

    private int rowsOfLine() {
        return AttributedString.join(AttributedString.EMPTY, prompt, new AttributedString(buf.toString()))
                .columnSplitLength(Math.max(1, size.getColumns()))
                .size();
    }
}
