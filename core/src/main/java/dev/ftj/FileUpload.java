package dev.ftj;

import dev.ftj.FineTuneException.Kind;
import dev.ftj.FineTuneException.Resource;
import dev.ftj.UploadPlan.Part;
import dev.ftj.internal.http.CallDispatcher;
import dev.ftj.internal.http.HttpBody;
import dev.ftj.internal.http.HttpReply;
import dev.ftj.internal.json.RawJson;
import dev.ftj.internal.store.UploadCheckpoints;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One upload of a file: the server's plan, its parts to the object storage, several at once, and the completion. If the
 * server has no such flow, one request with the whole file.
 */
final class FileUpload {
    private static final long MAX_SMALL = 512_000_000;
    private static final String COMPLETE = "/complete";

    /** Storages need minutes to put many parts together. */
    private static final Duration COMPLETE_DEADLINE = Duration.ofMinutes(10);

    private static final Duration ABORT_DEADLINE = Duration.ofSeconds(2);
    private static final long STOP_MILLIS = 2000;

    private static final Pattern CONTENT_TYPE = Pattern.compile("[\\w!#$&^.+-]+/[\\w!#$&^.+-]+( *; *[!-~]+)*");

    private final ApiCalls calls;
    private final UploadCheckpoints checkpoints;
    private final UploadOptions options;
    private final UploadSource source;
    private final String name;
    private final Progress progress;
    private final PartSender sender;
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
        this.source = UploadSource.of(file);
        this.name = Objects.requireNonNullElseGet(options.name(), () -> String.valueOf(file.getFileName()));
        this.type = Objects.requireNonNullElseGet(options.type(), () -> ContentTypes.of(name));
        checkName();
        this.progress = new Progress(options.listener(), source.size());
        this.sender = new PartSender(calls, source, name, progress::sent);
        if (!CONTENT_TYPE.matcher(type).matches()) {
            throw FineTuneException.of(Kind.USAGE, "not a content type: " + type, "Write one such as text/csv");
        }
    }

    /** The name becomes the file's id, by which it must be found again. */
    private void checkName() {
        String problem = calls.isKey(name) ? "it holds the API key" : ApiRequest.fileIdProblem(name);
        if (problem != null) {
            throw FineTuneException.of(
                    Kind.USAGE,
                    new Resource(Resource.Type.FILE, name),
                    "its name cannot be a file id: " + problem,
                    "Upload it under another name");
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
            return compared(record);
        } catch (FineTuneException e) {
            // A refusal would repeat at the next try; an upload that may be complete is not aborted.
            if (e.kind() == Kind.INVALID || !options.resume() && !e.uncertain()) {
                abort(plan.uploadId());
            }
            throw about(e);
        }
    }

    /** Returns the upload to resume; null to start anew. */
    private UploadCheckpoints.@Nullable Upload unfinished() {
        if (!options.resume()) {
            return null;
        }
        UploadCheckpoints.Upload[] found = new UploadCheckpoints.Upload[1];
        remember(() -> found[0] = checkpoints.find(source.absolute(), name));
        UploadCheckpoints.Upload before = found[0];
        if (before == null) {
            return null;
        }
        if (options.type() == null || type.equals(before.type())) {
            if (before.isOf(source.size(), source.modified().toString())) {
                type = before.type();
                return before;
            }
            progress.note(source.path() + " has changed since its upload began, so it is uploaded anew");
        } else {
            progress.note("its upload began as " + before.type() + ", so it is uploaded anew");
        }
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
                        id,
                        source.absolute(),
                        name,
                        type,
                        source.size(),
                        source.modified().toString(),
                        Map.of()),
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
                    String token = sender.send(plan.uploadId(), part);
                    tokens.put(part.number(), token);
                    stored(plan.uploadId(), part, token);
                    return null;
                });
            }
            for (int i = 0; i < missing.size(); i++) {
                done.take().get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw FineTuneException.cancelled();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof FineTuneException failure ? failure : new IllegalStateException(e.getCause());
        } finally {
            end(workers);
        }
    }

    /** Waits until the parts have ended, so that none is sent after the upload was aborted. */
    private static void end(ExecutorService workers) {
        workers.shutdownNow();
        boolean interrupted = Thread.interrupted();
        try {
            workers.awaitTermination(STOP_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException again) {
            interrupted = true; // the user insists
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private FineTuneException about(FineTuneException e) {
        return e.toBuilder().resource(new Resource(Resource.Type.FILE, name)).build();
    }

    /** Slow lines must have their time: 16 KiB a second at least, and 10 minutes. */
    static Duration deadline(long bytes) {
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
        ApiRequest request = ApiRequest.upload(name, uploadId, action, body);
        return calls.run(
                action.equals(COMPLETE)
                        ? calls.call(request.within(COMPLETE_DEADLINE), HttpReply::body)
                        : calls.once(request, HttpReply::body));
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
        return FileRecord.read(post(plan.uploadId(), COMPLETE, tokens, plan.parts()));
    }

    /** After a completion whose outcome is not known: checks whether the server has the file. */
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
        boolean unclear = failure.httpStatus() == null || failure.retryable();
        throw unclear
                ? failure.toBuilder()
                        .uncertain("Look for the file before you upload it again")
                        .build()
                : failure;
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
        progress.sent("", 0);
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
        return compared(record);
    }

    /** The server has the last word, but the user should know. */
    private FileRecord compared(FileRecord record) {
        Long bytes = record.bytes();
        if (bytes != null && bytes != source.size()) {
            progress.note("the server has " + bytes + " bytes of " + name + ", and the file has " + source.size());
        }
        return record;
    }

    /** Best effort; keeps the checkpoint if the server was not reached. */
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
        } catch (IllegalStateException closed) {
            // the client was closed meanwhile
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
}
