package dev.ftj.shell.command;

import dev.ftj.ApiKey;
import dev.ftj.Endpoint;
import dev.ftj.FineTuneClient;
import dev.ftj.FineTuneException;
import dev.ftj.FineTuneException.Kind;
import dev.ftj.JobResult;
import dev.ftj.shell.args.CommandLine;
import dev.ftj.shell.args.CommandSpec;
import dev.ftj.shell.args.Option;
import dev.ftj.shell.session.Prompter;
import dev.ftj.shell.session.Session;
import dev.ftj.shell.view.Console;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * {@code login}: asks for a key, without showing it; keeps it in memory, for its endpoint only, and moves the prompt
 * there.
 */
public record LoginCommand(Session session, Console console) implements ShellCommand {
    @Override
    public CommandSpec spec() {
        return CommandSpec.named("login", "give this shell an API key; it is not shown or kept")
                .options(Option.CHECK, Option.ENDPOINT, Option.SANDBOX, Option.TIMEOUT, Option.COLOR, Option.VERBOSE)
                .example("login", "asks for the key; it is sent to the present endpoint only")
                .example(
                        "login --endpoint https://gateway.example",
                        "moves the prompt to that endpoint; one key is kept for each")
                .example("login --check", "keeps the key only if the endpoint accepts it")
                .exit(0, "the key is kept in memory until logout")
                .exit(2, "there is no prompt, or a terminal that cannot hide the key: set ATAI_API_KEY_FILE")
                .exit(3, "no key was typed, or the server refused it; nothing has changed")
                .exit(130, "Ctrl-C; nothing has changed")
                .promptOnly()
                .build();
    }

    @Override
    public int run(CommandLine arguments) {
        Prompter person = session.prompter();
        if (person == null) {
            throw FineTuneException.of(
                    Kind.USAGE,
                    "login belongs to the interactive shell",
                    "Set ATAI_API_KEY, or ATAI_API_KEY_FILE to a file that holds the key");
        }
        if (arguments.has(Option.SANDBOX)) {
            throw FineTuneException.of(Kind.USAGE, "the sandbox has a key of its own", "Leave --sandbox out");
        }
        Endpoint endpoint = session.endpoint(arguments);
        String typed = person.secret("API key for " + endpoint.host() + " (not shown): ");
        if (typed == null) {
            throw cancelled();
        }
        if (typed.isBlank()) {
            throw FineTuneException.of(
                    Kind.AUTH, "no API key was typed", "Type it at the question, where it is not shown");
        }
        ApiKey key = ApiKey.of(typed);
        boolean check = arguments.has(Option.CHECK);
        if (check) {
            check(session.client(arguments, key));
        }
        session.login(key, endpoint);
        console.say(
                check
                        ? endpoint.host() + " accepted " + key + ": logged in, and the key is kept for this session"
                        : "logged in to " + endpoint.host() + " with " + key + " for this session");
        return 0;
    }

    /** Requests one job of the list: that needs no id, and every endpoint has a list. */
    private static void check(FineTuneClient client) {
        try (Stream<JobResult> jobs = client.list(List.of(), 1, 0)) {
            Optional<JobResult> unused = jobs.findFirst();
        } catch (FineTuneException e) {
            if (e.kind() == Kind.CANCELLED) {
                throw cancelled();
            }
            String advice = e.hint();
            throw e.withHint("The key was not kept" + (advice == null ? "" : ". " + advice));
        }
    }

    private static FineTuneException cancelled() {
        return FineTuneException.of(Kind.CANCELLED, "login cancelled", "The key was not kept");
    }
}
