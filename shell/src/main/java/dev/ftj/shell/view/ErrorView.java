package dev.ftj.shell.view;

import dev.ftj.FineTuneException;
import dev.ftj.FineTuneException.ApiError;
import dev.ftj.internal.json.RawJson;
import dev.ftj.internal.text.Sanitizer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How a failure looks on stderr: a line, a line for each further error, or one JSON object. */
public final class ErrorView {
    private final Screen screen;

    public ErrorView(Screen screen) {
        this.screen = screen;
    }

    /** @param trace whether the stack trace was asked for ({@code -vv}) */
    public void show(FineTuneException failure, Format format, boolean trace) {
        if (format.isJson()) {
            screen.say(Sanitizer.json(json(failure)));
        } else {
            String prefix = screen.errStyle().error("ftj:");
            String.valueOf(failure.getMessage()).lines().forEach(line -> screen.say(prefix + " " + line));
        }
        if (trace) {
            StringWriter text = new StringWriter();
            failure.printStackTrace(new PrintWriter(text));
            text.toString()
                    .lines()
                    .map(line -> line.replace('\t', ' '))
                    .forEach(line -> screen.say(Sanitizer.oneLine(line)));
        }
    }

    /** What nobody foresaw, told as a failure of ours. */
    public static FineTuneException unforeseen(Throwable failure) {
        FineTuneException told = FineTuneException.of(
                FineTuneException.Kind.LOCAL,
                "ftj itself failed (" + failure.getClass().getSimpleName()
                        + (failure.getMessage() == null ? "" : ": " + failure.getMessage()) + ")",
                "This is a defect: report it with what -vv prints");
        told.initCause(failure);
        return told;
    }

    private static String json(FineTuneException failure) {
        Map<String, RawJson> error = new LinkedHashMap<>();
        error.put("kind", RawJson.string(failure.kind().toString()));
        error.put("job_id", RawJson.stringOrNull(failure.jobId()));
        error.put("http_status", RawJson.valid(String.valueOf(failure.httpStatus())));
        error.put(
                "errors",
                RawJson.array(errors(failure).stream().map(ErrorView::json).toList()));
        error.put("retryable", RawJson.valid(Boolean.toString(failure.retryable())));
        error.put("attempts", RawJson.valid(Integer.toString(failure.attempts())));
        error.put("hint", RawJson.stringOrNull(failure.hint()));
        return RawJson.object(Map.of("error", RawJson.object(error))).compact();
    }

    private static RawJson json(ApiError error) {
        Map<String, RawJson> json = new LinkedHashMap<>();
        json.put("code", RawJson.stringOrNull(error.code()));
        json.put("message", RawJson.stringOrNull(error.message()));
        json.put("suggestion", RawJson.stringOrNull(error.suggestion()));
        json.put("error_uid", RawJson.stringOrNull(error.errorUid()));
        return RawJson.object(json);
    }

    /** Returns the server's errors, or the failure itself if the server sent none. */
    private static List<ApiError> errors(FineTuneException failure) {
        return failure.errors().isEmpty()
                ? List.of(new ApiError(null, String.valueOf(failure.getMessage()), null, null))
                : failure.errors();
    }
}
