package dev.ftj.book;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A book on disk. Writers append under the lock, and open the file anew each time, since a compaction by another process
 * puts a new one in its place. Readers take no lock: a line is written in one piece, and one without its line feed is
 * either still being written or torn, which the next writer makes evident. For one thread at a time.
 */
final class BookFile {
    private static final long WORTH_COMPACTING = 512 << 10;
    private static final int FEW = 4;

    private final Path directory;
    private final Path book;
    private final Path draft;
    private final String lock;
    private final Path damaged;
    private final Path words;
    private final Path wordsDraft;

    private Shelf shelf = new Shelf();
    /** The shelf holds the lines up to here. */
    private long offset;
    /** The size of the book at the last look. */
    private long looked;
    /** The first bytes of the book that the shelf was filled from; another book begins otherwise. */
    private byte[] head = new byte[0];

    private int damagedLines;
    /** A book that cannot be compacted is tried again when it has outgrown this, and not at each line. */
    private long tooLarge;

    private int glances;
    private boolean listFails;
    private @Nullable BookLock held;
    private final List<String> reports = new ArrayList<>();

    BookFile(Path directory, String endpoint) {
        String name = BookName.of(endpoint);
        this.directory = directory.toAbsolutePath();
        book = this.directory.resolve(name + ".jsonl");
        draft = this.directory.resolve(name + ".jsonl.tmp");
        lock = name + ".lock";
        damaged = this.directory.resolve(name + ".damaged");
        words = this.directory.resolve(name + ".ids");
        wordsDraft = this.directory.resolve(name + ".ids.tmp");
    }

    @Override
    public String toString() {
        return book.toString();
    }

    /** Lets no other process and no other book write before {@code work} is done. */
    <T> T locked(Uninterrupted.Work<T> work) throws IOException {
        if (held != null) {
            return work.run();
        }
        PrivateFiles.createDirectory(directory);
        try (BookLock taken = BookLock.take(directory, lock)) {
            held = taken;
            return work.run();
        } finally {
            held = null;
        }
    }

    /**
     * Adds lines in one write, without reading those before.
     *
     * @param lasting not only the process, but the machine may end after this, and the lines are there
     */
    void append(List<Line> lines, boolean lasting) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (Line line : lines) {
            byte[] one = line.toBytes();
            if (one.length > RawLine.LONGEST) {
                throw new IOException("more than " + RawLine.LONGEST + " bytes in one line");
            }
            all.write(one);
        }
        byte[] bytes = all.toByteArray();
        locked(() -> {
            boolean isNew = !Files.exists(book, LinkOption.NOFOLLOW_LINKS);
            long size = Uninterrupted.run(this::size);
            long grown = Uninterrupted.run(() -> write(bytes, size, lasting));
            if (isNew && lasting) {
                PrivateFiles.forceNames(directory);
            }
            if (grown > Math.max(WORTH_COMPACTING, tooLarge) && grown > 2 * header().size()) {
                tidy(grown);
            }
            return bytes;
        });
    }

    /** What the book holds now. */
    Shelf shelf() throws IOException {
        Uninterrupted.run(this::refresh);
        if (damagedLines > 0 && tooLarge == 0) {
            setDamagedAside();
        }
        return shelf;
    }

    /** What the shelf has of a job; a short process asks about few of them, and is spared the reading of all others. */
    List<JobBook.Sighting> timeline(String id) throws IOException {
        if (offset > 0 || ++glances > FEW) {
            return shelf().timeline(id);
        }
        if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
            return List.of();
        }
        PrivateFiles.checkDirectory(directory);
        return Uninterrupted.run(() -> OneJob.read(book, id)).timeline(id);
    }

    /** Makes the completion list anew; that it fails must not fail what was done to the book itself. */
    void writeWords() {
        list(() -> CompletionList.write(words, wordsDraft, shelf().known()));
    }

    /** Adds to the completion list; see {@link #writeWords}. */
    void addWords(List<String> ids) {
        list(() -> CompletionList.add(words, ids));
    }

    /** What the user should know, each thing once. */
    List<String> reports() {
        List<String> drained = List.copyOf(reports);
        reports.clear();
        return drained;
    }

    private long size() throws IOException {
        try (FileChannel file = PrivateFiles.open(book, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            return file.size();
        }
    }

    private long write(byte[] line, long size, boolean lasting) throws IOException {
        try (FileChannel file = PrivateFiles.open(book, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            file.truncate(size);
            byte[] bytes = endsTorn(file, size) ? startingNewLine(line) : line;
            try {
                PrivateFiles.writeFully(file, bytes, size);
                if (lasting) {
                    file.force(false);
                }
            } catch (IOException e) {
                takeBack(file, size, e);
                throw e;
            }
            return size + bytes.length;
        }
    }

    private static boolean endsTorn(FileChannel file, long size) throws IOException {
        ByteBuffer last = ByteBuffer.allocate(1);
        return size > 0 && file.read(last, size - 1) == 1 && last.get(0) != '\n';
    }

    private static byte[] startingNewLine(byte[] line) {
        byte[] bytes = new byte[line.length + 1];
        bytes[0] = '\n';
        System.arraycopy(line, 0, bytes, 1, line.length);
        return bytes;
    }

    /** A disk that fills up in the middle of a line leaves half of it. */
    private static void takeBack(FileChannel file, long size, IOException why) {
        try {
            if (file.isOpen()) {
                file.truncate(size);
            }
        } catch (IOException e) {
            why.addSuppressed(e);
        }
    }

    private Shelf refresh() throws IOException {
        if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
            return begin();
        }
        PrivateFiles.checkDirectory(directory);
        try (FileChannel file = PrivateFiles.open(book, StandardOpenOption.READ)) {
            byte[] now = head(file);
            if (now.length < head.length || !Arrays.equals(head, 0, head.length, now, 0, head.length)) {
                begin();
            }
            long size = file.size();
            if (size < offset) {
                begin();
            }
            if (size != looked) {
                RawLine.walk(file, offset, this::take);
                head = Arrays.copyOf(now, (int) Math.min(now.length, offset));
                looked = size;
            }
            return shelf;
        } catch (NoSuchFileException e) {
            return begin();
        }
    }

    private Shelf begin() {
        shelf = new Shelf();
        offset = 0;
        looked = 0;
        head = new byte[0];
        damagedLines = 0;
        return shelf;
    }

    private void take(RawLine raw) {
        Line line = raw.parse();
        if (line != null) {
            shelf.apply(line);
        } else if (!raw.ended()) {
            return;
        } else if (!raw.isBlank()) {
            damagedLines++;
        }
        offset = raw.end();
    }

    /** As much of a header as there is. */
    static byte[] head(FileChannel file) throws IOException {
        ByteBuffer head = ByteBuffer.allocate(Header.LENGTH);
        while (head.hasRemaining() && file.read(head, head.position()) >= 0) {}
        return Arrays.copyOf(head.array(), head.position());
    }

    private Header header() throws IOException {
        return Header.read(Uninterrupted.run(() -> {
            try (FileChannel file = PrivateFiles.open(book, StandardOpenOption.READ)) {
                return head(file);
            }
        }));
    }

    /** The line that made the book too long is written: that the rest fails must not look like that line's failure. */
    private void tidy(long size) {
        try {
            compact();
        } catch (IOException e) {
            tooLarge = 2 * size;
            reports.add("the job book " + book + " could not be tidied up: " + PrivateFiles.reason(e));
        }
    }

    private void setDamagedAside() throws IOException {
        try {
            locked(() -> {
                // Another process may just have done it.
                Uninterrupted.run(this::refresh);
                if (damagedLines > 0) {
                    compact();
                }
                return book;
            });
        } catch (IOException e) {
            tooLarge = Math.max(2 * looked, 1);
            reports.add(lines(damagedLines) + " skipped in " + book + ", and could not be set aside: "
                    + PrivateFiles.reason(e));
        }
        Uninterrupted.run(this::refresh);
    }

    /** Under the lock: writes a book of the same meaning in as few lines as will do, and puts it in the place of this one. */
    private void compact() throws IOException {
        long generation = header().generation() + 1;
        long kept = Files.exists(damaged, LinkOption.NOFOLLOW_LINKS) ? Files.size(damaged) : 0;
        Compaction[] done = new Compaction[1];
        PrivateFiles.replace(book, draft, file -> {
            try (FileChannel old = PrivateFiles.open(book, StandardOpenOption.READ)) {
                done[0] = new Compaction(old, file, damaged, kept);
                done[0].run(generation);
            }
        });
        PrivateFiles.forceNames(directory);
        int setAside = done[0].damagedLines();
        if (setAside > 0) {
            reports.add(lines(setAside) + " set aside in " + damaged);
        }
        begin();
        writeWords();
    }

    private static String lines(int count) {
        return count == 1 ? "1 damaged line was" : count + " damaged lines were";
    }

    private interface Listing {
        void run() throws IOException;
    }

    private void list(Listing listing) {
        try {
            listing.run();
            listFails = false;
        } catch (IOException e) {
            if (!listFails) {
                reports.add("the list for completion " + words + " could not be written: " + PrivateFiles.reason(e));
            }
            listFails = true;
        }
    }
}
