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
    static final Answer ID_IS_TAKEN = error(
            409,
            "conflict",
            "There is a fine-tune job with this id already.",
            "Choose another id, or leave it out.",
            "err-3d8f5a12-7b90-4e6c-b1d4-f2c80a6e9735");
    static final Answer TOO_LARGE = Answer.json(413, """
            {"detail": "Request Entity Too Large"}""");
    static final Answer UNKNOWN_MODEL = error(
            400,
            "invalid_parameter",
            "The parameter 'config.model' names no model that can be fine-tuned.",
            "Use " + Order.LARGE + " or " + Order.SMALL + ".",
            "err-a7c2e90d-46f8-4b13-8d5e-09b3f1c7d268");
    static final Answer NO_TRAINING_SET = error(
            400,
            "missing_parameter",
            "The parameter 'config.datasets' holds no dataset with split 'train'.",
            "Add one with at least one file id.",
            "err-58e1b6f3-c0d9-4a72-95bf-e6a4d8203c1b");

    private Errors() {}

    static Answer wrongMethod(String allowed) {
        return Answer.json(405, """
                {"detail": "Method Not Allowed"}""").with("Allow", allowed);
    }

    /** The job has come too far for that. */
    static Answer conflict(String status, String what) {
        return error(
                409,
                "conflict",
                "The job is " + status + " and cannot be " + what + ".",
                "Look at the job's status first.",
                "err-91d4c7a8-2e5f-4063-a8b7-5c1f0e9d3b64");
    }

    private static Answer error(int status, String code, String message, String suggestion, String errorUid) {
        String members = "\"code\": " + Json.quote(code)
                + ", \"message\": " + Json.quote(message)
                + ", \"suggestion\": " + Json.quote(suggestion)
                + ", \"error_uid\": " + Json.quote(errorUid);
        return Answer.json(status, "{\"errors\": [{" + members + "}]}");
    }
}
