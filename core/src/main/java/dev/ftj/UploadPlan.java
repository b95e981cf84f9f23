package dev.ftj;

import dev.ftj.FineTuneException.Kind;
import dev.ftj.internal.http.PresignedUrl;
import dev.ftj.internal.json.RawJson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The server's plan of an upload, checked before a byte is sent.
 *
 * @param uploadId safe as a path segment
 * @param resumed whether the server has other parts already
 * @param fileUid null if the plan has none
 * @param parts what is to be sent, in the order of the file
 */
record UploadPlan(
        String uploadId, boolean resumed, @Nullable String fileUid, List<Part> parts) {
    private static final int MAX_ID = 1000;
    private static final int MAX_NUMBER = 100;

    /**
     * A part of the file.
     *
     * @param number the server's {@code part_number}, as JSON text: it is sent back as it came
     * @param url presigned: a secret, and not to be re-encoded
     * @param expires null if the plan does not say
     */
    record Part(
            String number,
            String url,
            long offset,
            long length,
            @Nullable Instant expires) {}

    /**
     * Reads the answer to an initiate.
     *
     * @param size the file's
     * @throws FineTuneException of kind {@code UNREADABLE} if the plan cannot be followed
     */
    static UploadPlan read(String text, long size) {
        RawJson json = RawJson.parseOrNull(text);
        if (json == null || !json.isObject()) {
            throw bad("it is not a JSON object");
        }
        String id = json.text("upload_id");
        if (id == null || !isSegment(id)) {
            throw bad("it has no upload_id that can be used");
        }
        Long total = number(json, "total_bytes");
        if (total != null && total != size) {
            throw bad("it is for " + total + " bytes, and the file has " + size);
        }
        RawJson resume = json.member("is_resume");
        boolean resumed = resume != null && resume.raw().equals("true");
        List<Part> parts = new ArrayList<>(parts(json, true));
        parts.sort(Comparator.comparingLong(Part::offset));
        check(parts, resumed, size);
        return new UploadPlan(id, resumed, json.text("file_uid"), List.copyOf(parts));
    }

    /**
     * Reads the answer to a request for a new URL.
     *
     * @return the part with its new URL
     */
    static Part renewed(Part part, String text) {
        RawJson json = RawJson.parseOrNull(text);
        List<Part> parts = json == null ? List.of() : parts(json, false);
        for (Part fresh : parts) {
            if (fresh.number().equals(part.number())) {
                return new Part(part.number(), fresh.url(), part.offset(), part.length(), fresh.expires());
            }
        }
        throw bad("there is no new URL for part " + part.number());
    }

    private static List<Part> parts(RawJson json, boolean placed) {
        RawJson list = json.member("parts");
        Instant expires = instant(json);
        List<Part> parts = new ArrayList<>();
        for (RawJson part : list == null ? List.<RawJson>of() : list.elements()) {
            RawJson number = part.member("part_number");
            String url = part.text("url");
            if (number == null
                    || number.isObject()
                    || number.isArray()
                    || number.raw().length() > MAX_NUMBER) {
                throw bad("a part has no part_number that can be used");
            }
            if (url == null) {
                throw bad("part " + number.shown() + " has no url");
            }
            String problem = PresignedUrl.problem(url);
            if (problem != null) {
                throw bad("the URL of part " + number.shown() + " cannot be used: " + problem);
            }
            Long offset = number(part, "offset");
            Long length = number(part, "length");
            if (placed && (offset == null || length == null)) {
                throw bad("part " + number.shown() + " has no offset and length");
            }
            Instant own = instant(part);
            parts.add(new Part(
                    number.raw(),
                    url,
                    offset == null ? 0 : offset,
                    length == null ? 0 : length,
                    own == null ? expires : own));
        }
        return parts;
    }

    private static void check(List<Part> parts, boolean resumed, long size) {
        if (parts.isEmpty() && !resumed) {
            throw bad("it has no parts");
        }
        Set<String> numbers = new HashSet<>();
        long end = 0;
        for (Part part : parts) {
            if (!numbers.add(part.number())) {
                throw bad("it has two parts " + part.number());
            }
            if (part.length() <= 0 || part.offset() < 0 || part.length() > size - part.offset()) {
                throw bad("part " + part.number() + " is not within the file");
            }
            if (part.offset() < end) {
                throw bad("part " + part.number() + " overlaps the one before");
            }
            if (part.offset() > end && !resumed) {
                throw bad("no part holds the bytes from " + end + " to " + part.offset());
            }
            end = part.offset() + part.length();
        }
        if (end < size && !resumed) {
            throw bad("no part holds the bytes from " + end + " to " + size);
        }
    }

    private static boolean isSegment(String id) {
        return !id.isEmpty()
                && id.length() <= MAX_ID
                && !id.equals(".")
                && !id.equals("..")
                && id.chars().allMatch(c -> c > ' ' && c <= '~');
    }

    private static @Nullable Instant instant(RawJson json) {
        return ServerRecord.instant(json, "expires_at");
    }

    /** Returns a whole number; null for anything else. */
    private static @Nullable Long number(RawJson json, String name) {
        RawJson member = json.member(name);
        try {
            return member == null ? null : (Long) Long.parseLong(member.raw());
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static FineTuneException bad(String why) {
        return FineTuneException.of(
                Kind.UNREADABLE, "the server's plan for the upload cannot be followed: " + why, "Nothing was uploaded");
    }
}
