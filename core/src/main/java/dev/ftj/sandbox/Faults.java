package dev.ftj.sandbox;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Ids that answer with each documented error, the documented body shapes spread over them. */
final class Faults {
    /** Unavailable for so many requests, a job from then on. */
    static final String PASSING_ID = "ftj-error-503-then-well";

    private static final int PASSES_AFTER = 2;

    private final Map<String, Answer> lasting = new LinkedHashMap<>();
    private final Answer unavailable = Answer.json(503, """
            {"errors": [{"code": "service_unavailable", "message": "The service is restarting."}]}""");
    private final AtomicInteger passingSeen = new AtomicInteger();

    Faults() {
        lasting.put("ftj-error-400", Answer.json(400, """
                {"errors": [
                  {"code": "missing_parameter", "message": "The parameter 'org_id' is missing.",
                   "suggestion": "Add org_id to the request.",
                   "error_uid": "err-bfa600db-1f0c-4f52-9d6e-8a3b5c7d9e01"},
                  {"code": "invalid_parameter", "message": "The parameter 'job_id' names no job of this kind."}
                ]}"""));
        lasting.put("ftj-error-401", Answer.json(401, """
                {"detail": "Invalid API key"}"""));
        lasting.put("ftj-error-403", Answer.json(403, """
                {"errors": [{"code": "permission_denied", "message": "The key may not read fine-tune jobs.",
                  "error_uid": "err-27c9a4e6-80b3-4d1f-b5e2-6f0a9c8d7b12"}]}"""));
        lasting.put("ftj-error-404", Answer.json(404, """
                {"errors": [{"code": "NOT_FOUND", "message": "Job not found"}]}"""));
        lasting.put("ftj-error-409", Answer.json(409, """
                {"errors": [{"code": "conflict", "message": "The job's state does not allow this.",
                  "suggestion": "Look at the job's status first.",
                  "error_uid": "err-5a8e3f70-c2d4-4b69-a1f8-3e7c0d9b6a23"}]}"""));
        lasting.put("ftj-error-413", Answer.json(413, """
                {"detail": "Request Entity Too Large"}"""));
        lasting.put("ftj-error-422", Answer.json(422, """
                {"detail": [
                  {"loc": ["path", "job_id"], "msg": "String should have at most 64 characters",
                   "type": "string_too_long"},
                  {"loc": ["query", "limit"], "msg": "Input should be a valid integer", "type": "int_parsing"}
                ]}"""));
        lasting.put("ftj-error-429", Answer.json(429, """
                {"error": {"code": "rate_limit_exceeded", "message": "Too many requests.",
                  "details": {"retry_after": 1}}}""").with("Retry-After", "1"));
        lasting.put("ftj-error-500", Answer.json(500, """
                {"error": {"code": "internal_error", "message": "Something went wrong on our side."}}"""));
        lasting.put("ftj-error-502", Answer.html(502, """
                <html>
                <head><title>502 Bad Gateway</title></head>
                <body>
                <center><h1>502 Bad Gateway</h1></center>
                <hr><center>gateway</center>
                </body>
                </html>
                """));
        lasting.put("ftj-error-503", unavailable);
        lasting.put("ftj-error-504", Answer.text(504, "upstream request timeout"));
    }

    /** The ids that never answer with a job. */
    Set<String> lastingIds() {
        return lasting.keySet();
    }

    /** The error with which this id answers now; null where it has none, or has had its share. */
    @Nullable
    Answer of(String id) {
        if (id.equals(PASSING_ID)) {
            return passingSeen.getAndIncrement() < PASSES_AFTER ? unavailable : null;
        }
        return lasting.get(id);
    }
}
