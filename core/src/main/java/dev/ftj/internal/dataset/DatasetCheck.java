package dev.ftj.internal.dataset;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Judges the structure of JSON Lines and CSV files, not their schema, which only the server knows. Files are read once,
 * line by line. Training files are checked before evaluation files, whose lines must not be among theirs.
 *
 * <p>Not safe for use by several threads.
 */
public final class DatasetCheck {
    /** The longest line in bytes unless another limit is set. */
    public static final int DEFAULT_MAX_LINE = 1 << 20;

    private final int maxLine;
    private final LineIndex train = new LineIndex();
    private final LineIndex eval = new LineIndex();

    /** The use of a file. */
    public enum Split {
        TRAIN,
        EVAL,
        /** Neither is known: the file is judged by itself. */
        NONE
    }

    /** @param maxLine the longest line that is accepted, in bytes */
    public DatasetCheck(int maxLine) {
        this.maxLine = maxLine;
    }

    /**
     * Checks one file.
     *
     * @throws IOException if the file cannot be read; {@link LocalFile#reason} says why
     * @throws InterruptedException if the thread is interrupted meanwhile
     */
    public FileReport check(Path file, Split split) throws IOException, InterruptedException {
        LineIndex own = split == Split.TRAIN ? train : split == Split.EVAL ? eval : new LineIndex();
        try (FileChannel channel = LocalFile.open(file)) {
            LineReader reader = new LineReader(channel, maxLine);
            FileReport report = new FileReport(file, isCsv(file));
            own.begin(file);
            Rules rules = report.isCsv() ? new CsvRules(report) : new JsonLinesRules(report);
            new Pass(reader, report, rules, own, split == Split.EVAL ? train : null).run();
            return report;
        }
    }

    /** Returns whether a file is judged as CSV, by its name. */
    public static boolean isCsv(Path file) {
        return file.toString().toLowerCase(Locale.ROOT).endsWith(".csv");
    }

    /** The rules of a format for its lines. */
    interface Rules {
        /**
         * Judges a line that is UTF-8 and not too long.
         *
         * @return whether a record ends with this line
         */
        boolean line(byte[] bytes, int length, long number);

        /** Judges what can be judged of a line that is not UTF-8, and returns whether a record of data ends with it. */
        default boolean unreadable(byte[] bytes, int length, long number) {
            return true;
        }

        /** Whether the line is inside a record that began before, so that it may be empty. */
        boolean isContinued();

        /** Whether the line that was judged last is data, which has no duplicate. */
        boolean isData();

        /** Returns the checksum of the record that ended last; never 0. */
        long checksum();

        /** Judges the file as a whole and stores the keys. */
        void end();
    }

    private static final class Pass {
        private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

        private final LineReader reader;
        private final FileReport report;
        private final Rules rules;
        private final LineIndex own;
        private final @Nullable LineIndex training;
        private long records;
        private long recordStart;

        Pass(LineReader reader, FileReport report, Rules rules, LineIndex own, @Nullable LineIndex training) {
            this.reader = reader;
            this.report = report;
            this.rules = rules;
            this.own = own;
            this.training = training;
        }

        void run() throws IOException, InterruptedException {
            while (reader.next()) {
                if (!rules.isContinued()) {
                    recordStart = reader.number();
                }
                line();
            }
            rules.end();
            report.size(report.isCsv() ? records : reader.number(), reader.bytes());
            if (records == 0 && report.isGood()) {
                String message = reader.number() == 0 ? "the file is empty" : "there is no row below the header";
                report.add(Problem.EMPTY_FILE, 1, 1, message);
            }
            noteLimit(own, "duplicates");
            if (training != null) {
                noteLimit(training, "overlap");
            }
        }

        private void line() {
            long number = reader.number();
            if (startsWithMark()) {
                report.add(Problem.BYTE_ORDER_MARK, number, 1, "byte order mark (U+FEFF): save as UTF-8 without it");
                reader.dropFirst(MARK.length);
            }
            byte[] bytes = reader.line();
            int length = reader.length();
            if (!rules.isContinued() && isBlank(bytes, length)) {
                report.add(Problem.EMPTY_LINE, number, 1, "empty line");
                return;
            }
            if (reader.isTooLong()) {
                report.add(
                        Problem.LINE_TOO_LONG,
                        number,
                        1,
                        String.format(Locale.ROOT, "%,d bytes, more than the limit", reader.fullLength()));
                records++;
                return;
            }
            int invalid = Utf8.firstInvalid(bytes, length);
            if (invalid >= 0) {
                String what = bytes[invalid] == 0 ? "zero byte" : String.format("byte 0x%02X", bytes[invalid] & 0xFF);
                report.add(Problem.NOT_UTF8, number, Utf8.column(bytes, invalid), what + " is not UTF-8 text");
                records += rules.unreadable(bytes, length, number) ? 1 : 0;
                return;
            }
            if (rules.line(bytes, length, number) && rules.isData()) {
                records++;
                compare();
            }
        }

        private void compare() {
            long value = rules.checksum();
            LineIndex.Place same = own.add(value, recordStart);
            if (same != null) {
                report.add(Problem.DUPLICATE, recordStart, 1, "the same as " + named(same));
            }
            LineIndex.Place trained = training == null ? null : training.find(value);
            if (trained != null) {
                report.add(Problem.OVERLAP, recordStart, 1, "also in the training data: " + named(trained));
            }
        }

        private String named(LineIndex.Place place) {
            return place.file().equals(report.file()) ? "line " + place.line() : place.file() + ":" + place.line();
        }

        private void noteLimit(LineIndex index, String what) {
            if (index.isFull()) {
                report.limit(String.format(
                        Locale.ROOT, "%s: compared with the first %,d different lines only", what, index.maxLines()));
            }
        }

        private boolean startsWithMark() {
            byte[] bytes = reader.line();
            return reader.length() >= MARK.length && bytes[0] == MARK[0] && bytes[1] == MARK[1] && bytes[2] == MARK[2];
        }

        private static boolean isBlank(byte[] bytes, int length) {
            for (int i = 0; i < length; i++) {
                if (bytes[i] != ' ' && bytes[i] != '\t' && bytes[i] != '\r') {
                    return false;
                }
            }
            return true;
        }
    }
}
