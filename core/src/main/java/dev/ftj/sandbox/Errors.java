package dev.ftj.sandbox;

/** What the simulated API answers when a request itself is wrong; never a word of the request in it. */
final class Errors {
    static final Answer FOREIGN_HOST = error(
            421,
            "misdirected_request",
            "This server does not answer for that host.",
            "Use the endpoint as it was printed, with its port.",
            "err-6f1d0c1e-52a7-4c0b-8b1f-0e7a41d9c2b5");
    static final Answer NO_KEY = Answer.json(401, """
            {"detail": "Not authenticated"}""");
    static final Answer WRONG_KEY = error(
            401,
            "invalid_api_key",
            "The API key is not valid.",
            "Send the sandbox's own key, never a real one.",
            "err-0b8e7f64-9d55-4f0e-a3c7-5d2c8e61f90a");
    static final Answer NO_SUCH_PATH = Answer.json(404, """
            {"detail": "Not Found"}""");
    static final Answer WRONG_METHOD = Answer.json(405, """
            {"detail": "Method Not Allowed"}""").with("Allow", "GET");
    static final Answer BAD_ENCODING = error(
            400,
            "invalid_parameter",
            "The job_id is not percent-encoded UTF-8.",
            "Encode it as one path segment.",
            "err-e1a4b7d2-3c68-4f95-92ab-7d0f6c5e8134");
    static final Answer NO_SUCH_JOB = error(
            404,
            "not_found",
            "There is no fine-tune job with this id.",
            "Check the id, and that the key belongs to the organization that owns the job.",
            "err-c94d20f8-6be1-4a37-8f52-1a9e3d7b0c46");

    private Errors() {}

    private static Answer error(int status, String code, String message, String suggestion, String errorUid) {
        String members = "\"code\": " + Json.quote(code)
                + ", \"message\": " + Json.quote(message)
                + ", \"suggestion\": " + Json.quote(suggestion)
                + ", \"error_uid\": " + Json.quote(errorUid);
        return Answer.json(status, "{\"errors\": [{" + members + "}]}");
    }
}
