package dev.ftj.book;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Writes a book anew: what its lines amount to; lines of a later version's kinds as they are; damaged ones into a file of
 * their own. Holds none of the latter two in memory, however many there are.
 */
final class Compaction {
    private final FileChannel from;
    private final FileChannel to;
    private final Path damaged;
    private final long kept;

    private final Shelf shelf = new Shelf();
    private int damagedLines;

    /** @param kept so much of the file of damaged lines was there before; the rest is of an attempt that did not end */
    Compaction(FileChannel from, FileChannel to, Path damaged, long kept) {
        this.from = from;
        this.to = to;
        this.damaged = damaged;
        this.kept = kept;
    }

    /** Forces what it has written to the disk: the old book will be gone. */
    void run(long generation) throws IOException {
        OutputStream book = new BufferedOutputStream(Channels.newOutputStream(to.position(Header.LENGTH)), 1 << 16);
        try (Aside aside = new Aside()) {
            RawLine.walk(from, 0, raw -> {
                Line line = raw.parse();
                if (line != null) {
                    if (!shelf.apply(line)) {
                        book.write(raw.buffer(), raw.from(), raw.length());
                        book.write('\n');
                    }
                } else if (!raw.isBlank()) {
                    damagedLines++;
                    aside.add(raw);
                }
            });
        }
        long seen = 0;
        for (Line line : shelf.lines()) {
            if (seen == 0 && !line.kind().equals(Line.SAVED)) {
                book.flush();
                seen = to.position();
            }
            book.write(line.toBytes());
        }
        book.flush();
        PrivateFiles.writeFully(to, new Header(generation, to.size(), seen == 0 ? to.size() : seen).toBytes(), 0);
        to.force(true);
    }

    int damagedLines() {
        return damagedLines;
    }

    /** The file of damaged lines, made when there is one. */
    private final class Aside implements AutoCloseable {
        private @Nullable FileChannel file;

        void add(RawLine raw) throws IOException {
            FileChannel open = open();
            long rest = raw.end() - raw.start();
            while (rest > 0) {
                long moved = from.transferTo(raw.end() - rest, rest, open);
                if (moved <= 0) {
                    throw new IOException("the book was cut while it was read");
                }
                rest -= moved;
            }
            if (!raw.ended()) {
                PrivateFiles.writeFully(open, new byte[] {'\n'}, open.position());
                open.position(open.position() + 1);
            }
        }

        private FileChannel open() throws IOException {
            if (file == null) {
                FileChannel opened = PrivateFiles.open(damaged, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                file = opened;
                opened.truncate(kept).position(kept);
            }
            return file;
        }

        @Override
        public void close() throws IOException {
            if (file != null) {
                try (FileChannel closing = file) {
                    closing.force(true);
                }
            }
        }
    }
}
