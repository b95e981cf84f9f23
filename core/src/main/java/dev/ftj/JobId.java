package dev.ftj;

import dev.ftj.text.Sanitizer;
import org.jspecify.annotations.Nullable;

/**
 * The id of a fine-tune job: 1 to 64 code points (the API's {@code job_id} path parameter), whatever they are.
 *
 * <p>Refused are only those that no request can carry: empty or too long ones, {@code .} and {@code ..}, control
 * characters and lone surrogates.
 *
 * @param value the id as the API spells it, never null
 */
public record JobId(String value) {
    static final int MAX_CODE_POINTS = 64;

    /**
     * Checks the id.
     *
     * @param value 1 to 64 code points
     * @throws FineTuneException of kind {@code USAGE} where the id cannot be one
     */
    public JobId {
        String wrong = whatIsWrong(value);
        if (wrong != null) {
            throw FineTuneException.ofJob(
                    FineTuneException.Kind.USAGE, value, "not a job id: " + wrong, "Nothing was sent for it");
        }
    }

    /**
     * The id of a job.
     *
     * @param value 1 to 64 code points
     * @return an id that can be asked for; whether there is such a job, the server tells
     * @throws FineTuneException of kind {@code USAGE} where the text cannot be an id
     */
    public static JobId of(String value) {
        return new JobId(value);
    }

    /**
     * The id as text, with anything that a terminal might act on made visible.
     *
     * @return the id, safe to print
     */
    @Override
    public String toString() {
        return Sanitizer.oneLine(value);
    }

    private static @Nullable String whatIsWrong(String value) {
        int length = value.codePointCount(0, value.length());
        if (length == 0) {
            return "it is empty";
        }
        if (length > MAX_CODE_POINTS) {
            return "it has " + length + " characters, and at most " + MAX_CODE_POINTS + " are allowed";
        }
        if (value.equals(".") || value.equals("..")) {
            return "a path segment of dots means another address";
        }
        if (value.codePoints().anyMatch(Character::isISOControl)) {
            return "it holds a control character";
        }
        if (value.codePoints().anyMatch(point -> Character.getType(point) == Character.SURROGATE)) {
            return "it holds half of a surrogate pair";
        }
        return null;
    }
}
