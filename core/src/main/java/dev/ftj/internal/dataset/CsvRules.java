package dev.ftj.internal.dataset;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** CSV as RFC 4180 defines it, with a header: quotes are paired, and each row has the header's number of columns. */
final class CsvRules implements DatasetCheck.Rules {
    private static final byte[] LINE_FEED = {'\n'};

    private enum State {
        FIELD_START,
        PLAIN,
        QUOTED,
        /** After a quote inside a quoted field: its end, or the first of two. */
        QUOTE
    }

    private final FileReport report;
    private final List<String> header = new ArrayList<>();
    private final StringBuilder name = new StringBuilder();
    private final LineIndex.Sum sum = new LineIndex.Sum();
    private State state = State.FIELD_START;
    private int columns;
    private boolean headerDone;
    private boolean data;
    private boolean broken;
    private long rowLine;
    private long quoteLine;
    private long quoteColumn;
    private long rows;

    CsvRules(FileReport report) {
        this.report = report;
    }

    @Override
    public boolean line(byte[] bytes, int length, long number) {
        if (state != State.QUOTED) {
            state = State.FIELD_START;
            columns = 1;
            rowLine = number;
            broken = false;
            sum.reset();
        } else {
            name.append('\n');
            sum.update(LINE_FEED, 1);
        }
        sum.update(bytes, length);
        int from = 0;
        for (int i = 0; i < length; i++) {
            byte b = bytes[i];
            if (b == ',' && state != State.QUOTED) {
                endField(bytes, from, i);
                from = i + 1;
                columns++;
                state = State.FIELD_START;
            } else if (b == '"') {
                quote(bytes, i, number);
            } else if (state == State.QUOTE) {
                complain(bytes, i, number, "text after a closing quote");
                state = State.PLAIN;
            } else if (state == State.FIELD_START) {
                state = State.PLAIN;
            }
        }
        data = headerDone;
        if (state == State.QUOTED) {
            if (!headerDone) {
                name.append(new String(bytes, from, length - from, StandardCharsets.UTF_8));
            }
            return false;
        }
        endField(bytes, from, length);
        endRow();
        return true;
    }

    /** Quotes and commas are where they are in any encoding that extends ASCII. */
    @Override
    public boolean unreadable(byte[] bytes, int length, long number) {
        return line(bytes, length, number) && isData();
    }

    private void quote(byte[] bytes, int i, long number) {
        switch (state) {
            case FIELD_START -> {
                state = State.QUOTED;
                quoteLine = number;
                quoteColumn = Utf8.column(bytes, i);
            }
            case PLAIN -> complain(bytes, i, number, "a quote inside an unquoted field: quote the field and double it");
            case QUOTED -> state = State.QUOTE;
            case QUOTE -> state = State.QUOTED;
        }
    }

    /** Reports at most one error in quoting a row: the others follow from it. */
    private void complain(byte[] bytes, int i, long number, String message) {
        if (!broken) {
            broken = true;
            report.add(Problem.QUOTES, number, Utf8.column(bytes, i), message);
        }
    }

    private void endField(byte[] bytes, int from, int to) {
        if (headerDone) {
            return;
        }
        String text = name + new String(bytes, from, to - from, StandardCharsets.UTF_8);
        name.setLength(0);
        boolean quoted = text.length() > 1 && text.startsWith("\"") && text.endsWith("\"");
        header.add(quoted ? text.substring(1, text.length() - 1).replace("\"\"", "\"") : text);
    }

    private void endRow() {
        if (!headerDone) {
            headerDone = true;
            Set<String> seen = new HashSet<>();
            for (int i = 0; i < header.size(); i++) {
                String column = header.get(i);
                if (column.isBlank()) {
                    report.add(Problem.HEADER, rowLine, 1, "column " + (i + 1) + " has no name");
                } else if (!seen.add(column)) {
                    report.add(Problem.HEADER, rowLine, 1, "two columns have the name \"" + column + "\"");
                }
            }
            return;
        }
        rows++;
        if (columns != header.size() && !broken) {
            report.add(
                    Problem.COLUMN_COUNT,
                    rowLine,
                    1,
                    columns + (columns == 1 ? " column" : " columns") + ", but the header has " + header.size());
        }
    }

    @Override
    public boolean isContinued() {
        return state == State.QUOTED;
    }

    @Override
    public boolean isData() {
        return data;
    }

    @Override
    public long checksum() {
        return sum.value();
    }

    @Override
    public void end() {
        if (state == State.QUOTED) {
            report.add(Problem.QUOTES, quoteLine, quoteColumn, "the quote that opens here is never closed");
        }
        header.forEach(column -> report.key(column, rows));
    }
}
