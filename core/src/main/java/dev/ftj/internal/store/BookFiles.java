package dev.ftj.internal.store;

import dev.ftj.internal.store.JobBook.StatusObservation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The files of a job book. {@code NAME.saved.jsonl} is rewritten by every change; {@code NAME.seen.jsonl}, a cache, is
 * appended to without a sync, and rewritten above 2,000 lines. Damaged lines are moved to {@code NAME.damaged}. The log of
 * version 0.1.0, {@code NAME.jsonl}, is split into the two and deleted. For one thread at a time.
 */
final class BookFiles {
    private static final int MAX_SEEN_LINES = 2_000;

    /** Leaves room for suffixes below the 255 bytes of most file systems. */
    private static final int LONGEST_NAME = 200;

    private final Path path;
    private final SavedJobs saved;
    private final SeenJobs seen;
    private final LockedLines savedFile;
    private final LockedLines seenFile;
    private final LockedLines firstVersion;
    private final LockedLines damagedFile;
    private final LockedLines words;
    /** Lines of a later version's kinds, or damaged ones that could not be moved: kept as they are. */
    private final List<byte[]> otherSaved = new ArrayList<>();

    private final List<byte[]> otherSeen = new ArrayList<>();
    private final List<String> reports = new ArrayList<>();
    private final String wordsFail;
    private final Set<String> reported = new HashSet<>();

    BookFiles(Path directory, String endpoint, SavedJobs saved, SeenJobs seen) {
        path = directory.toAbsolutePath().resolve(nameOf(endpoint));
        this.saved = saved;
        this.seen = seen;
        savedFile = file(directory, ".saved.jsonl");
        seenFile = file(directory, ".seen.jsonl");
        firstVersion = file(directory, ".jsonl");
        damagedFile = file(directory, ".damaged");
        words = file(directory, ".ids");
        wordsFail = "the completion file " + words + " could not be written";
    }

    private LockedLines file(Path directory, String suffix) {
        return new LockedLines(directory, path.getFileName() + suffix, path.getFileName() + ".lock");
    }

    /**
     * Returns the prefix of the names of an endpoint's files: readable, different for different endpoints, and made by
     * plain replacement, in this order, so that a completion script makes the same: {@code %} {@code %25}, {@code +}
     * {@code %2B}, {@code =} {@code %3D}, {@code /} {@code +}, {@code :} {@code =}.
     */
    static String nameOf(String endpoint) {
        String name = endpoint.replace("%", "%25").replace("+", "%2B").replace("=", "%3D");
        name = name.replace("/", "+").replace(":", "=");
        boolean plain = name.matches("[!-~&&[^\"*<>?\\\\|]]*");
        return plain && name.length() <= LONGEST_NAME ? name : hash(endpoint);
    }

    /** No readable name has a {@code %} before an {@code s}. */
    private static String hash(String endpoint) {
        try {
            // See JdkAssumptionsTest.aCharsetEncodesAllThatItDoesNotKnowAlike.
            // Not by a charset, which encodes all that it does not know alike.
            ByteBuffer bytes = ByteBuffer.allocate(endpoint.length() * 2);
            bytes.asCharBuffer().put(endpoint);
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes.array());
            return "%sha256-" + HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    List<String> reports() {
        List<String> drained = List.copyOf(reports);
        reports.clear();
        return drained;
    }

    /**
     * Reads changed files, and returns whether there were any. Damaged lines are moved aside; if that fails, a report says
     * so once.
     */
    boolean refresh() throws IOException {
        return run("read", () -> {
            List<byte[]> damaged = new ArrayList<>();
            boolean split = hasFirstVersion();
            boolean changed = read(split, damaged);
            if (split || !damaged.isEmpty()) {
                String what = damaged.isEmpty() ? "the log of version 0.1.0" : count(damaged);
                attempt(what + " could not be moved from " + path, () -> savedFile.locked(this::load));
            }
            return changed;
        });
    }

    /** Changes both files as {@code change} changes the jobs; it is on the disk when this returns. */
    <T> T rewrite(Supplier<T> change, JobBook book) throws IOException {
        return run(
                "write",
                () -> savedFile.locked(() -> {
                    load();
                    int before = seen.byId.size();
                    T result = change.get();
                    write(savedFile, otherSaved, saved.byId.values(), true);
                    if (seen.byId.size() < before) {
                        write(seenFile, otherSeen, seen.lines(), true);
                    }
                    writeWords(book);
                    return result;
                }));
    }

    /** Appends to the seen jobs. Reads nothing, unless there are too many now. */
    void append(List<BookLine> lines, List<String> ids, JobBook book) throws IOException {
        run(
                "write",
                () -> seenFile.locked(() -> {
                    if (hasFirstVersion()) {
                        load();
                    }
                    List<byte[]> added = bytes(lines);
                    long size = seenFile.append(added);
                    // Lines are about equally long: below this estimate, the file need not be read to count them.
                    boolean large = size > MAX_SEEN_LINES * (long) added.get(0).length;
                    if (large && seenFile.read().size() > MAX_SEEN_LINES) {
                        attempt("the seen jobs of " + path + " could not be shortened", () -> {
                            load();
                            shorten(false);
                            return this;
                        });
                        writeWords(book);
                    } else {
                        List<byte[]> more = CompletionWords.lines(CompletionWords.words(ids));
                        attempt(wordsFail, () -> words.append(more));
                    }
                    seenFile.forget();
                    return this;
                }));
    }

    List<StatusObservation> timeline(String id) throws IOException {
        if (hasFirstVersion()) {
            refresh();
        }
        return run("read", () -> {
            if (!seenFile.changed()) {
                return seen.timeline(id);
            }
            List<byte[]> lines = seenFile.read();
            seenFile.forget(); // they were not taken
            return SeenJobs.timeline(id, lines);
        });
    }

    /** Reads everything before a change, under the lock, and repairs it. */
    private BookFiles load() throws IOException {
        List<byte[]> damaged = new ArrayList<>();
        boolean split = hasFirstVersion();
        read(true, damaged);
        if (split || !damaged.isEmpty()) {
            attempt(count(damaged) + " could not be moved from " + path, () -> move(damaged));
            otherSaved.addAll(damaged);
            shorten(true);
        }
        if (split) {
            Files.delete(Path.of(firstVersion.toString()));
        }
        return this;
    }

    private BookFiles move(List<byte[]> damaged) throws IOException {
        if (!damaged.isEmpty()) {
            // Some are there already if the disk failed after the last attempt.
            List<byte[]> added = new ArrayList<>(damaged);
            damagedFile.read().forEach(there -> added.removeIf(line -> Arrays.equals(line, there)));
            damagedFile.append(added);
            reports.add("moved " + count(damaged) + " to " + damagedFile);
            damaged.clear();
        }
        return this;
    }

    private void shorten(boolean durable) throws IOException {
        saved.keepLastSeen(seen.shorten());
        write(savedFile, otherSaved, saved.byId.values(), true);
        write(seenFile, otherSeen, seen.lines(), durable);
    }

    private boolean read(boolean all, List<byte[]> damaged) throws IOException {
        boolean savedChanged = all || savedFile.changed();
        boolean seenChanged = all || seenFile.changed();
        if (savedChanged) {
            saved.clear();
            otherSaved.clear();
            read(savedFile, saved::take, otherSaved, damaged);
        }
        if (seenChanged) {
            seen.clear();
            otherSeen.clear();
            read(seenFile, seen::take, otherSeen, damaged);
        }
        if (all) {
            read(firstVersion, this::takeOld, otherSaved, damaged);
        }
        return savedChanged || seenChanged;
    }

    private static void read(LockedLines file, Predicate<BookLine> jobs, List<byte[]> others, List<byte[]> damaged)
            throws IOException {
        for (byte[] bytes : file.read()) {
            BookLine line = BookLine.parse(bytes);
            if (line != null && !jobs.test(line)) {
                others.add(bytes);
            } else if (line == null && !new String(bytes, StandardCharsets.ISO_8859_1).isBlank()) {
                damaged.add(bytes);
            }
        }
    }

    private boolean takeOld(BookLine line) {
        String id = line.text("id");
        if (id == null || !line.is("forgotten")) {
            return line.is("book") || saved.take(line) || seen.take(line);
        }
        saved.remove(id);
        if (line.flag("everywhere")) {
            seen.remove(id);
        }
        return true;
    }

    private static void write(LockedLines file, List<byte[]> others, Collection<BookLine> jobs, boolean durable)
            throws IOException {
        List<byte[]> lines = new ArrayList<>(others);
        lines.addAll(bytes(jobs));
        file.forget();
        file.replace(lines, durable);
    }

    private static List<byte[]> bytes(Collection<BookLine> lines) {
        List<byte[]> bytes = new ArrayList<>();
        for (BookLine line : lines) {
            bytes.add(line.bytes());
        }
        return bytes;
    }

    private void writeWords(JobBook book) {
        attempt(wordsFail, () -> words.replace(book.words().lines(), false));
    }

    /** Runs a step whose failure must not fail the change; the failure is reported once. */
    private void attempt(String failure, LockedLines.Work<?> step) {
        try {
            step.run();
        } catch (IOException e) {
            if (reported.add(failure)) {
                reports.add(failure + ": " + PrivateFiles.reason(e));
            }
        }
    }

    private <T> T run(String what, LockedLines.Work<T> work) throws IOException {
        try {
            return work.run();
        } catch (IOException e) {
            // The memory may have half of a change.
            savedFile.forget();
            seenFile.forget();
            throw new IOException("cannot " + what + " the job book " + path + ": " + PrivateFiles.reason(e), e);
        }
    }

    private boolean hasFirstVersion() {
        return Files.exists(Path.of(firstVersion.toString()), LinkOption.NOFOLLOW_LINKS);
    }

    private static String count(List<byte[]> damaged) {
        return damaged.size() + (damaged.size() == 1 ? " damaged line" : " damaged lines");
    }
}
