package dev.ftj.sandbox;

import dev.ftj.internal.json.JsonWriter;
import dev.ftj.internal.json.RawJson;
import dev.ftj.sandbox.ObjectStorage.Part;
import dev.ftj.sandbox.RequestHandler.Response;
import dev.ftj.sandbox.Sandbox.FileStyle;
import dev.ftj.sandbox.SimulatedUploads.StoredFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The files of the organization, one call at a time. */
final class SimulatedFiles {
    private static final String PATH = SimulatedApi.VERSION_PATH + "/files";
    private static final Pattern UPLOAD =
            Pattern.compile("/uploads/([^/]+)/(parts/checkpoint|parts/urls|complete|abort)");
    private static final Pattern FILE = Pattern.compile("/(metadata|download|delete)/([^/]+)");
    private static final Pattern ERROR_NAME = Pattern.compile("ftj-error-([a-z0-9]+)\\..*");
    private static final Pattern MULTIPART = Pattern.compile("multipart/form-data;.*boundary=\"?([^\";]+)\"?.*");
    private static final Pattern FORM_NAME = Pattern.compile("(?s).*filename=\"([^\"\r\n]*)\".*");

    private static final long MAX_DIRECT = 250L << 30;
    private static final int MAX_SHARD = 1000;

    private final FileStyle style;
    private final Instant start;
    private final double speed;
    private final SimulatedUploads uploads;
    private final Map<String, StoredFile> files = new LinkedHashMap<>();
    private boolean complete;

    SimulatedFiles(FileStyle style, Instant start, double speed, ObjectStorage storage) {
        this.style = style;
        this.speed = speed;
        this.start = start;
        uploads = new SimulatedUploads(style, storage);
        addSample("file-abc123", "application/x-ndjson", 18_432_771, start);
        addSample("file-def456", "application/x-ndjson", 1_204_886, start);
        addSample("training-set.jsonl", "application/x-ndjson", 2_310_442, start);
        addSample("kiln-2026.jsonl", "application/x-ndjson", 904_113, start);
        addSample("corrupt-export.csv", "text/csv", 51_207, start);
    }

    /** Adds what the sample jobs were trained with, at the first call: reading all jobs takes 15 ms. */
    private void addTrainedWith() {
        if (complete) {
            return;
        }
        complete = true;
        SampleJobs.resource("sample-jobs.json").forEachMember((id, job) -> {
            RawJson config = Objects.requireNonNull(job.field("config"));
            for (RawJson dataset : config.elements("datasets")) {
                for (RawJson file : dataset.elements("file_ids")) {
                    String name = Objects.requireNonNull(file.text());
                    addSample(name, "application/x-ndjson", 100_000L + (name.hashCode() & 0xFFFFF), start);
                }
            }
        });
    }

    private void addSample(String name, String type, long size, Instant start) {
        String uid = SimulatedUploads.uid(name);
        files.putIfAbsent(name, new StoredFile(name, uid, type, size, start.minusSeconds(86_400), List.of()));
    }

    /** Whether a path is one of the file endpoints. */
    boolean serves(String path) {
        return path.equals(PATH) || path.startsWith(PATH + "/");
    }

    /**
     * Carries out an authenticated request.
     *
     * @param path percent-encoded
     * @throws ErrorResponse for any other status than 200
     */
    synchronized Response call(
            String method, String path, String query, @Nullable String type, InputStream body, Instant now)
            throws IOException {
        addTrainedWith();
        String below = path.substring(PATH.length());
        Matcher upload = UPLOAD.matcher(below);
        Matcher file = FILE.matcher(below);
        if (upload.matches()) {
            SimulatedApi.allow(method, "POST");
            return Response.json(upload(upload.group(1), upload.group(2), SimulatedApi.text(body), now));
        }
        if (file.matches()) {
            SimulatedApi.allow(method, file.group(1).equals("delete") ? "DELETE" : "GET");
            String id = URLDecoder.decode(file.group(2).replace("+", "%2B"), StandardCharsets.UTF_8);
            return file(file.group(1), id, now);
        }
        SimulatedApi.allow(method, below.isEmpty() || below.startsWith("/uploads") ? "POST" : "GET");
        return switch (below) {
            case "" -> Response.json(postForm(type, body, now));
            case "/uploads/initiate" -> Response.json(initiate(SimulatedApi.text(body), now));
            case "/metadata" -> Response.json(list(query, now));
            case "/info" -> Response.json(info(now));
            default -> throw ErrorResponse.of("no-such-path");
        };
    }

    private Response file(String action, String id, Instant now) {
        StoredFile file = files.get(id);
        if (file == null) {
            throw ErrorResponse.of("no-such-file");
        }
        switch (action) {
            case "metadata":
                return Response.json(record(file, now).raw());
            case "delete":
                files.remove(id);
                return Response.json(
                        JsonWriter.objectOf("file_id", id, "deleted", true).raw());
            default:
                ByteArrayOutputStream content = new ByteArrayOutputStream();
                for (Part part : file.parts()) {
                    content.writeBytes(Objects.requireNonNullElse(part.bytes(), new byte[0]));
                }
                if (content.size() != file.size()) {
                    throw ErrorResponse.of("no-such-file");
                }
                return new Response(200, Map.of("Content-Type", file.type()), content.toByteArray());
        }
    }

    private String list(String query, Instant now) {
        Map<String, Integer> numbers = new LinkedHashMap<>();
        for (String pair : query.split("&")) {
            Matcher number = Pattern.compile("(shard_index|max_items_per_shard)=(-?[0-9]{1,9})")
                    .matcher(pair);
            if (number.matches()) {
                numbers.put(number.group(1), Integer.valueOf(number.group(2)));
            }
        }
        int asked = numbers.getOrDefault("max_items_per_shard", -1);
        int size = asked < 1 ? MAX_SHARD : Math.min(asked, MAX_SHARD);
        long skipped = Math.max(0L, numbers.getOrDefault("shard_index", -1)) * size;
        return files.values().stream()
                .skip(skipped)
                .limit(size)
                .map(file -> record(file, now).raw())
                .collect(Collectors.joining(",\n", "[", "]"));
    }

    private String info(Instant now) {
        long ingested = files.values().stream()
                .filter(file -> file.status(now, speed).equals("INGESTED"))
                .count();
        return JsonWriter.objectOf(
                        "num_files",
                        files.size(),
                        "num_bytes",
                        files.values().stream().mapToLong(StoredFile::size).sum(),
                        "num_ingested",
                        ingested,
                        "last_updated",
                        now.toEpochMilli() / 1000.0)
                .raw();
    }

    private RawJson record(StoredFile file, Instant now) {
        String status = file.status(now, speed);
        return JsonWriter.objectOf(
                "file_id", file.name(),
                "file_uid", file.uid(),
                "is_valid", !status.equals("CORRUPT"),
                "file_type", file.type(),
                "num_bytes", file.size(),
                "file_status", "FILE_STATUS_" + status,
                "file_attributes", Map.of(),
                "ingested", status.equals("INGESTED"),
                "file_index", null,
                "file_tags", List.of());
    }

    /** Reads the whole form: the sandbox takes 16 MiB in one request. */
    private String postForm(@Nullable String contentType, InputStream body, Instant now) throws IOException {
        Matcher multipart = MULTIPART.matcher(Objects.requireNonNullElse(contentType, ""));
        if (!multipart.matches()) {
            throw ErrorResponse.invalid("body.file", "must be sent as multipart/form-data");
        }
        byte[] form = body.readNBytes(SimulatedUploads.MAX_KEPT + 4096);
        if (body.read() >= 0) {
            throw ErrorResponse.of("too-large");
        }
        // Latin-1 keeps every byte in its place.
        String text = new String(form, StandardCharsets.ISO_8859_1);
        int start = text.indexOf("\r\n\r\n");
        int end = text.lastIndexOf("\r\n--" + multipart.group(1) + "--");
        String head = start < 0 ? "" : text.substring(0, start);
        Matcher name = FORM_NAME.matcher(head);
        if (end < start + 4 || !head.contains("name=\"file\"") || !name.matches()) {
            throw ErrorResponse.invalid("body.file", "must be a file");
        }
        Matcher type = Pattern.compile("(?si).*content-type: *([^\r\n;]+).*").matcher(head);
        String fileName = new String(name.group(1).getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        String fileType = type.matches() ? type.group(1).strip() : "application/octet-stream";
        if (fileType.contains("ndjson") || fileName.toLowerCase(Locale.ROOT).matches(".*\\.(jsonl|ndjson)")) {
            throw ErrorResponse.of("file-type-refused");
        }
        byte[] content = Arrays.copyOfRange(form, start + 4, end);
        StoredFile file = newFile(fileName, fileType, content.length, now, List.of(Part.of(content)), false);
        files.put(file.name(), file);
        return JsonWriter.objectOf("is_valid", true, "file_id", fileName, "file_uid", file.uid())
                .raw();
    }

    private String initiate(String body, Instant now) {
        RawJson request = SimulatedUploads.object(body);
        String name = SimulatedUploads.string(request, "filename");
        String type = SimulatedUploads.string(request, "file_type");
        long size = SimulatedUploads.number(request.field("num_bytes"), "body.num_bytes");
        String resumed = RawJson.valid("true").equals(request.field("resume_if_started"))
                ? uploads.resume(name, type, size, now)
                : null;
        return resumed != null ? resumed : uploads.start(newFile(name, type, size, now, new ArrayList<>(), true), now);
    }

    private String upload(String id, String action, String body, Instant now) {
        if (!action.equals("complete")) {
            return uploads.call(id, action, body, now);
        }
        uploads.name(id).ifPresent(this::refuseTaken);
        StoredFile file = uploads.complete(id, body, now);
        files.put(file.name(), file);
        return JsonWriter.objectOf(
                        "file_uid", file.uid(),
                        "file_name", file.name(),
                        "num_bytes", file.size(),
                        "file_status", "Registered",
                        "file_attributes", Map.of())
                .raw();
    }

    /** File ids are immutable: a file has to be deleted before its name can be used again. */
    private void refuseTaken(String name) {
        if (files.containsKey(name)) {
            throw ErrorResponse.of("file-taken");
        }
    }

    private StoredFile newFile(String name, String type, long size, Instant now, List<Part> parts, boolean direct) {
        Matcher error = ERROR_NAME.matcher(name);
        if (error.matches()) {
            String code = error.group(1);
            boolean known = ErrorResponse.jobIds().contains(ErrorResponse.JOB_ID_PREFIX + code);
            // Only the direct flow is missing if 404 and 405 are wanted.
            if (known && (direct || !code.matches("40[45]"))) {
                throw ErrorResponse.of(ErrorResponse.JOB_ID_PREFIX + code);
            }
            if (direct && code.equals("405")) {
                throw ErrorResponse.of("wrong-method");
            }
            if (code.equals("full")) {
                throw ErrorResponse.of("capacity");
            }
        }
        if (name.isBlank() || name.contains("/") || name.contains("\\")) {
            throw ErrorResponse.of("file-name-refused");
        }
        if (size < 1 || size > MAX_DIRECT) {
            throw ErrorResponse.of("file-size-refused").fill("size", Long.toString(size));
        }
        refuseTaken(name);
        String uid = SimulatedUploads.uid(name + now);
        if (style == FileStyle.EXAMPLES) {
            uid = UUID.nameUUIDFromBytes((name + now).getBytes(StandardCharsets.UTF_8))
                    .toString();
        }
        return new StoredFile(name, uid, type, size, now, parts);
    }
}
