package dev.ftj;

import dev.ftj.FineTuneException.Kind;
import dev.ftj.UploadPlan.Part;
import dev.ftj.internal.http.HttpBody;
import dev.ftj.internal.http.HttpReply;
import dev.ftj.internal.json.JsonWriter;
import dev.ftj.internal.json.RawJson;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The requests to the API for the upload of one file; those to the object storage are {@link PartSender}'s. */
final class UploadRequests {
    private static final String CHECKPOINT = "/parts/checkpoint";

    /** Storages need minutes to put many parts together. */
    private static final Duration COMPLETE_DEADLINE = Duration.ofMinutes(10);

    private static final Duration ABORT_DEADLINE = Duration.ofSeconds(2);

    private final ApiCalls calls;
    private final String name;
    private final long size;

    /** Whether tokens are sent in the other form: without the quotes of the ETag, or with them. */
    private volatile boolean otherTokens;

    /** @param name the file's, on the server */
    UploadRequests(ApiCalls calls, String name, long size) {
        this.calls = calls;
        this.name = name;
        this.size = size;
    }

    UploadPlan initiate(String type, boolean resume) {
        RawJson body = resume
                ? JsonWriter.objectOf("filename", name, "file_type", type, "num_bytes", size, "resume_if_started", true)
                : JsonWriter.objectOf("filename", name, "file_type", type, "num_bytes", size);
        return calls.run(
                calls.call(ApiRequest.initiate(name, body.raw()), reply -> UploadPlan.read(reply.body(), size)));
    }

    /** Sends the whole file in one request. */
    FileRecord small(HttpBody content) {
        HttpBody form = HttpBody.form("file", name, content);
        ApiRequest request = ApiRequest.postFile(name, form, PartSender.deadline(size));
        return calls.run(calls.call(request, reply -> FileRecord.read(reply.body())));
    }

    /** Tells the server that the storage has a part. */
    void checkpoint(String uploadId, Part part, String token) {
        Map<String, String> tokens = Map.of(part.number(), token);
        boolean form = otherTokens;
        try {
            post(uploadId, CHECKPOINT, tokens, List.of(part));
        } catch (FineTuneException e) {
            if (!Objects.equals(e.httpStatus(), 400) || form != otherTokens) {
                throw e;
            }
            otherTokens = !form;
            post(uploadId, CHECKPOINT, tokens, List.of(part));
        }
    }

    private String post(String uploadId, String action, Map<String, String> tokens, List<Part> parts) {
        List<RawJson> list = new ArrayList<>();
        for (Part part : parts) {
            String token = form(Objects.requireNonNull(tokens.get(part.number())));
            list.add(JsonWriter.objectOf("part_number", RawJson.valid(part.number()), "part_token", token));
        }
        ApiRequest request = ApiRequest.upload(
                name, uploadId, action, JsonWriter.objectOf("parts", list).raw());
        return calls.run(
                action.equals(CHECKPOINT)
                        ? calls.once(request, HttpReply::body)
                        : calls.call(request.within(COMPLETE_DEADLINE), HttpReply::body));
    }

    private String form(String token) {
        if (!otherTokens) {
            return token;
        }
        boolean quoted = token.length() > 1 && token.startsWith("\"") && token.endsWith("\"");
        return quoted ? token.substring(1, token.length() - 1) : '"' + token + '"';
    }

    /** @param tokens by part number, as JSON text */
    FileRecord complete(UploadPlan plan, Map<String, String> tokens) {
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
        String text = post(plan.uploadId(), "/complete", tokens, plan.parts());
        FileRecord file = FileRecord.read(text);
        boolean isPlanned = file.uid() != null && file.uid().equals(plan.fileUid());
        return isPlanned ? file : FileRecord.read(text, name);
    }

    /** After a completion whose outcome is not known: checks whether the server has the file. */
    private FileRecord completed(UploadPlan plan, FineTuneException failure) {
        boolean refused = failure.attempts() < 2 && failure.httpStatus() != null && !failure.retryable();
        if (failure.kind() == Kind.CANCELLED) {
            throw failure.attempts() > 0 ? uncertain(failure) : failure;
        }
        if (refused) {
            throw failure;
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
        throw unclear ? uncertain(failure) : failure;
    }

    private static FineTuneException uncertain(FineTuneException failure) {
        return failure.toBuilder()
                .uncertain("Look for the file before you upload it again")
                .build();
    }

    /** Not retried: a server that cannot be reached must not hold up the one who cancelled. */
    void abort(String uploadId) {
        ApiRequest request = ApiRequest.upload(name, uploadId, "/abort", "{}").within(ABORT_DEADLINE);
        calls.run(calls.once(request, HttpReply::body));
    }
}
