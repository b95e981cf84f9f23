package dev.ftj;

import dev.ftj.FineTuneException.ApiError;
import dev.ftj.FineTuneException.Kind;
import dev.ftj.FineTuneException.Resource;
import dev.ftj.internal.http.HttpAttempt;
import dev.ftj.internal.http.HttpCall;
import dev.ftj.internal.http.HttpFailure;
import dev.ftj.internal.http.HttpReply;
import dev.ftj.internal.http.RetryPolicy;
import dev.ftj.internal.text.DurationText;
import dev.ftj.internal.text.Excerpt;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Maps the results of {@code internal.http} to the public types: {@link FineTuneException} and {@link Attempt}. */
final class HttpErrors {
    private static final int LARGEST_PAGE = 16 * 1024;

    private static final String NEWER_API = "It may be a job of the newer API: ask there with --endpoint v0.6, or an"
            + " ATAI_API_ENDPOINT that ends in /v0.6";

    private static final String OLDER_API = "It may be a job of the older API: ask there with --endpoint v0.5, or an"
            + " ATAI_API_ENDPOINT that ends in /v0.5";

    private static final String NO_EVENTS =
            "It may be a job of the older API, which has neither events nor checkpoints: see its metrics at v0.5";

    private HttpErrors() {}

    /** Returns the exception for a call that failed. */
    static FineTuneException exception(HttpFailure failure, @Nullable ApiRequest request) {
        return finish(builder(failure, request), request, failure.attempts(), failure.earlier());
    }

    /** Returns the exception for a response that the reader of a call refused. */
    static FineTuneException unreadable(RuntimeException e, ApiRequest request, int status, HttpCall call) {
        FailureBuilder builder =
                e instanceof FineTuneException known ? known.toBuilder() : builder(HttpCall.unreadable(e), request);
        builder.httpStatus(status);
        if (!request.http().repeatable()) {
            builder.uncertain(howToCheck(request));
        }
        return finish(builder, request, call.attempts(), call.earlier());
    }

    private static FineTuneException finish(
            FailureBuilder builder, @Nullable ApiRequest request, int attempts, List<HttpFailure> earlier) {
        List<FineTuneException> suppressed =
                earlier.stream().map(before -> builder(before, request).build()).toList();
        String other = builder.kind == Kind.NOT_FOUND && request != null ? otherApi(request) : null;
        if (other != null) {
            String hint = builder.hint == null ? "" : builder.hint;
            builder.hint(hint + (hint.isEmpty() ? "" : hint.endsWith(".") ? " " : ". ") + other);
        }
        return builder.resource(request == null ? null : request.resource())
                .attempts(attempts)
                .earlier(suppressed)
                .build();
    }

    /** Returns where to ask for a job with an id as the other version of the API makes them; null for another id. */
    private static @Nullable String otherApi(ApiRequest request) {
        Resource resource = request.resource();
        if (resource == null || resource.type() != Resource.Type.JOB) {
            return null;
        }
        boolean older = request.http().route().startsWith("/fine-tune/");
        if (older) {
            return resource.id().startsWith("ftj_") ? NEWER_API : null;
        }
        String olderApi = request.http().route().endsWith("{job_id}") ? OLDER_API : NO_EVENTS;
        return resource.id().startsWith("ftj-") ? olderApi : null;
    }

    private static FailureBuilder builder(HttpFailure failure, @Nullable ApiRequest request) {
        HttpReply reply = failure.reply();
        FailureBuilder builder;
        if (failure.getCause() instanceof FineTuneException known) {
            builder = known.toBuilder(); // thrown by the reader of a streamed body
        } else if (reply != null) {
            builder = refusal(reply, failure, request == null ? null : request.type());
        } else {
            builder = new FailureBuilder(kind(failure.reason()), failure.what())
                    .retryable(failure.retryable())
                    .hint(failure.hint())
                    .cause(failure.getCause());
        }
        return failure.uncertain() && request != null ? builder.uncertain(howToCheck(request)) : builder;
    }

    private static Kind kind(HttpFailure.Reason reason) {
        return switch (reason) {
            case STATUS -> Kind.SERVER;
            case UNREADABLE -> Kind.UNREADABLE;
            case NETWORK -> Kind.NETWORK;
            case TIMEOUT -> Kind.TIMEOUT;
            case CANCELLED -> Kind.CANCELLED;
            case USAGE -> Kind.USAGE;
            case LOCAL -> Kind.LOCAL;
        };
    }

    private static String howToCheck(ApiRequest request) {
        String thing = request.type() == null ? "resource" : request.type().toString();
        return request.resource() == null
                ? "List the " + thing + "s before you send it again"
                : "Check the " + thing + " before you send it again";
    }

    /** Returns how long the server asks to wait in the body of an error; null if it does not. */
    static @Nullable Duration waitInBody(HttpReply reply) {
        try {
            return ErrorReader.read(reply.body()).retryAfter();
        } catch (RuntimeException e) {
            return null; // the exception for the reply reports it
        }
    }

    /** Returns an attempt as a listener sees it. */
    static Attempt attempt(HttpAttempt attempt) {
        HttpReply reply = attempt.reply();
        HttpFailure failure = attempt.failure();
        return new Attempt(
                attempt.number(),
                attempt.request().method(),
                attempt.path(),
                attempt.request().method() + " " + attempt.request().route(),
                attempt.request().resourceId(),
                reply == null ? null : reply.status(),
                failure == null ? null : builder(failure, null).what,
                attempt.took(),
                attempt.nextIn(),
                reply == null ? Map.of() : reply.sentHeaders(),
                reply == null ? Map.of() : reply.headers());
    }

    private static FailureBuilder refusal(HttpReply reply, HttpFailure failure, Resource.@Nullable Type type) {
        if (reply.redirect() != null) {
            return new FailureBuilder(
                            Kind.SERVER, "the server redirects to " + reply.redirect() + ", and nothing was sent there")
                    .httpStatus(reply.status())
                    .hint("Check the endpoint");
        }
        ErrorReader body;
        try {
            body = ErrorReader.read(reply.body());
        } catch (RuntimeException e) {
            return builder(HttpCall.unreadable(e), null).httpStatus(reply.status());
        }
        Duration wait = failure.retryAfter();
        Kind kind = kind(reply.status());
        ApiError first = body.errors().isEmpty() ? null : body.errors().get(0);
        return new FailureBuilder(kind, what(reply.status(), type, first))
                .httpStatus(reply.status())
                .errors(body.errors())
                .retryAfter(wait)
                .retryable(failure.retryable())
                .hint(hint(kind, reply.status(), type, first, wait));
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

    private static String what(int status, Resource.@Nullable Type type, @Nullable ApiError first) {
        String what = switch (status) {
            case 400, 413, 422 -> "the server refused the request (" + status + ")";
            case 401 -> "the server refused the API key (401)";
            case 403 -> "the API key has no permission for this (403)";
            case 404 -> "not found (404)";
            case 409 -> (type == null ? "the present" : "the " + type + "'s") + " state does not allow it (409)";
            case 429 -> "too many requests (429)";
            default -> status >= 500 ? "the server failed (" + status + ")" : "an unexpected answer (" + status + ")";
        };
        String said = first == null ? "" : readable(first.message());
        return said.isEmpty() ? what : what + ": " + said;
    }

    /** Returns the text of a gateway's HTML page. */
    private static String readable(String message) {
        if (!JobReader.looksLikeHtml(message)) {
            return FineTuneException.excerpt(message);
        }
        // limited, since these patterns look far ahead
        return Excerpt.of(message.substring(0, Math.min(message.length(), LARGEST_PAGE))
                .replaceAll("(?is)<(script|style|title)\\b.*?</\\1\\s*>", " ")
                .replaceAll("<[^<>]*>", " "));
    }

    private static String hint(
            Kind kind, int status, Resource.@Nullable Type type, @Nullable ApiError first, @Nullable Duration asked) {
        String suggestion = first == null ? null : first.suggestion();
        if (asked != null && !asked.isZero() && RetryPolicy.isTransient(status)) {
            String again = "try again in " + DurationText.roundedUp(asked);
            return suggestion == null ? "T" + again.substring(1) : suggestion + " (" + again + ")";
        }
        if (suggestion != null) {
            return suggestion;
        }
        return switch (kind) {
            case INVALID -> "Correct the request; retrying will not help";
            case AUTH ->
                status == 401
                        ? "Check the API key (ATAI_API_KEY, ATAI_API_KEY_FILE)"
                        : "Ask for access, or use another key";
            case NOT_FOUND ->
                "Check the id; a key sees only its own organization's " + (type == null ? "data" : type + "s");
            case CONFLICT -> type == null ? "Check the present state" : "Check the " + type + "'s status";
            case RATE_LIMITED -> "Try again in a minute";
            default -> {
                boolean isRefusal = status >= 400 && status < 500 && !RetryPolicy.isTransient(status);
                String uid = first == null ? null : first.errorUid();
                yield isRefusal
                        ? "Check the endpoint, the method and the path"
                        : "Try again later" + (uid == null ? "" : "; if it stays, give support the id " + uid);
            }
        };
    }
}
