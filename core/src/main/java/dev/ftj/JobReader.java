package dev.ftj;

import dev.ftj.FineTuneException.Kind;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamConstraintsException;

/** From the text of an answer to the record that it holds, or to a failure that says what is wrong with it. */
final class JobReader {
    private JobReader() {}

    /**
     * @throws FineTuneException of kind {@code UNREADABLE} where the text is no JSON object with an id or a uuid
     */
    static FineTuneJob read(String text) {
        JsonSlice json = parse(text);
        if (!json.isObject()) {
            throw unreadable("a JSON " + (json.isArray() ? "array" : "value") + " and not a job's record", text);
        }
        FineTuneJob job = new FineTuneJob(json, json.fields());
        if (job.id() == null && job.uuid() == null) {
            throw unreadable("a JSON object with neither id nor uuid", text);
        }
        return job;
    }

    /**
     * The record that was asked for.
     *
     * @throws FineTuneException of kind {@code UNREADABLE} where it is another job's
     */
    static FineTuneJob read(String text, JobId asked) {
        FineTuneJob job = read(text);
        if (!asked.value().equals(job.id()) && !asked.value().equals(job.uuid())) {
            String other = job.id() != null ? job.id() : job.uuid();
            throw FineTuneException.of(
                    Kind.UNREADABLE,
                    "the answer is the record of another job, " + Excerpt.of(String.valueOf(other)),
                    "Report this to the service");
        }
        return job;
    }

    static JsonSlice parse(String text) {
        if (text.isBlank()) {
            throw unreadable("empty", null);
        }
        try {
            return JsonSlice.parse(text);
        } catch (StreamConstraintsException e) {
            throw unreadable("nested deeper than " + JsonSlice.MAX_DEPTH + " levels", null);
        } catch (JacksonException e) {
            throw unreadable(looksLikeHtml(text) ? "an HTML page and not JSON" : "not JSON", text);
        }
    }

    static boolean looksLikeHtml(String body) {
        return body.stripLeading().startsWith("<");
    }

    static FineTuneException unreadable(String what, @Nullable String text) {
        return FineTuneException.of(
                Kind.UNREADABLE,
                "the answer is " + what + (text == null ? "" : ": " + Excerpt.of(text)),
                "Check the endpoint, and what stands between it and you");
    }
}
