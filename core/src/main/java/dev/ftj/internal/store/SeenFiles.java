package dev.ftj.internal.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The ids of the files of one endpoint that were uploaded or listed, for completion: a plain file of lines, which
 * completion scripts read as well. An id that would act on a terminal is not kept.
 */
public final class SeenFiles {
    private static final int MAX_FILES = 1_000;

    private final LockedLines file;

    /** The first write creates the file. */
    public SeenFiles(Path directory, String endpoint) {
        String name = BookFiles.nameOf(endpoint);
        file = new LockedLines(directory, name + ".files", name + ".lock");
    }

    /** Adds ids, the newest last; the oldest beyond 1,000 are dropped. */
    public void add(Collection<String> ids) throws IOException {
        List<byte[]> added = CompletionWords.lines(
                ids.stream().filter(id -> !id.startsWith("@")).toList());
        if (added.isEmpty()) {
            return;
        }
        file.locked(() -> {
            Set<String> all = new LinkedHashSet<>(read());
            for (byte[] bytes : added) {
                String id = new String(bytes, StandardCharsets.UTF_8);
                all.remove(id);
                all.add(id);
            }
            List<byte[]> lines = new ArrayList<>();
            all.stream()
                    .skip(Math.max(0, all.size() - MAX_FILES))
                    .forEach(id -> lines.add(id.getBytes(StandardCharsets.UTF_8)));
            file.replace(lines, false);
            return lines;
        });
    }

    /** Returns the ids, the newest first. */
    public List<String> ids() throws IOException {
        List<String> ids = read();
        Collections.reverse(ids);
        return ids;
    }

    private List<String> read() throws IOException {
        List<String> ids = new ArrayList<>();
        for (byte[] line : file.read()) {
            ids.add(new String(line, StandardCharsets.UTF_8));
        }
        return ids;
    }
}
