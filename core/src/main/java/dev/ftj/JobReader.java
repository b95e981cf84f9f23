package dev.ftj;

import dev.ftj.FineTuneException.Kind;
import dev.ftj.internal.json.InvalidJsonException;
import dev.ftj.internal.json.RawJson;
import dev.ftj.internal.text.Excerpt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the record in a response, or explains what is wrong with the response. */
final class JobReader {
    /** What {@code error} and {@code errors} may hold beside a success. */
    private static final Set<String> NO_ERROR = Set.of("null", "false", "\"\"", "[]", "{}");

    private JobReader() {}

    /**
     * @throws FineTuneException of kind {@code UNREADABLE} if the text is not a JSON object with an id or a uuid
     */
    static FineTuneJob read(String text) {
        return record(parse(text), "the answer");
    }

    /** Reads an element of a list; a failure if it is no record. */
    static JobResult result(RawJson json, long place) {
        try {
            FineTuneJob job = record(json, "record " + place + " of the list");
            return new JobResult(job.label(), job, null);
        } catch (FineTuneException e) {
            return new JobResult("#" + place, null, e);
        }
    }

    private static FineTuneJob record(RawJson json, String which) {
        if (!json.isObject()) {
            String what = "a JSON " + (json.isArray() ? "array" : "value") + " and not a job's record";
            throw unreadable(which, what, json.raw());
        }
        FineTuneJob job = new FineTuneJob(json);
        if (job.id() == null && job.uuid() == null) {
            throw unreadable(which, "a JSON object with neither id nor uuid", json.raw());
        }
        return job;
    }

    /**
     * Reads the record that was asked for.
     *
     * @param asked null for any job's
     * @throws FineTuneException of kind {@code UNREADABLE} if it is another job's
     */
    static FineTuneJob read(String text, @Nullable JobId asked) {
        return asked == null ? read(text) : requireSame(read(text), asked);
    }

    private static FineTuneJob requireSame(FineTuneJob job, JobId asked) {
        if (!asked.value().equals(job.id()) && !asked.value().equals(job.uuid())) {
            throw FineTuneException.of(
                    Kind.UNREADABLE,
                    "the answer is the record of another job, " + Excerpt.of(job.label()),
                    "Report this to the service");
        }
        return job;
    }

    /**
     * Checks the answer to a delete, which is a record of the job, {@code {"id", "deleted"}}, any text, or empty.
     *
     * @throws FineTuneException of kind {@code UNREADABLE} if it does not say that this job was deleted
     */
    static void requireDeleted(String text, JobId asked) {
        if (looksLikeHtml(text)) {
            throw unreadable("an HTML page", text);
        }
        RawJson json = RawJson.parseOrNull(text);
        if (json == null && text.stripLeading().startsWith("{")) {
            throw unreadable("not JSON", text);
        }
        if (json == null || !json.isObject()) {
            return;
        }
        RawJson deleted = json.field("deleted");
        if (isError(json.member("error")) || isError(json.member("errors"))) {
            throw unreadable("an error", text);
        }
        if (deleted != null && deleted.shown().equals("false")) {
            throw unreadable("a refusal", text);
        }
        FineTuneJob job = new FineTuneJob(json);
        if (job.idOrUuid() != null) {
            requireSame(job, asked);
        }
    }

    /** @param error the value of {@code error} or {@code errors}; null if there is none */
    private static boolean isError(@Nullable RawJson error) {
        return error != null && !NO_ERROR.contains(error.compact());
    }

    static RawJson parse(String text) {
        if (text.isBlank()) {
            throw unreadable("empty", null);
        }
        try {
            return RawJson.parse(text);
        } catch (InvalidJsonException e) {
            throw unreadable(problem(e, text), e.isTooDeep() ? null : text);
        }
    }

    /** Returns a clause behind "the answer is". */
    static String problem(InvalidJsonException e, String text) {
        if (e.isTooDeep()) {
            return "nested deeper than " + RawJson.MAX_DEPTH + " levels";
        }
        return looksLikeHtml(text) ? "an HTML page and not JSON" : "not JSON";
    }

    static boolean looksLikeHtml(String body) {
        return body.stripLeading().startsWith("<");
    }

    /**
     * @param what a clause behind "the answer is"
     * @param text the part of the response to quote; null for none
     */
    static FineTuneException unreadable(String what, @Nullable String text) {
        return unreadable("the answer", what, text);
    }

    private static FineTuneException unreadable(String which, String what, @Nullable String text) {
        return FineTuneException.of(
                Kind.UNREADABLE,
                which + " is " + what + (text == null ? "" : ": " + Excerpt.of(text)),
                "Check the endpoint, and what stands between it and you");
    }
}
