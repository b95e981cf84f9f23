package dev.ftj;

import dev.ftj.FineTuneException.ApiError;
import dev.ftj.FineTuneException.Kind;
import dev.ftj.FineTuneException.Resource;
import dev.ftj.UploadPlan.Part;
import dev.ftj.internal.dataset.LocalFile;
import dev.ftj.internal.http.CallDispatcher;
import dev.ftj.internal.http.HttpBody;
import dev.ftj.internal.http.HttpReply;
import dev.ftj.internal.json.RawJson;
import dev.ftj.internal.store.UploadCheckpoints;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One upload of a file: the server's plan, its parts to the object storage, several at once, and the completion. If the
 * server has no such flow, one request with the whole file.
 */
final class FileUpload {
    private static final long MAX_SMALL = 512_000_000;
    private static final Duration ABORT_DEADLINE = Duration.ofSeconds(2);
    private static final long STOP_MILLIS = 2000;

    /** The first new URL is part of normal operation; more of them count as attempts. */
    private static final int MAX_RENEWALS = 4;

    private static final Pattern EXPIRED_TOKEN = Pattern.compile("<Code>(Token|Expired)\\w*(Expired|Token)</Code>");
    private static final Pattern STORAGE_ERROR =
            Pattern.compile("(?s).*<Code>([^<]{1,100})</Code>(?:.*<Message>([^<]{1,300})</Message>)?.*");

    private final ApiCalls calls;
    private final UploadCheckpoints checkpoints;
    private final UploadOptions options;
    private final Source source;
    private final String name;
    private final Progress progress;
    private String type;

    /** Whether tokens are sent in the other form: without the quotes of the ETag, or with them. */
    private volatile boolean otherTokens;

    private boolean warned;

    /** @throws FineTuneException of kind {@code LOCAL} if the file cannot be uploaded */
    FileUpload(ApiCalls calls, UploadCheckpoints checkpoints, Path file, UploadOptions options) {
        calls.requireUsualVersion("upload");
        this.calls = calls;
        this.checkpoints = checkpoints;
        this.options = options;
        this.source = Source.of(file);
        this.name = Objects.requireNonNullElseGet(options.name(), () -> String.valueOf(file.getFileName()));
        this.type = Objects.requireNonNullElseGet(options.type(), () -> ContentTypes.of(name));
        this.progress = new Progress(options.listener(), source.size());
    }

    /** A file as it was when the upload began. */
    private record Source(
            Path path,
            long size,
            FileTime modified,
            @Nullable Object key) {
        static Source of(Path path) {
            try (FileChannel channel = LocalFile.open(path)) {
                BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class);
                if (channel.size() == 0) {
                    throw local(path, "is empty", "Nothing was sent");
                }
                return new Source(path, channel.size(), now.lastModifiedTime(), now.fileKey());
            } catch (IOException e) {
                throw local(path, LocalFile.reason(e), "Nothing was sent");
            }
        }

        /** @throws FineTuneException of kind {@code LOCAL} if the file is not what it was */
        void check() {
            String again = "Upload it again when nothing writes to it";
            try {
                BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class);
                if (now.size() != size) {
                    throw local(
                            path,
                            "changed while it was uploaded: it had " + size + " bytes, and has " + now.size() + " now",
                            again);
                }
                if (!now.lastModifiedTime().equals(modified) || !Objects.equals(now.fileKey(), key)) {
                    throw local(path, "was written to while it was uploaded", again);
                }
            } catch (IOException e) {
                throw local(path, "cannot be read any more", again);
            }
        }

        private static FineTuneException local(Path path, String what, String hint) {
            return FineTuneException.of(Kind.LOCAL, path + " " + what, hint);
        }
    }

    /** The bytes that were sent of each part. */
    private static final class Progress {
        private final UploadOptions.Listener listener;
        private final long total;
        private final Map<String, Long> parts = new LinkedHashMap<>();
        private long sent;

        Progress(UploadOptions.Listener listener, long total) {
            this.listener = listener;
            this.total = total;
        }

        synchronized void sent(String part, long bytes) {
            Long before = parts.put(part, bytes);
            sent += bytes - (before == null ? 0 : before);
            listener.progress(sent, total);
        }

        synchronized void note(String message) {
            listener.note(message);
        }
    }

    /**
     * Uploads the file on this thread; an interrupt cancels the upload.
     *
     * @throws FineTuneException if the server does not have the whole file afterwards
     */
    FileRecord run() {
        UploadPlan plan;
        UploadCheckpoints.Upload before = unfinished();
        try {
            plan = begin(before);
        } catch (FineTuneException e) {
            Integer status = e.httpStatus();
            if (e.kind() == Kind.NOT_FOUND || Objects.equals(status, 405)) {
                return small(e);
            }
            throw e;
        }
        Map<String, String> tokens = new ConcurrentHashMap<>();
        if (plan.resumed() && before != null) {
            tokens.putAll(before.tokens());
        }
        try {
            send(plan, tokens);
            source.check();
            FileRecord record = complete(plan, tokens);
            remember(() -> checkpoints.ended(plan.uploadId(), calls.timing().now()));
            return record;
        } catch (FineTuneException e) {
            if (!options.resume()) {
                abort(plan.uploadId());
            }
            throw e;
        }
    }

    /** Returns the upload to resume; null to start anew. */
    private UploadCheckpoints.@Nullable Upload unfinished() {
        if (!options.resume()) {
            return null;
        }
        UploadCheckpoints.Upload[] found = new UploadCheckpoints.Upload[1];
        remember(() -> found[0] = checkpoints.find(path(), name));
        UploadCheckpoints.Upload before = found[0];
        if (before == null
                || (before.isOf(source.size(), source.modified().toString())
                        && before.type().equals(type))) {
            return before;
        }
        progress.note(source.path() + " has changed since its upload began, so it is uploaded anew");
        abort(before.id());
        return null;
    }

    private UploadPlan begin(UploadCheckpoints.@Nullable Upload before) {
        UploadPlan plan = initiate(before != null);
        if (before != null && plan.resumed() && plan.uploadId().equals(before.id())) {
            return plan;
        }
        if (before != null) {
            progress.note("the server no longer has the unfinished upload, so it starts anew");
            remember(() -> checkpoints.ended(before.id(), calls.timing().now()));
        }
        if (plan.resumed()) {
            // Another upload of this name, perhaps of other bytes.
            plan = initiate(false);
            if (plan.resumed()) {
                throw FineTuneException.of(
                        Kind.UNREADABLE,
                        "the server resumes an upload of " + name + " that this machine did not begin",
                        "Upload it under another name");
            }
        }
        String id = plan.uploadId();
        remember(() -> checkpoints.began(
                new UploadCheckpoints.Upload(
                        id, path(), name, type, source.size(), source.modified().toString(), Map.of()),
                calls.timing().now()));
        return plan;
    }

    private UploadPlan initiate(boolean resume) {
        try {
            return initiate(type, resume);
        } catch (FineTuneException e) {
            boolean refused = e.errors().stream().anyMatch(error -> "invalid_file_type".equals(error.code()));
            if (refused && options.type() == null && type.equals(ContentTypes.JSON_LINES)) {
                // Some servers know JSON Lines as plain text.
                UploadPlan plan = initiate("text/plain", resume);
                type = "text/plain";
                return plan;
            }
            throw e.kind() == Kind.CONFLICT ? taken(e) : e;
        }
    }

    private UploadPlan initiate(String contentType, boolean resume) {
        Map<String, RawJson> body = new LinkedHashMap<>();
        body.put("filename", RawJson.string(name));
        body.put("file_type", RawJson.string(contentType));
        body.put("num_bytes", RawJson.valid(Long.toString(source.size())));
        if (resume) {
            body.put("resume_if_started", RawJson.valid("true"));
        }
        return calls.run(calls.call(
                ApiRequest.initiate(name, RawJson.object(body).raw()),
                reply -> UploadPlan.read(reply.body(), source.size())));
    }

    private FineTuneException taken(FineTuneException e) {
        return e.withHint("Upload it under another name, or use the file that is there: its id is " + name);
    }

    private void send(UploadPlan plan, Map<String, String> tokens) {
        long left = plan.parts().stream().mapToLong(Part::length).sum();
        progress.sent("", source.size() - left);
        List<Part> missing = new ArrayList<>();
        for (Part part : plan.parts()) {
            if (tokens.containsKey(part.number())) {
                progress.sent(part.number(), part.length());
            } else {
                missing.add(part);
            }
        }
        ExecutorService workers = Executors.newFixedThreadPool(options.partsAtOnce(), CallDispatcher.Worker::new);
        try {
            CompletionService<Void> done = new ExecutorCompletionService<>(workers);
            for (Part part : missing) {
                done.submit(() -> {
                    String token = put(plan.uploadId(), part);
                    tokens.put(part.number(), token);
                    stored(plan.uploadId(), part, token);
                    return null;
                });
            }
            for (int i = 0; i < missing.size(); i++) {
                done.take().get();
            }
        } catch (InterruptedException e) {
            throw cancelled(workers);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof FineTuneException failure ? failure : new IllegalStateException(e.getCause());
        } finally {
            workers.shutdownNow();
        }
    }

    /** Waits until the parts have ended, so that none is sent after the upload was aborted. */
    private FineTuneException cancelled(ExecutorService workers) {
        workers.shutdownNow();
        try {
            workers.awaitTermination(STOP_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException again) {
            // the user insists
        }
        Thread.currentThread().interrupt();
        return about(FineTuneException.cancelled());
    }

    /** Sends a part until the storage has it, with new URLs when one has expired, and returns its token. */
    private String put(String uploadId, Part planned) {
        Part part = planned;
        boolean renewed = false;
        for (int renewals = 0; ; renewals++) {
            source.check();
            if (!renewed
                    && part.expires() != null
                    && part.expires().isBefore(calls.timing().now())) {
                part = renew(uploadId, part);
            }
            renewed = true;
            try {
                return calls.run(calls.call(
                        ApiRequest.part(name, part.url(), body(part), deadline(part.length())), this::token));
            } catch (FineTuneException e) {
                source.check();
                if (!isExpired(e) || renewals == MAX_RENEWALS) {
                    throw storageFailure(part, e);
                }
                pause(renewals);
                part = renew(uploadId, part);
            }
        }
    }

    /** The first new URL is asked for at once. */
    private void pause(int renewals) {
        if (renewals == 0) {
            return;
        }
        try {
            calls.timing().sleep(Duration.ofMillis(renewals * 500L), new CountDownLatch(1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw FineTuneException.cancelled();
        }
    }

    private HttpBody body(Part part) {
        return HttpBody.region(
                source.path(), part.offset(), part.length(), null, sent -> progress.sent(part.number(), sent));
    }

    private String token(HttpReply reply) {
        String token = reply.header("ETag");
        if (token == null || token.isBlank()) {
            throw FineTuneException.of(
                    Kind.UNREADABLE,
                    "the object storage answered " + reply.status() + " without an ETag",
                    "Report this to the service");
        }
        return token;
    }

    private Part renew(String uploadId, Part part) {
        String body = "{\"part_numbers\": [" + part.number() + "]}";
        return calls.run(calls.call(
                ApiRequest.upload(name, uploadId, "/parts/urls", body),
                reply -> UploadPlan.renewed(part, reply.body())));
    }

    private static boolean isExpired(FineTuneException e) {
        return Objects.equals(e.httpStatus(), 403)
                || Objects.equals(e.httpStatus(), 400)
                        && EXPIRED_TOKEN.matcher(storageText(e)).find();
    }

    private static String storageText(FineTuneException e) {
        return e.errors().isEmpty() ? "" : e.errors().get(0).message();
    }

    /** A status of the storage is not the API's: its 403 has nothing to do with the key. */
    private FineTuneException storageFailure(Part part, FineTuneException e) {
        Integer status = e.httpStatus();
        if (status == null || e.kind() == Kind.UNREADABLE) {
            return about(e);
        }
        Matcher xml = STORAGE_ERROR.matcher(storageText(e));
        ApiError error = xml.matches()
                ? new ApiError(xml.group(1), Optional.ofNullable(xml.group(2)).orElse(""), null, null)
                : null;
        FailureBuilder failure = new FailureBuilder(
                        Kind.SERVER,
                        "the object storage refused part " + part.number() + " (" + status + ")"
                                + (error == null || error.message().isEmpty()
                                        ? ""
                                        : ": " + FineTuneException.excerpt(error.message())))
                .httpStatus(status)
                .errors(error == null ? e.errors() : List.of(error))
                .attempts(e.attempts())
                .retryable(e.retryable())
                .hint("Try again later");
        return about(failure.build());
    }

    private FineTuneException about(FineTuneException e) {
        return e.toBuilder().resource(new Resource(Resource.Type.FILE, name)).build();
    }

    /** Slow lines must have their time: 16 KiB a second at least, and 10 minutes. */
    private static Duration deadline(long bytes) {
        return Duration.ofSeconds(600 + bytes / (16 << 10));
    }

    /** Notes a part on this machine and on the server; the upload does not depend on either. */
    private void stored(String uploadId, Part part, String token) {
        remember(() -> checkpoints.stored(uploadId, part.number(), token));
        try {
            checkpoint(uploadId, part, token);
        } catch (FineTuneException e) {
            if (e.kind() == Kind.CANCELLED) {
                throw e;
            }
        }
    }

    private void checkpoint(String uploadId, Part part, String token) {
        boolean form = otherTokens;
        try {
            post(uploadId, "/parts/checkpoint", Map.of(part.number(), token), List.of(part));
        } catch (FineTuneException e) {
            if (!Objects.equals(e.httpStatus(), 400) || form != otherTokens) {
                throw e;
            }
            otherTokens = !form;
            post(uploadId, "/parts/checkpoint", Map.of(part.number(), token), List.of(part));
        }
    }

    private String post(String uploadId, String action, Map<String, String> tokens, List<Part> parts) {
        List<RawJson> list = new ArrayList<>();
        for (Part part : parts) {
            Map<String, RawJson> member = new LinkedHashMap<>();
            member.put("part_number", RawJson.valid(part.number()));
            member.put("part_token", RawJson.string(form(Objects.requireNonNull(tokens.get(part.number())))));
            list.add(RawJson.object(member));
        }
        String body = RawJson.object(Map.of("parts", RawJson.array(list))).raw();
        return calls.run(calls.call(ApiRequest.upload(name, uploadId, action, body), HttpReply::body));
    }

    private String form(String token) {
        if (!otherTokens) {
            return token;
        }
        boolean quoted = token.length() > 1 && token.startsWith("\"") && token.endsWith("\"");
        return quoted ? token.substring(1, token.length() - 1) : '"' + token + '"';
    }

    private FileRecord complete(UploadPlan plan, Map<String, String> tokens) {
        try {
            return completeOnce(plan, tokens);
        } catch (FineTuneException first) {
            if (!Objects.equals(first.httpStatus(), 400) || plan.parts().isEmpty()) {
                return completed(plan, first);
            }
            otherTokens = !otherTokens;
            try {
                return completeOnce(plan, tokens);
            } catch (FineTuneException second) {
                return completed(plan, Objects.equals(second.httpStatus(), 400) ? first : second);
            }
        }
    }

    private FileRecord completeOnce(UploadPlan plan, Map<String, String> tokens) {
        return FileRecord.read(post(plan.uploadId(), "/complete", tokens, plan.parts()));
    }

    /** After a completion whose outcome is not known: looks whether the server has the file. */
    private FileRecord completed(UploadPlan plan, FineTuneException failure) {
        boolean refused = failure.attempts() < 2 && failure.httpStatus() != null && !failure.retryable();
        if (failure.kind() == Kind.CANCELLED || refused) {
            throw failure.kind() == Kind.CONFLICT ? taken(failure) : failure;
        }
        try {
            FileRecord file = calls.run(calls.file(name));
            if (plan.fileUid() != null && plan.fileUid().equals(file.uid())) {
                return file;
            }
        } catch (FineTuneException unknown) {
            failure.addSuppressed(unknown);
        }
        throw failure;
    }

    private FileRecord small(FineTuneException noDirectFlow) {
        if (type.equals(ContentTypes.JSON_LINES)
                || type.equals("text/plain") && ContentTypes.of(name).equals(ContentTypes.JSON_LINES)) {
            throw noDirectFlow.withHint(
                    "This server has no direct uploads, and takes no JSON Lines in one request: check the endpoint");
        }
        if (source.size() > MAX_SMALL) {
            throw noDirectFlow.withHint(
                    "This server has no direct uploads, and takes at most 512 MB in one request: check the endpoint");
        }
        HttpBody content = HttpBody.region(source.path(), 0, source.size(), type, sent -> progress.sent("", sent));
        HttpBody form = HttpBody.multipart(List.of(new HttpBody.Part("file", name, content)));
        FileRecord record;
        try {
            record = calls.run(calls.call(
                    ApiRequest.postFile(name, form, deadline(source.size())), reply -> FileRecord.read(reply.body())));
        } catch (FineTuneException e) {
            throw e.kind() == Kind.CONFLICT ? taken(e) : e;
        }
        source.check();
        return record;
    }

    /** Best effort; keeps what is needed to resume if the server was not reached. */
    private void abort(String uploadId) {
        boolean interrupted = Thread.interrupted();
        try {
            calls.run(calls.once(
                    ApiRequest.upload(name, uploadId, "/abort", "{}").within(ABORT_DEADLINE), HttpReply::body));
            remember(() -> checkpoints.ended(uploadId, calls.timing().now()));
        } catch (FineTuneException e) {
            if (e.kind() == Kind.NOT_FOUND || e.kind() == Kind.CONFLICT) {
                remember(() -> checkpoints.ended(uploadId, calls.timing().now()));
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private interface Write {
        void run() throws IOException;
    }

    /** Without its state on this machine an upload cannot be resumed, but goes on. */
    private synchronized void remember(Write write) {
        try {
            write.run();
        } catch (IOException e) {
            if (!warned) {
                warned = true;
                progress.note("the state of the upload cannot be kept, so it cannot be resumed: " + e.getMessage());
            }
        }
    }

    private String path() {
        return source.path().toAbsolutePath().normalize().toString();
    }
}
