package dev.ftj.shell.command;

import dev.ftj.Endpoint;
import dev.ftj.FineTuneException;
import dev.ftj.FineTuneException.Kind;
import dev.ftj.internal.text.Sanitizer;
import dev.ftj.shell.args.CommandLine;
import dev.ftj.shell.args.CommandSpec;
import dev.ftj.shell.args.Option;
import dev.ftj.shell.args.Parameters;
import dev.ftj.shell.session.ApiKeys;
import dev.ftj.shell.session.Session;
import dev.ftj.shell.view.Console;
import java.util.List;

/** {@code endpoint [URL]}: shows the endpoint; at the prompt and in a script also changes it for the lines that follow. */
public record EndpointCommand(Session session, Console console) implements ShellCommand {
    @Override
    public CommandSpec spec() {
        return CommandSpec.forBook("endpoint", "show the endpoint, or move the prompt to another one")
                .parameters(new Parameters("[URL]", 0, 1, false, List.of()))
                .example("endpoint", "the base URL; whoami adds the key")
                .example(
                        "endpoint https://gateway.example",
                        "at the prompt or in a script: changes it for the lines that follow; login keeps one key per endpoint")
                .example("endpoint v0.6", "changes to the newer API of the present endpoint")
                .exit(0, "shown, or moved")
                .exit(2, "the URL is not valid, or no line follows")
                .build();
    }

    @Override
    public int run(CommandLine arguments) {
        if (arguments.words().isEmpty()) {
            console.out().println(session.endpoint(arguments));
            return 0;
        }
        String word = arguments.words().get(0);
        CommandLine named = arguments.with(Option.ENDPOINT, word);
        if (arguments.has(Option.SANDBOX)) {
            throw FineTuneException.of(
                    Kind.USAGE,
                    "--sandbox and an endpoint name two different places",
                    "Leave --sandbox out; for its newer API, add --endpoint v0.6 to a command");
        }
        Endpoint endpoint = session.endpoint(named);
        session.moveTo(endpoint);
        if (session.isInteractive()) {
            console.say(Sanitizer.oneLine("requests go to " + endpoint.host()
                    + (endpoint.version().equals("v0.6") ? " (v0.6)" : "") + key()));
        }
        return 0;
    }

    private String key() {
        try {
            ApiKeys.Found found = session.key(session.options());
            return " with " + found.key() + " of " + found.source();
        } catch (FineTuneException e) {
            return "; " + e.getMessage();
        }
    }
}
