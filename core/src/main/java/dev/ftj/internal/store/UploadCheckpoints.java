package dev.ftj.internal.store;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The unfinished uploads of one endpoint, with the tokens of the parts that the object storage has: what a later process
 * needs in order to resume them. Holds no presigned URL. Safe for several processes; a torn line is dropped.
 */
public final class UploadCheckpoints {
    /** Servers forget unfinished uploads after days. */
    private static final Duration KEPT = Duration.ofDays(30);

    private static final String UPLOAD = "upload";
    private static final String PART = "part";

    /** Null: nothing is kept. */
    private final @Nullable LockedLines file;

    private UploadCheckpoints(@Nullable LockedLines file) {
        this.file = file;
    }

    /**
     * An unfinished upload.
     *
     * @param id the server's {@code upload_id}
     * @param file the absolute path
     * @param modified the file's modification time when the upload began
     * @param tokens by part number, as JSON text, for each part that the storage has
     */
    public record Upload(
            String id, String file, String name, String type, long size, String modified, Map<String, String> tokens) {
        public Upload {
            tokens = Map.copyOf(tokens);
        }

        /** Returns whether the file is the one that the upload began with. */
        public boolean isOf(long fileSize, String fileModified) {
            return size == fileSize && modified.equals(fileModified);
        }
    }

    /** Returns the checkpoints of an endpoint, which is always spelled the same way. The first write creates the file. */
    public static UploadCheckpoints open(Path directory, String endpoint) {
        String name = BookFiles.nameOf(endpoint);
        return new UploadCheckpoints(new LockedLines(directory, name + ".uploads.jsonl", name + ".lock"));
    }

    /** Returns checkpoints that are not kept. */
    public static UploadCheckpoints none() {
        return new UploadCheckpoints(null);
    }

    /** Returns the last upload of a file under a name that has not ended; null if there is none. */
    public @Nullable Upload find(String path, String name) throws IOException {
        Upload found = null;
        for (Upload upload : read()) {
            if (upload.file().equals(path) && upload.name().equals(name)) {
                found = upload;
            }
        }
        return found;
    }

    /** Stores that an upload began. */
    public void began(Upload upload, Instant now) throws IOException {
        append(BookLine.of(
                UPLOAD,
                "upload_id",
                upload.id(),
                "file",
                upload.file(),
                "name",
                upload.name(),
                "type",
                upload.type(),
                "size",
                upload.size(),
                "modified",
                upload.modified(),
                "at",
                now));
    }

    /** Stores that the storage has a part. */
    public void stored(String uploadId, String partNumber, String token) throws IOException {
        append(BookLine.of(PART, "upload_id", uploadId, "number", partNumber, "token", token));
    }

    /** Removes an upload that was completed or aborted, and those that are too old. */
    public void ended(String uploadId, Instant now) throws IOException {
        LockedLines lines = file;
        if (lines == null) {
            return;
        }
        lines.locked(() -> {
            List<byte[]> kept = new ArrayList<>();
            List<String> ids = new ArrayList<>();
            for (byte[] bytes : lines.read()) {
                BookLine line = BookLine.parse(bytes);
                String id = line == null ? null : line.text("upload_id");
                if (line == null || id == null || id.equals(uploadId)) {
                    continue;
                }
                Instant at = line.instant("at");
                if (line.is(UPLOAD) && at != null && at.isAfter(now.minus(KEPT))) {
                    ids.add(id);
                }
                if (ids.contains(id)) {
                    kept.add(bytes);
                }
            }
            lines.replace(kept, false);
            return kept;
        });
    }

    private List<Upload> read() throws IOException {
        Map<String, BookLine> begun = new LinkedHashMap<>();
        Map<String, Map<String, String>> tokens = new LinkedHashMap<>();
        for (byte[] bytes : file == null ? List.<byte[]>of() : file.read()) {
            BookLine line = BookLine.parse(bytes);
            String id = line == null ? null : line.text("upload_id");
            if (line == null || id == null) {
                continue;
            }
            if (line.is(UPLOAD)) {
                begun.put(id, line);
            } else {
                tokens.computeIfAbsent(id, any -> new LinkedHashMap<>()).put(text(line, "number"), text(line, "token"));
            }
        }
        List<Upload> uploads = new ArrayList<>();
        begun.forEach((id, line) -> uploads.add(new Upload(
                id,
                text(line, "file"),
                text(line, "name"),
                text(line, "type"),
                Objects.requireNonNullElse(line.number("size"), -1L),
                text(line, "modified"),
                tokens.getOrDefault(id, Map.of()))));
        return uploads;
    }

    private static String text(BookLine line, String name) {
        return Objects.requireNonNullElse(line.text(name), "");
    }

    private void append(BookLine line) throws IOException {
        if (file != null) {
            file.append(List.of(line.bytes()));
        }
    }
}
