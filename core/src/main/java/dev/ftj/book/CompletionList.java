package dev.ftj.book;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * The plain file that completion scripts read instead of starting a JVM: a word a line, saved aliases as {@code @NAME} and
 * ids, saved ones first. An id with any other character than {@code [A-Za-z0-9._-]} is left out, since a shell could take
 * it for a command; so is one that begins with a dash, which would be taken for an option.
 */
final class CompletionList {
    private CompletionList() {}

    /** The caller holds the book's lock. */
    static void write(Path file, Path draft, List<JobBook.Entry> entries) throws IOException {
        StringBuilder words = new StringBuilder();
        for (JobBook.Entry entry : entries) {
            if (entry.alias() != null) {
                words.append('@').append(entry.alias()).append('\n');
            }
            if (isPlain(entry.id())) {
                words.append(entry.id()).append('\n');
            }
        }
        byte[] content = words.toString().getBytes(StandardCharsets.US_ASCII);
        // Not forced to the disk: it can be made again from the book.
        PrivateFiles.replace(file, draft, channel -> PrivateFiles.writeFully(channel, content, 0));
    }

    /** The caller holds the book's lock. A word may come twice: the list is made anew often enough. */
    static void add(Path file, List<String> ids) throws IOException {
        StringBuilder added = new StringBuilder();
        ids.stream()
                .filter(CompletionList::isPlain)
                .forEach(id -> added.append(id).append('\n'));
        if (!added.isEmpty()) {
            try (OutputStream words = PrivateFiles.openForAppend(file)) {
                words.write(added.toString().getBytes(StandardCharsets.US_ASCII));
            }
        }
    }

    private static boolean isPlain(String id) {
        return !id.isEmpty() && id.charAt(0) != '-' && id.chars().allMatch(JobBook::isNameCharacter);
    }
}
