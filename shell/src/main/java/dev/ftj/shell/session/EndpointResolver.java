package dev.ftj.shell.session;

import dev.ftj.ApiKey;
import dev.ftj.Endpoint;
import dev.ftj.FineTuneException;
import dev.ftj.FineTuneException.Kind;
import dev.ftj.sandbox.Sandbox;
import dev.ftj.shell.args.CommandLine;
import dev.ftj.shell.args.Option;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The endpoint and the key of a line, resolved once; and the simulated API, started on first use. */
final class EndpointResolver {
    /** The versions that may stand in place of a URL. */
    private static final List<String> VERSIONS = List.of("v0.5", "v0.6");

    private final Map<String, String> environment;
    private final Session session;
    private final ApiKeys keys;
    private CommandLine line = CommandLine.EMPTY;
    private @Nullable Endpoint endpoint;
    private ApiKeys.@Nullable Found key;
    private @Nullable Sandbox sandbox;

    EndpointResolver(Map<String, String> environment, ApiKeys keys, Session session) {
        this.session = session;
        this.environment = environment;
        this.keys = keys;
    }

    /** Resolves the next line anew, even if it is the same: the keys have changed. */
    void reset() {
        line = CommandLine.EMPTY;
        endpoint = null;
    }

    Endpoint endpoint(CommandLine asked) {
        Endpoint resolved = asked == line ? endpoint : null;
        if (resolved == null) {
            resolved = resolve(asked);
            line = asked;
            endpoint = resolved;
            key = null;
        }
        return resolved;
    }

    private Endpoint resolve(CommandLine asked) {
        String url = asked.value(Option.ENDPOINT);
        if (url != null && VERSIONS.contains(url)) {
            return base(asked).withVersion(url);
        }
        if (asked.has(Option.SANDBOX) && url != null) {
            throw FineTuneException.of(
                    Kind.USAGE,
                    "--sandbox and --endpoint URL exclude each other",
                    "Leave one out, or choose a version of the sandbox: v0.5 or v0.6");
        }
        return url != null ? Endpoint.of(url) : base(asked);
    }

    /** Returns the endpoint that a version alone is of: the sandbox's, the shell's, or the environment's. */
    private Endpoint base(CommandLine asked) {
        if (asked.has(Option.SANDBOX)) {
            return Endpoint.of(sandbox().endpoint());
        }
        String url = session.options().value(Option.ENDPOINT);
        return url == null || VERSIONS.contains(url) ? Endpoint.fromEnvironment(environment) : Endpoint.of(url);
    }

    ApiKeys.Found key(CommandLine asked) {
        Endpoint resolved = endpoint(asked);
        ApiKeys.Found found = key;
        if (found == null) {
            found = asked.has(Option.SANDBOX)
                    ? new ApiKeys.Found(ApiKey.of(sandbox().apiKey()), "sandbox")
                    : find(asked, resolved);
            key = found;
        }
        return found;
    }

    /** A running shell cannot be given a variable, so the hint is to log in. */
    private ApiKeys.Found find(CommandLine asked, Endpoint resolved) {
        try {
            return keys.find(asked, resolved);
        } catch (FineTuneException e) {
            if (!session.isInteractive() || e.kind() != Kind.AUTH || !keys.lacks(resolved)) {
                throw e;
            }
            String login = "Type " + session.typed(asked.without(Option.API_KEY_FILE), "login");
            throw e.withHint(keys.isWithout() ? login + ", or try the simulated API with --sandbox" : login);
        }
    }

    private synchronized Sandbox sandbox() {
        Sandbox running = sandbox;
        if (running == null) {
            running = Sandbox.start();
            sandbox = running;
        }
        return running;
    }

    List<String> sandboxIds(CommandLine asked) {
        return endpoint(asked).version().equals("v0.6")
                ? sandbox().newerJobIds()
                : sandbox().jobIds();
    }

    /**
     * Refuses a command, or a part of one, that the API of a line's endpoint has no public calls for.
     *
     * @throws FineTuneException of kind {@code USAGE}
     */
    void requireVersion(CommandLine asked, String what, String version) {
        Endpoint resolved = endpoint(asked);
        if (!resolved.version().equals(version)) {
            String other = asked.has(Option.SANDBOX)
                    ? version
                    : resolved.withVersion(version).toString();
            throw FineTuneException.of(
                    Kind.USAGE,
                    what + " has no public form in " + resolved.version() + " of the API, only in " + version,
                    "Use --endpoint " + other + ". Nothing was sent");
        }
    }

    void close() {
        if (sandbox != null) {
            sandbox.close();
        }
    }
}
