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
        return record(parse(text), "the answer");
    }

    /**
     * One of a list's records.
     *
     * @param number its place in the list, 1 for the first
     * @throws FineTuneException of kind {@code UNREADABLE} where it is none
     */
    static FineTuneJob read(JsonSlice json, long number) {
        String which = "record " + number + " of the list";
        try {
            return record(json, which);
        } catch (JacksonException e) {
            throw unreadable(which, "nested deeper than " + JsonSlice.MAX_DEPTH + " levels", null);
        }
    }

    private static FineTuneJob record(JsonSlice json, String which) {
        if (!json.isObject()) {
            String what = "a JSON " + (json.isArray() ? "array" : "value") + " and not a job's record";
            throw unreadable(which, what, json.raw());
        }
        FineTuneJob job = new FineTuneJob(json, json.fields());
        if (job.id() == null && job.uuid() == null) {
            throw unreadable(which, "a JSON object with neither id nor uuid", json.raw());
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
        } catch (JacksonException e) {
            throw unreadable(whatIsWrong(e, text), e instanceof StreamConstraintsException ? null : text);
        }
    }

    static String whatIsWrong(JacksonException e, String text) {
        if (e instanceof StreamConstraintsException) {
            return "nested deeper than " + JsonSlice.MAX_DEPTH + " levels";
        }
        return looksLikeHtml(text) ? "an HTML page and not JSON" : "not JSON";
    }

    static boolean looksLikeHtml(String body) {
        return body.stripLeading().startsWith("<");
    }

    /**
     * What is wrong with an answer.
     *
     * @param what a clause behind {@code the answer is}
     * @param text the answer, as far as it helps to see it; null for none of it
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
