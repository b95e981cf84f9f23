package dev.ftj.shell.command;

import dev.ftj.Attempt;
import dev.ftj.FineTuneClient;
import dev.ftj.FineTuneException;
import dev.ftj.FineTuneException.Kind;
import dev.ftj.internal.json.RawJson;
import dev.ftj.internal.text.Sanitizer;
import dev.ftj.shell.args.CommandLine;
import dev.ftj.shell.args.CommandSpec;
import dev.ftj.shell.args.Option;
import dev.ftj.shell.args.Parameters;
import dev.ftj.shell.session.Prompts;
import dev.ftj.shell.session.Session;
import dev.ftj.shell.view.ApiView;
import dev.ftj.shell.view.Console;
import dev.ftj.shell.view.FieldPath;
import dev.ftj.shell.view.Format;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** {@code api METHOD PATH}: sends an authenticated request to the endpoint. */
public record ApiCommand(Session session, Console console) implements ShellCommand {
    private static final List<String> METHODS = List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE");

    @Override
    public CommandSpec spec() {
        return CommandSpec.forApi("api", "send an authenticated request to the endpoint")
                .parameters(new Parameters("METHOD PATH", 2, 2, false, List.of()))
                .options(Option.DATA, Option.FIELD, Option.INCLUDE, Option.YES)
                .describe(Option.FIELD, "print only this field of the response, such as [0].id; repeats")
                .option(Option.OUTPUT, "text", "json", "jsonl", "yaml")
                .example("api GET /fine-tune/status", "a path below the endpoint; the response is printed as it came")
                .example("api GET '/fine-tune/jobs?limit=1' --field '[0].id'", "one field of the response")
                .example("api POST /fine-tune/jobs -d @job.json --yes", "the body from a file; with -d - from stdin")
                .example("api GET /fine-tune/status -i", "status and headers, too")
                .exit(0, "the response was printed")
                .exit(1, "\"no\" at the question; a --field is null or missing; the file of --data cannot be read")
                .exit(2, "a bad method, path or body (nothing was sent), or the server refused the request")
                .exit(4, "not found")
                .exit(5, "the server failed, redirects elsewhere, or sent what is not text")
                .exit(7, "the server reports a conflict")
                .handlesInterrupt()
                .versions()
                .build();
    }

    @Override
    public int run(CommandLine line) {
        String method = line.words().get(0).toUpperCase(Locale.ROOT);
        String path = line.words().get(1);
        if (!METHODS.contains(method)) {
            throw FineTuneException.of(
                    Kind.USAGE,
                    "invalid method: "
                            + (method.isEmpty() ? "\"\"" : line.words().get(0)),
                    "Use one of " + String.join(", ", METHODS));
        }
        boolean reads = method.equals("GET") || method.equals("HEAD");
        String body = body(line);
        if (reads && body != null) {
            throw FineTuneException.of(Kind.USAGE, method + " takes no --data", "Leave it out, or use POST or PUT");
        }
        if (!reads && !line.has(Option.YES)) {
            confirm(method, path);
        }
        ApiView view = new ApiView(console, Format.of(line), FieldPath.all(line.values(Option.FIELD)));
        AtomicReference<@Nullable Attempt> last = new AtomicReference<>();
        String response;
        try (FineTuneClient client = session.ownClient(line, last::set)) {
            response = client.send(method, path, body);
        } catch (FineTuneException e) {
            headers(line, view, last.get());
            throw JobAction.unsent(e);
        }
        headers(line, view, last.get());
        List<FieldPath> missing = view.body(response);
        if (!missing.isEmpty()) {
            throw FineTuneException.of(
                    Kind.LOCAL, path + ": " + RecordOutput.missing(missing), RecordOutput.hint(missing));
        }
        return 0;
    }

    private static void headers(CommandLine line, ApiView view, @Nullable Attempt attempt) {
        if (line.has(Option.INCLUDE) && attempt != null && attempt.status() != null) {
            view.headers(attempt);
        }
    }

    private @Nullable String body(CommandLine line) {
        String data = line.value(Option.DATA);
        if (data == null) {
            return null;
        }
        boolean isFile = data.startsWith("@") || data.equals("-");
        String body = isFile ? session.stdin().text(data.startsWith("@") ? data.substring(1) : data, "the body") : data;
        if (RawJson.parseOrNull(body) == null) {
            throw FineTuneException.of(Kind.USAGE, "--data is not JSON", "Nothing was sent");
        }
        return body;
    }

    private void confirm(String method, String path) {
        if (!session.prompts().canAsk()) {
            throw Prompts.cannotAsk("Pass --yes to send a " + method);
        }
        console.say(Sanitizer.oneLine(method + " " + path));
        if (!Prompts.isYes(session.prompts().ask("Send it? [y/N] "))) {
            throw FineTuneException.of(Kind.LOCAL, "not sent", null);
        }
    }
}
