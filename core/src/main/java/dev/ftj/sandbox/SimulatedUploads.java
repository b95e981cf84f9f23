package dev.ftj.sandbox;

import dev.ftj.internal.json.JsonWriter;
import dev.ftj.internal.json.RawJson;
import dev.ftj.sandbox.ObjectStorage.Part;
import dev.ftj.sandbox.Sandbox.FileStyle;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The direct uploads: their plans, and the parts that were stored. */
final class SimulatedUploads {
    static final int MAX_KEPT = 16 << 20;
    private static final int PART_SIZE = 5 << 20;

    /** A file of the organization, or one that is being uploaded. */
    record StoredFile(String name, String uid, String type, long size, Instant since, List<Part> parts) {
        String status(Instant now, double speed) {
            if (now.isBefore(JobLifecycle.after(since, 1, speed))) {
                return "REGISTERED";
            }
            if (now.isBefore(JobLifecycle.after(since, 3, speed))) {
                return "INGESTING";
            }
            return name.startsWith("corrupt") ? "CORRUPT" : "INGESTED";
        }
    }

    private static final class Upload {
        final String id;
        final StoredFile file;
        final Map<Integer, Part> done = new TreeMap<>();
        boolean completed;

        Upload(String id, StoredFile file) {
            this.id = id;
            this.file = file;
        }
    }

    private final boolean examples;
    private final ObjectStorage storage;
    private final Map<String, Upload> uploads = new LinkedHashMap<>();

    SimulatedUploads(FileStyle style, ObjectStorage storage) {
        this.examples = style == FileStyle.EXAMPLES;
        this.storage = storage;
    }

    /** Returns the plan for the rest of an unfinished upload of such a file; null if there is none. */
    @Nullable
    String resume(String name, String type, long size, Instant now) {
        for (Upload started : uploads.values()) {
            StoredFile file = started.file;
            if (!started.completed
                    && file.name().equals(name)
                    && file.size() == size
                    && file.type().equals(type)) {
                return plan(started, true, now);
            }
        }
        return null;
    }

    /** @param file without parts, which are added */
    String start(StoredFile file, Instant now) {
        String id =
                (examples ? "upl_" : "upl-") + uid(file.name() + uploads.size()).substring(4);
        for (long offset = 0; offset < file.size(); offset += PART_SIZE) {
            int length = (int) Math.min(PART_SIZE, file.size() - offset);
            file.parts().add(new Part(id, file.parts().size(), offset, length, file.size() <= MAX_KEPT));
        }
        Upload upload = new Upload(id, file);
        uploads.put(id, upload);
        return plan(upload, false, now);
    }

    private String plan(Upload upload, boolean resumed, Instant now) {
        StoredFile file = upload.file;
        List<Part> left = file.parts().stream()
                .filter(part -> !upload.done.containsKey(part.number))
                .toList();
        Map<String, RawJson> plan = new LinkedHashMap<>(JsonWriter.objectOf(
                        "upload_id", upload.id,
                        "file_uid", file.uid(),
                        "file_name", file.name(),
                        "total_bytes", file.size(),
                        "num_parts", file.parts().size(),
                        "part_size", PART_SIZE,
                        "is_resume", resumed)
                .fields());
        if (examples) {
            plan.put("strategy", JsonWriter.string("multipart"));
        }
        plan.putAll(urls(left, now));
        return JsonWriter.object(plan).raw();
    }

    private Map<String, RawJson> urls(List<Part> parts, Instant now) {
        RawJson expires = JsonWriter.string(now.plus(ObjectStorage.URL_LIFETIME).toString());
        List<RawJson> all = new ArrayList<>();
        for (Part part : parts) {
            Map<String, RawJson> url = new LinkedHashMap<>(JsonWriter.objectOf(
                            "part_number",
                            number(part),
                            "url",
                            storage.presign(part),
                            "offset",
                            part.offset,
                            "length",
                            part.length)
                    .fields());
            if (!examples) {
                url.put("expires_at", expires);
            }
            all.add(JsonWriter.object(url));
        }
        Map<String, RawJson> urls = new LinkedHashMap<>();
        if (examples) {
            urls.put("expires_at", expires);
        }
        urls.put("parts", JsonWriter.array(all));
        return urls;
    }

    /** Returns the name of the file of an unfinished upload. */
    Optional<String> name(String id) {
        return Optional.ofNullable(uploads.get(id))
                .filter(upload -> !upload.completed)
                .map(upload -> upload.file.name());
    }

    private Upload find(String id) {
        Upload upload = uploads.get(id);
        if (upload == null) {
            throw ErrorResponse.of("no-such-upload");
        }
        if (upload.completed) {
            throw ErrorResponse.of("upload-completed");
        }
        return upload;
    }

    /** @param action any but {@code complete} */
    String call(String id, String action, String body, Instant now) {
        Upload upload = find(id);
        switch (action) {
            case "abort" -> uploads.remove(id);
            case "parts/urls" -> {
                List<Part> asked = elements(object(body), "part_numbers").stream()
                        .map(number -> part(upload, number))
                        .toList();
                return JsonWriter.object(urls(asked, now)).raw();
            }
            default -> takeTokens(upload, body);
        }
        return "{}";
    }

    /** Returns the file, if all its parts were stored. */
    StoredFile complete(String id, String body, Instant now) {
        Upload upload = find(id);
        takeTokens(upload, body);
        String missing = upload.file.parts().stream()
                .filter(part -> !upload.done.containsKey(part.number))
                .map(part -> Integer.toString(number(part)))
                .collect(Collectors.joining(", "));
        if (!missing.isEmpty()) {
            throw ErrorResponse.of("bad-parts").fill("parts", missing);
        }
        upload.completed = true;
        StoredFile begun = upload.file;
        return new StoredFile(begun.name(), begun.uid(), begun.type(), begun.size(), now, begun.parts());
    }

    private void takeTokens(Upload upload, String body) {
        for (RawJson json : elements(object(body), "parts")) {
            RawJson member = object(json.raw());
            Part part = part(upload, member.field("part_number"));
            String tag = examples ? part.tag() : '"' + part.tag() + '"';
            if (part.tag() == null || !string(member, "part_token").equals(tag)) {
                throw ErrorResponse.of("bad-parts").fill("parts", Integer.toString(number(part)));
            }
            upload.done.put(part.number, part);
        }
    }

    private int number(Part part) {
        return examples ? part.number + 1 : part.number;
    }

    private Part part(Upload upload, @Nullable RawJson json) {
        long number = number(json, "body.part_number");
        return upload.file.parts().stream()
                .filter(part -> number(part) == number)
                .findFirst()
                .orElseThrow(() -> ErrorResponse.invalid("body.part_number", "is not a part of this upload"));
    }

    static RawJson object(String json) {
        RawJson parsed = RawJson.parseOrNull(json);
        if (parsed == null || !parsed.isObject()) {
            throw ErrorResponse.invalid("body", "must be a JSON object");
        }
        return parsed;
    }

    private static List<RawJson> elements(RawJson object, String name) {
        RawJson array = object.field(name);
        return array == null ? List.of() : array.elements();
    }

    static String string(RawJson object, String name) {
        String text = object.text(name);
        if (text == null) {
            throw ErrorResponse.invalid("body." + name, "must be a string");
        }
        return text;
    }

    static long number(@Nullable RawJson json, String location) {
        try {
            return Long.parseLong(json == null ? "" : json.raw());
        } catch (NumberFormatException e) {
            throw ErrorResponse.invalid(location, "must be an integer");
        }
    }

    static String uid(String seed) {
        return "fil_"
                + UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8))
                        .toString()
                        .replace("-", "");
    }
}
