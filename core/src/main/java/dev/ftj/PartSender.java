package dev.ftj;

import dev.ftj.FineTuneException.ApiError;
import dev.ftj.FineTuneException.Kind;
import dev.ftj.UploadPlan.Part;
import dev.ftj.internal.http.HttpBody;
import dev.ftj.internal.http.HttpReply;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.ObjLongConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Sends parts of a file to the object storage, at presigned URLs that are renewed when they have expired.
 *
 * @param name the file's, on the server
 * @param progress receives a part's number and how many of its bytes were sent
 */
record PartSender(ApiCalls calls, UploadSource source, String name, ObjLongConsumer<String> progress) {
    /** The first new URL is part of normal operation, and asked for at once; more of them count as attempts. */
    private static final int MAX_RENEWALS = 4;

    private static final Pattern EXPIRED_TOKEN = Pattern.compile("<Code>(Token|Expired)\\w*(Expired|Token)</Code>");
    private static final Pattern STORAGE_ERROR =
            Pattern.compile("(?s).*<Code>([^<]{1,100})</Code>(?:.*<Message>([^<]{1,300})</Message>)?.*");

    /** Slow lines must have their time: 16 KiB a second at least, and 10 minutes. */
    static Duration deadline(long bytes) {
        return Duration.ofSeconds(600 + bytes / (16 << 10));
    }

    /** Sends a part until the storage has it, with new URLs when one has expired, and returns its token. */
    String send(String uploadId, Part planned) {
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
                    throw failure(part, e, null);
                }
                if (renewals > 0) {
                    calls.pause(Duration.ofMillis(renewals * 500L));
                }
                part = renew(uploadId, part, e);
            }
        }
    }

    /** @param refused the storage's failure, which is the cause of the request */
    private Part renew(String uploadId, Part part, FineTuneException refused) {
        try {
            return renew(uploadId, part);
        } catch (FineTuneException e) {
            throw e.kind() == Kind.CANCELLED || e.kind() == Kind.AUTH ? e : failure(part, refused, e);
        }
    }

    private HttpBody body(Part part) {
        return HttpBody.region(
                source.path(), part.offset(), part.length(), null, sent -> progress.accept(part.number(), sent));
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
    private static FineTuneException failure(Part part, FineTuneException e, @Nullable FineTuneException noUrl) {
        Integer status = e.httpStatus();
        if (status == null || e.kind() == Kind.UNREADABLE) {
            return e;
        }
        Matcher xml = STORAGE_ERROR.matcher(storageText(e));
        ApiError error = xml.matches()
                ? new ApiError(xml.group(1), Optional.ofNullable(xml.group(2)).orElse(""), null, null)
                : null;
        FailureBuilder failure = new FailureBuilder(
                        Kind.SERVER,
                        "the object storage refused part " + part.number() + " (" + status + ")"
                                + (noUrl == null ? "" : ", and no new URL could be had (" + brief(noUrl) + ")")
                                + (error == null || error.message().isEmpty()
                                        ? ""
                                        : ": " + FineTuneException.excerpt(error.message())))
                .httpStatus(status)
                .errors(error == null ? e.errors() : List.of(error))
                .attempts(e.attempts())
                .retryable(e.retryable() || noUrl != null && noUrl.retryable())
                .retryAfter(e.retryAfter())
                .hint(e.retryable() && e.retryAfter() != null ? e.hint() : "Try again later")
                .earlier(noUrl == null ? List.of() : List.of(noUrl));
        return failure.build();
    }

    private static String brief(FineTuneException e) {
        return e.httpStatus() == null || e.kind() == Kind.UNREADABLE
                ? e.toBuilder().resource(null).build().summary()
                : String.valueOf(e.httpStatus());
    }
}
