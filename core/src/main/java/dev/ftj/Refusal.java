package dev.ftj;

import dev.ftj.FineTuneException.ApiError;
import dev.ftj.FineTuneException.Kind;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** From an answer that is no success to the failure that tells it. */
final class Refusal {
    private static final int LARGEST_PAGE = 16 * 1024;

    private Refusal() {}

    static FineTuneException.Builder of(Reply reply, Instant now) {
        if (reply.elsewhere() != null) {
            return new FineTuneException.Builder(
                            Kind.SERVER,
                            "the server redirects to " + reply.elsewhere() + ", and nothing was sent there")
                    .httpStatus(reply.status())
                    .hint("Check the endpoint");
        }
        ErrorReader told = ErrorReader.read(reply.body());
        Duration header = RetryPolicy.retryAfter(reply.header("Retry-After"), reply.header("Date"), now);
        Duration asked = header != null ? header : told.retryAfter();
        Kind kind = kind(reply.status());
        ApiError first = told.errors().isEmpty() ? null : told.errors().get(0);
        return new FineTuneException.Builder(kind, what(reply.status(), first))
                .httpStatus(reply.status())
                .errors(told.errors())
                .retryAfter(asked)
                .retryable(RetryPolicy.isPassing(reply.status()))
                .hint(hint(kind, reply.status(), first, asked));
    }

    private static Kind kind(int status) {
        return switch (status) {
            case 400, 413, 422 -> Kind.INVALID;
            case 401, 403 -> Kind.AUTH;
            case 404 -> Kind.NOT_FOUND;
            case 409 -> Kind.CONFLICT;
            case 429 -> Kind.RATE_LIMITED;
            default -> Kind.SERVER;
        };
    }

    private static String what(int status, @Nullable ApiError first) {
        String what = switch (status) {
            case 400, 413, 422 -> "the server refused the request (" + status + ")";
            case 401 -> "the server refused the API key (401)";
            case 403 -> "the API key has no permission for this (403)";
            case 404 -> "not found (404)";
            case 409 -> "the job's state does not allow it (409)";
            case 429 -> "too many requests (429)";
            default -> status >= 500 ? "the server failed (" + status + ")" : "an unexpected answer (" + status + ")";
        };
        String said = first == null ? "" : readable(first.message());
        return said.isEmpty() ? what : what + ": " + said;
    }

    /** What a person reads on a gateway's page. */
    private static String readable(String message) {
        if (!JobReader.looksLikeHtml(message)) {
            return FineTuneException.excerpt(message);
        }
        // patterns that look far ahead are let loose on no more than a page
        return Excerpt.of(message.substring(0, Math.min(message.length(), LARGEST_PAGE))
                .replaceAll("(?is)<(script|style|title)\\b.*?</\\1\\s*>", " ")
                .replaceAll("<[^<>]*>", " "));
    }

    private static String hint(Kind kind, int status, @Nullable ApiError first, @Nullable Duration asked) {
        String suggestion = first == null ? null : first.suggestion();
        if (asked != null && !asked.isZero() && RetryPolicy.isPassing(status)) {
            String again = "try again in " + span(asked);
            return suggestion == null ? "T" + again.substring(1) : suggestion + " (" + again + ")";
        }
        if (suggestion != null) {
            return suggestion;
        }
        return switch (kind) {
            case INVALID -> "Mend the request; sending it again changes nothing";
            case AUTH ->
                status == 401
                        ? "Check the API key (ATAI_API_KEY, ATAI_API_KEY_FILE)"
                        : "Ask for access, or use another key";
            case NOT_FOUND -> "Check the id; a key sees the jobs of its own organization alone";
            case CONFLICT -> "Look at the job's present status";
            case RATE_LIMITED -> "Try again in a minute";
            default ->
                first != null && first.errorUid() != null
                        ? "Try again later; if it stays, give support the id " + first.errorUid()
                        : "Try again later";
        };
    }

    /** Rounded up, so that nobody comes too early. */
    private static String span(Duration wait) {
        long seconds = (wait.toMillis() + 999) / 1000;
        if (seconds < 120) {
            return seconds + " s";
        }
        long minutes = (seconds + 59) / 60;
        if (minutes < 120) {
            return minutes + " min";
        }
        long hours = (minutes + 59) / 60;
        return hours < 48 ? hours + " h" : (hours + 23) / 24 + " d";
    }
}
