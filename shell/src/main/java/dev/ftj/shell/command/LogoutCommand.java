package dev.ftj.shell.command;

import dev.ftj.FineTuneException;
import dev.ftj.FineTuneException.Kind;
import dev.ftj.shell.args.CommandLine;
import dev.ftj.shell.args.CommandSpec;
import dev.ftj.shell.args.Option;
import dev.ftj.shell.session.Session;
import dev.ftj.shell.view.Console;

/** {@code logout}: no key is used until the next login, the environment's included. */
public record LogoutCommand(Session session, Console console) implements ShellCommand {
    @Override
    public CommandSpec spec() {
        return CommandSpec.named("logout", "use no API key until the next login")
                .exit(0, "the key is forgotten")
                .exit(2, "no line follows, or the sandbox's key is used")
                .promptOnly()
                .build();
    }

    @Override
    public int run(CommandLine arguments) {
        if (session.options().has(Option.SANDBOX)) {
            throw FineTuneException.of(
                    Kind.USAGE, "the sandbox has a key of its own", "There is nothing to log out of");
        }
        session.logout();
        console.say("logged out; no key is used until login");
        return 0;
    }
}
