package dev.ftj.shell.command;

import dev.ftj.ApiKey;
import dev.ftj.Endpoint;
import dev.ftj.FineTuneClient;
import dev.ftj.FineTuneException;
import dev.ftj.FineTuneException.Kind;
import dev.ftj.shell.line.Arguments;
import dev.ftj.shell.line.CommandSpec;
import dev.ftj.shell.line.Option;
import dev.ftj.shell.session.Person;
import dev.ftj.shell.session.Session;
import dev.ftj.shell.view.Screen;

/** {@code login}: asks for the key of this session, without showing it; it stays in memory, for this endpoint alone. */
public final class LoginCommand implements ShellCommand {
    private static final CommandSpec SPEC = CommandSpec.named(
                    "login", "give this shell an API key; it is not shown or kept")
            .options(Option.CHECK, Option.ENDPOINT, Option.SANDBOX, Option.TIMEOUT, Option.COLOR, Option.VERBOSE)
            .example("login", "asks for the key; it goes to the present endpoint alone")
            .example("login --check", "and tries it against the endpoint at once")
            .exit(0, "the key is kept in memory until logout")
            .exit(2, "there is no prompt, or a terminal that cannot hide the key: set ATAI_API_KEY_FILE")
            .exit(3, "no key was typed, or the server refused it")
            .promptOnly()
            .build();

    /** No job can have this id by chance; whether it exists is not what is asked. */
    private static final String ANY_ID = "ftj-login-check";

    private final Session session;
    private final Screen screen;

    public LoginCommand(Session session, Screen screen) {
        this.session = session;
        this.screen = screen;
    }

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public int run(Arguments arguments) {
        Person person = session.person();
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
        ApiKey key = ApiKey.of(person.secret("API key for " + endpoint.host() + " (not shown): "));
        if (arguments.has(Option.CHECK)) {
            check(session.client(arguments, key));
        }
        session.login(key, endpoint);
        screen.say("logged in to " + endpoint.host() + " with " + key + " for this session");
        return 0;
    }

    /** A key that is refused is not kept. */
    private static void check(FineTuneClient client) {
        try {
            client.job(ANY_ID);
        } catch (FineTuneException e) {
            if (e.kind() != Kind.NOT_FOUND) {
                throw e;
            }
        }
    }
}
