package dev.ftj;

import dev.ftj.FineTuneException.Kind;
import dev.ftj.internal.json.RawJson;
import dev.ftj.internal.text.ByteText;
import dev.ftj.internal.text.Excerpt;
import dev.ftj.internal.text.Sanitizer;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The record of an uploaded file, or the server's answer to its upload, which has fewer fields. Immutable; the accessors
 * never fail, and {@link #json()} has everything that the server sent.
 *
 * @since 0.1.0
 */
public final class FileRecord {
    private static final String PREFIX = "FILE_STATUS_";

    private final RawJson json;

    private FileRecord(RawJson json) {
        this.json = json;
    }

    /** Reads an answer; an array of one record counts as that record. */
    static FileRecord read(String text) {
        RawJson json = RawJson.parseOrNull(text);
        if (json != null && json.isArray() && json.elements().size() == 1) {
            json = json.elements().get(0);
        }
        return of(json, text);
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
        throw FineTuneException.of(
                Kind.UNREADABLE,
                "the answer is not the record of a file" + (text.isBlank() ? "" : ": " + Excerpt.of(text)),
                "Check the endpoint, and what stands between it and you");
    }

    /**
     * Returns the id that a job's datasets refer to: {@code file_id}, or the {@code file_name} of an answer to an upload.
     *
     * @return the file's name on the server; null if the record has none
     */
    public @Nullable String id() {
        String id = json.text("file_id");
        return id != null ? id : json.text("file_name");
    }

    /**
     * Returns the server's own identifier of the file.
     *
     * @return {@code file_uid}; null if the record has none
     */
    public @Nullable String uid() {
        return json.text("file_uid");
    }

    /**
     * Returns the content type.
     *
     * @return {@code file_type}; null if the record has none
     */
    public @Nullable String type() {
        return json.text("file_type");
    }

    /**
     * Returns the size.
     *
     * @return {@code num_bytes}; null if the record has none
     */
    public @Nullable Long bytes() {
        RawJson bytes = json.member("num_bytes");
        Double number = bytes == null ? null : bytes.number();
        return number == null || number.isNaN() ? null : (Long) number.longValue();
    }

    /**
     * Returns the status without the prefix {@code FILE_STATUS_}: REGISTERED, INGESTING, INGESTED, CORRUPT or another
     * one. Answers to uploads spell it in another case.
     *
     * @return {@code file_status} in upper case; null if the record has none
     */
    public @Nullable String status() {
        String status = json.text("file_status");
        if (status == null) {
            return null;
        }
        String name = status.strip().toUpperCase(Locale.ROOT);
        return name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name;
    }

    /**
     * Returns whether the server has taken the file in, so that a job can use it.
     *
     * @return true for the status INGESTED, and for those that follow it, and if {@code ingested} is true
     */
    public boolean isIngested() {
        RawJson ingested = json.member("ingested");
        return ingested != null && ingested.raw().equals("true")
                || "INGESTED".equals(status())
                || "IN_MEMORY".equals(status())
                || "IN_COLD_STORAGE".equals(status());
    }

    /**
     * Returns whether the server cannot use the file.
     *
     * @return true for the status CORRUPT, and if {@code is_valid} is false
     */
    public boolean isCorrupt() {
        RawJson valid = json.member("is_valid");
        return valid != null && valid.raw().equals("false") || "CORRUPT".equals(status());
    }

    /**
     * Returns everything that the server sent.
     *
     * @return a JSON object, as sent
     */
    public String json() {
        return json.raw();
    }

    /**
     * Returns one line for people.
     *
     * @return id, status and size, safe to print
     */
    @Override
    public String toString() {
        Long bytes = bytes();
        return Sanitizer.oneLine(Objects.requireNonNullElse(id(), String.valueOf(uid()))
                + (status() == null ? "" : " " + status())
                + (bytes == null || bytes < 0 ? "" : " " + ByteText.of(bytes)));
    }

    /** Two are equal when the server sent the same. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof FileRecord that && that.json.equals(json);
    }

    @Override
    public int hashCode() {
        return json.hashCode();
    }
}
