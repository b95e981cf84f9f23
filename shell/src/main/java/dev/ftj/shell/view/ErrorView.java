package dev.ftj.shell.view;

import dev.ftj.FineTuneException;
import dev.ftj.FineTuneException.ApiError;
import dev.ftj.FineTuneException.Resource;
import dev.ftj.internal.json.JsonWriter;
import dev.ftj.internal.json.RawJson;
import dev.ftj.internal.text.Sanitizer;
import dev.ftj.shell.args.CommandLine;
import dev.ftj.shell.args.Option;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

/** A failure on stderr: a line, a line for each further error, or one JSON object. */
public final class ErrorView {
    private final Console console;
    private final Format format;
    private final boolean trace;

    /** @param line its {@code --output} and {@code --verbose} count */
    public ErrorView(Console console, CommandLine line) {
        this.console = console;
        format = Format.of(line);
        trace = line.count(Option.VERBOSE) > 1;
    }

    public void show(FineTuneException failure) {
        if (format == Format.JSON || format == Format.JSONL) {
            console.say(Sanitizer.json(json(failure)));
        } else {
            String prefix = console.errStyle().error("ftj:");
            String.valueOf(failure.getMessage()).lines().forEach(line -> console.say(prefix + " " + line));
        }
        if (trace) {
            StringWriter text = new StringWriter();
            failure.printStackTrace(new PrintWriter(text));
            text.toString()
                    .lines()
                    .map(line -> line.replace('\t', ' '))
                    .forEach(line -> console.say(Sanitizer.oneLine(line)));
        }
    }

    /** Wraps an unexpected exception as a defect of ftj. */
    public static FineTuneException unforeseen(Throwable failure) {
        FineTuneException defect = FineTuneException.of(
                FineTuneException.Kind.LOCAL,
                "ftj itself failed (" + failure.getClass().getSimpleName()
                        + (failure.getMessage() == null ? "" : ": " + failure.getMessage()) + ")",
                "This is a defect: report it with the output of -vv");
        defect.initCause(failure);
        return defect;
    }

    private static String json(FineTuneException failure) {
        Resource resource = failure.resource();
        String file = resource == null || resource.type() != Resource.Type.FILE ? null : resource.id();
        RawJson error = JsonWriter.objectOf(
                "kind",
                failure.kind(),
                file == null ? "job_id" : "file_id",
                file == null ? failure.jobId() : file,
                "http_status",
                failure.httpStatus(),
                "errors",
                errors(failure).stream().map(ErrorView::json).toList(),
                "retryable",
                failure.retryable(),
                "attempts",
                failure.attempts(),
                "hint",
                failure.hint());
        return JsonWriter.objectOf("error", error).raw();
    }

    private static RawJson json(ApiError error) {
        return JsonWriter.objectOf(
                "code", error.code(),
                "message", error.message(),
                "suggestion", error.suggestion(),
                "error_uid", error.errorUid());
    }

    /** Returns the server's errors, or the failure itself if the server sent none. */
    private static List<ApiError> errors(FineTuneException failure) {
        return failure.errors().isEmpty()
                ? List.of(new ApiError(null, String.valueOf(failure.getMessage()), null, null))
                : failure.errors();
    }
}
