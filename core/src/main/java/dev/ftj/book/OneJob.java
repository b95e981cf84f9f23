package dev.ftj.book;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * Reads what a book has of one job: to find its lines by their first bytes takes a hundredth of the time that a process
 * which has just begun needs to parse all of them. The saved jobs that a compaction has put first are left out: with
 * 100,000 of them a get took 20 ms longer.
 */
final class OneJob implements RawLine.Visitor {
    private final Shelf shelf = new Shelf();
    private final byte[] seen;
    private final byte[] forgotten;
    private byte[] last = {};

    private OneJob(String id) {
        seen = Line.beginning(Line.SEEN, id);
        forgotten = Line.beginning(Line.FORGOTTEN, id);
    }

    static Shelf read(Path book, String id) throws IOException {
        OneJob job = new OneJob(id);
        try (FileChannel file = PrivateFiles.open(book, StandardOpenOption.READ)) {
            RawLine.walk(file, Header.read(BookFile.head(file)).seen(), job);
        } catch (NoSuchFileException e) {
            return new Shelf();
        }
        return job.shelf;
    }

    @Override
    public void visit(RawLine raw) {
        if ((begins(raw, seen) || begins(raw, forgotten)) && !isLastOneAgain(raw)) {
            Line line = raw.parse();
            if (line != null) {
                shelf.apply(line);
                last = Arrays.copyOfRange(raw.buffer(), raw.from(), raw.from() + raw.length());
            }
        }
    }

    /** Seen once more as it was: all but its last number, the instant, is the same. A job asked for often has hundreds of these. */
    private boolean isLastOneAgain(RawLine line) {
        int from = line.from();
        int differs = Arrays.mismatch(last, 0, last.length, line.buffer(), from, from + line.length());
        if (differs < 0 || last.length != line.length()) {
            return differs < 0;
        }
        for (int i = differs; i < last.length - 1; i++) {
            if (last[i] < '0' || last[i] > '9') {
                return false;
            }
        }
        return true;
    }

    private static boolean begins(RawLine line, byte[] with) {
        return line.length() > with.length
                && Arrays.equals(line.buffer(), line.from(), line.from() + with.length, with, 0, with.length);
    }
}
