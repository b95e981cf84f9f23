package dev.ftj.shell.command;

import dev.ftj.Endpoint;
import dev.ftj.FineTuneException;
import dev.ftj.FineTuneException.Kind;
import dev.ftj.shell.args.CommandLine;
import dev.ftj.shell.args.CommandSpec;
import dev.ftj.shell.args.Option;
import dev.ftj.shell.session.ApiKeys;
import dev.ftj.shell.session.Session;
import dev.ftj.shell.view.Console;
import dev.ftj.shell.view.Format;
import dev.ftj.shell.view.WhoamiView;

/** {@code whoami}: shows the endpoint and the source of the key; sends no request. */
public record WhoamiCommand(Session session, Console console) implements ShellCommand {
    @Override
    public CommandSpec spec() {
        return CommandSpec.named("whoami", "show the endpoint and the source of the key")
                .option(Option.OUTPUT, "text", "json", "jsonl", "yaml")
                .options(Option.ENDPOINT, Option.API_KEY_FILE, Option.SANDBOX, Option.COLOR, Option.VERBOSE)
                .example("whoami", "shows at most the last four characters of the key")
                .exit(0, "there is a key")
                .exit(3, "there is no key for this endpoint")
                .build();
    }

    @Override
    public int run(CommandLine arguments) {
        Endpoint endpoint = session.endpoint(arguments);
        Format format = Format.of(arguments);
        WhoamiView view = new WhoamiView(console, format);
        ApiKeys.Found found;
        try {
            found = session.key(arguments);
        } catch (FineTuneException e) {
            if (e.kind() == Kind.AUTH) {
                view.show(endpoint, arguments.has(Option.SANDBOX), null, null);
            }
            throw e;
        }
        view.show(
                endpoint,
                arguments.has(Option.SANDBOX),
                found.source(),
                found.key().toString());
        return 0;
    }
}
