package dev.ftj.shell.session;

import dev.ftj.Endpoint;
import dev.ftj.FineTuneException;
import dev.ftj.FineTuneException.Kind;
import dev.ftj.shell.args.CommandLine;
import dev.ftj.shell.args.CommandSpec;
import dev.ftj.shell.args.Option;
import java.util.List;

/** Which commands work with which version of the API. */
public final class ApiVersions {
    private static final String NEWER = "v0.6";

    private ApiVersions() {}

    /** Adds the version of the sandbox that a command needs, if the line names none. */
    public static CommandLine withVersion(CommandLine line, CommandSpec spec) {
        boolean needsNewer = spec.versions().equals(List.of(NEWER));
        return needsNewer && line.has(Option.SANDBOX) && !line.has(Option.ENDPOINT)
                ? line.with(Option.ENDPOINT, NEWER)
                : line;
    }

    /**
     * Refuses a command that the API of a line's endpoint has no public calls for, before anything is sent.
     *
     * @throws FineTuneException of kind {@code USAGE}
     */
    public static void require(CommandLine line, Session session, CommandSpec spec) {
        if (!spec.versions().isEmpty()) {
            require(line, session, spec.name(), spec.versions().get(0));
        }
    }

    /** Does the same for a part of a command, such as an option of it. */
    public static void require(CommandLine line, Session session, String what, String version) {
        Endpoint endpoint = session.endpoint(line);
        if (!endpoint.version().equals(version)) {
            String other = line.has(Option.SANDBOX)
                    ? version
                    : endpoint.withVersion(version).toString();
            throw FineTuneException.of(
                    Kind.USAGE,
                    what + " has no public form in " + endpoint.version() + " of the API, only in " + version,
                    "Use --endpoint " + other + ". Nothing was sent");
        }
    }
}
