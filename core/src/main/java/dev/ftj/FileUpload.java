package dev.ftj;

import dev.ftj.FineTuneException.Kind;
import dev.ftj.FineTuneException.Resource;
import dev.ftj.UploadPlan.Part;
import dev.ftj.internal.http.CallDispatcher;
import dev.ftj.internal.http.HttpBody;
import dev.ftj.internal.store.UploadCheckpoints;
import java.nio.file.Path;
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
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One upload of a file: the server's plan, its parts to the object storage, several at once, and the completion. If the
 * server has no such flow, one request with the whole file.
 */
final class FileUpload {
    private static final long MAX_SMALL = 512_000_000;
    private static final long STOP_MILLIS = 2000;

    private final UploadOptions options;
    private final UploadSource source;
    private final String name;
    private final Progress progress;
    private final UploadRequests requests;
    private final PartSender sender;
    private final UploadJournal journal;
    private String type;

    /** @throws FineTuneException of kind {@code LOCAL} if the file cannot be uploaded */
    FileUpload(ApiCalls calls, UploadCheckpoints checkpoints, Path file, UploadOptions options) {
        calls.requireUsualVersion("upload");
        this.options = options;
        this.source = UploadSource.of(file);
        this.name = Objects.requireNonNullElseGet(options.name(), () -> String.valueOf(file.getFileName()));
        this.type = options.typeFor(name);
        String problem = calls.isKey(name) ? "it holds the API key" : ApiRequest.fileIdProblem(name);
        if (problem != null) {
            // the name becomes the file's id, by which it must be found again
            throw FineTuneException.of(
                    Kind.USAGE,
                    new Resource(Resource.Type.FILE, name),
                    "its name cannot be a file id: " + problem,
                    "Upload it under another name");
        }
        this.progress = new Progress(options.listener(), source.size());
        this.requests = new UploadRequests(calls, name, source.size());
        this.sender = new PartSender(calls, source, name, progress::sent);
        this.journal = new UploadJournal(checkpoints, source, name, calls.timing(), progress::note);
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
            if (e.kind() == Kind.NOT_FOUND || Objects.equals(e.httpStatus(), 405)) {
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
            FileRecord record = explained(() -> requests.complete(plan, tokens));
            journal.ended(plan.uploadId());
            return compared(record);
        } catch (FineTuneException e) {
            // A refusal would repeat at the next try; an upload that may be complete is not aborted.
            if (e.kind() == Kind.INVALID || !options.resume() && !e.uncertain()) {
                abort(plan.uploadId());
            }
            throw e.toBuilder().resource(new Resource(Resource.Type.FILE, name)).build();
        } catch (RuntimeException e) { // the listener's
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
        UploadCheckpoints.Upload before = journal.unfinished();
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
            journal.ended(before.id());
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
        journal.began(plan.uploadId(), type);
        return plan;
    }

    private UploadPlan initiate(boolean resume) {
        try {
            return explained(() -> requests.initiate(type, resume));
        } catch (FineTuneException e) {
            boolean refused = e.errors().stream().anyMatch(error -> "invalid_file_type".equals(error.code()));
            if (refused && options.type() == null && type.equals(ContentTypes.JSON_LINES)) {
                // Some servers know JSON Lines as plain text.
                UploadPlan plan = requests.initiate("text/plain", resume);
                type = "text/plain";
                return plan;
            }
            throw e;
        }
    }

    /** Makes a request that fails with a conflict if the name is taken. */
    private <T> T explained(Supplier<T> request) {
        try {
            return request.get();
        } catch (FineTuneException e) {
            throw e.kind() == Kind.CONFLICT
                    ? e.withHint("Upload it under another name, or use the file that is there: its id is " + name)
                    : e;
        }
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
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
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

    /** Notes a part on this machine and on the server; the upload does not depend on either. */
    private void stored(String uploadId, Part part, String token) {
        journal.stored(uploadId, part.number(), token);
        try {
            requests.checkpoint(uploadId, part, token);
        } catch (FineTuneException e) {
            if (e.kind() == Kind.CANCELLED) {
                throw e;
            }
        }
    }

    private FileRecord small(FineTuneException noDirectFlow) {
        boolean jsonLines = ContentTypes.of(name).equals(ContentTypes.JSON_LINES) && type.equals("text/plain")
                || type.equals(ContentTypes.JSON_LINES);
        if (jsonLines || source.size() > MAX_SMALL) {
            throw noDirectFlow.withHint("This server has no direct uploads, and takes "
                    + (jsonLines ? "no JSON Lines" : "at most 512 MB") + " in one request: check the endpoint");
        }
        progress.sent("", 0);
        HttpBody content = HttpBody.region(source.path(), 0, source.size(), type, sent -> progress.sent("", sent));
        FileRecord record = explained(() -> requests.small(content));
        source.check();
        return compared(record);
    }

    /** The server has the last word, but the user should know. */
    private FileRecord compared(FileRecord record) {
        Long bytes = record.bytes();
        if (bytes != null && bytes != source.size()) {
            progress.note("the server has " + bytes + (bytes == 1 ? " byte of " : " bytes of ") + name
                    + ", and the file has " + source.size());
        }
        return record;
    }

    /** Best effort; keeps the checkpoint if the server was not reached. */
    private void abort(String uploadId) {
        boolean interrupted = Thread.interrupted();
        try {
            requests.abort(uploadId);
            journal.ended(uploadId);
        } catch (FineTuneException e) {
            if (e.kind() == Kind.NOT_FOUND || e.kind() == Kind.CONFLICT) {
                journal.ended(uploadId);
            }
        } catch (IllegalStateException closed) {
            // the client was closed meanwhile
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
