package dev.ftj;

import dev.ftj.FineTuneException.Kind;
import dev.ftj.internal.json.RawJson;
import dev.ftj.internal.text.ByteText;
import dev.ftj.internal.text.Excerpt;
import dev.ftj.internal.text.Sanitizer;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The record of an uploaded file, or the server's answer to its upload, which has fewer fields. Immutable; the accessors
 * never fail, and {@link #json()} has everything that the server sent.
 *
 * @since 0.1.0
 */
public final class FileRecord extends ServerRecord {
    private static final String PREFIX = "FILE_STATUS_";

    private FileRecord(RawJson json) {
        super(json);
    }

    /** Reads an answer; an array of one record counts as that record. */
    static FileRecord read(String text) {
        RawJson json = RawJson.parseOrNull(text);
        if (json != null && json.isArray() && json.elements().size() == 1) {
            json = json.elements().get(0);
        }
        return of(json, text);
    }

    /**
     * Reads the record that was asked for.
     *
     * @param asked the file's id, which is its name, or its uid
     * @throws FineTuneException of kind {@code UNREADABLE} if it is another file's
     */
    static FileRecord read(String text, String asked) {
        FileRecord file = read(text);
        List<String> names = Stream.of("file_id", "file_name", "name", "file_uid")
                .map(file::text)
                .filter(Objects::nonNull)
                .toList();
        if (file.id() != null && !names.contains(asked)) {
            throw FineTuneException.of(
                    Kind.UNREADABLE,
                    "the answer is the record of another file, " + Excerpt.of(names.get(0)),
                    "Report this to the service");
        }
        return file;
    }

    /** Reads an element of a list, whatever it is. */
    static FileRecord element(RawJson json) {
        return new FileRecord(json);
    }

    /** @param text what the server sent, for the message if it is no record */
    private static FileRecord of(@Nullable RawJson json, String text) {
        if (json != null && json.isObject()) {
            FileRecord file = new FileRecord(json);
            if (file.id() != null || file.uid() != null) {
                return file;
            }
        }
        throw JobReader.unreadable("not the record of a file", text.isBlank() ? null : text);
    }

    /**
     * {@return the id that a job's datasets refer to, the file's name on the server: {@code file_id}, or the
     * {@code file_name} of an answer to an upload; null if the record has neither}
     */
    public @Nullable String id() {
        return text("file_id", "file_name");
    }

    /** {@return {@code file_uid}, the server's own identifier of the file; null if the record has none} */
    public @Nullable String uid() {
        return text("file_uid");
    }

    /** {@return {@code file_type}, the content type; null if the record has none} */
    public @Nullable String type() {
        return text("file_type");
    }

    /** {@return {@code num_bytes}, the size; null if the record has no whole number that a {@code long} can hold} */
    public @Nullable Long bytes() {
        RawJson bytes = json.member("num_bytes");
        try {
            return bytes == null ? null : (Long) new BigDecimal(bytes.raw()).longValueExact();
        } catch (ArithmeticException | NumberFormatException e) {
            return null;
        }
    }

    /**
     * {@return {@code file_status} in upper case, without the prefix {@code FILE_STATUS_}: REGISTERED, INGESTING,
     * INGESTED, CORRUPT or another one; null if the record has none}
     */
    public @Nullable String status() {
        String status = text("file_status");
        if (status == null) {
            return null;
        }
        String name = status.strip().toUpperCase(Locale.ROOT);
        return name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name;
    }

    /**
     * {@return whether the server has taken the file in, so that a job can use it: its status is INGESTED or one that
     * follows it, or {@code ingested} is true}
     */
    public boolean isIngested() {
        return is("ingested", "true")
                || "INGESTED".equals(status())
                || "IN_MEMORY".equals(status())
                || "IN_COLD_STORAGE".equals(status());
    }

    /** {@return whether the server cannot use the file: its status is CORRUPT, or {@code is_valid} is false} */
    public boolean isCorrupt() {
        return is("is_valid", "false") || "CORRUPT".equals(status());
    }

    /** {@return one line for people: id, status and size, safe to print} */
    @Override
    public String toString() {
        Long bytes = bytes();
        return Sanitizer.oneLine(Objects.requireNonNullElse(id(), String.valueOf(uid()))
                + (status() == null ? "" : " " + status())
                + (bytes == null || bytes < 0 ? "" : " " + ByteText.of(bytes)));
    }
}
