package dev.ftj.shell.view;

import dev.ftj.FineTuneException;
import dev.ftj.FineTuneException.ApiError;
import dev.ftj.internal.text.Sanitizer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

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
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JsonFactory.builder().build().createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            json.writeName("error");
            json.writeStartObject();
            json.writeStringProperty("kind", failure.kind().toString());
            string(json, "job_id", failure.jobId());
            Integer status = failure.httpStatus();
            if (status == null) {
                json.writeNullProperty("http_status");
            } else {
                json.writeNumberProperty("http_status", status);
            }
            json.writeName("errors");
            json.writeStartArray();
            for (ApiError error : told(failure)) {
                json.writeStartObject();
                string(json, "code", error.code());
                string(json, "message", error.message());
                string(json, "suggestion", error.suggestion());
                string(json, "error_uid", error.errorUid());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeBooleanProperty("retryable", failure.retryable());
            json.writeNumberProperty("attempts", failure.attempts());
            string(json, "hint", failure.hint());
            json.writeEndObject();
            json.writeEndObject();
        }
        return text.toString();
    }

    /** Where no server told an error, the failure itself is the one to tell. */
    private static List<ApiError> told(FineTuneException failure) {
        return failure.errors().isEmpty()
                ? List.of(new ApiError(null, String.valueOf(failure.getMessage()), null, null))
                : failure.errors();
    }

    private static void string(JsonGenerator json, String name, @Nullable String value) {
        if (value == null) {
            json.writeNullProperty(name);
        } else {
            json.writeStringProperty(name, value);
        }
    }
}
