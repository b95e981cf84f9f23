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
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The endpoint and the key of a line, resolved once; and the simulated API, started on first use. */
final class EndpointResolver {
    /** A version in place of a URL. */
    private static final Pattern VERSION = Pattern.compile("v0\\.[56]");

    private final Map<String, String> environment;
    private final Supplier<@Nullable String> shellEndpoint;
    private final ApiKeys keys;
    private CommandLine line = CommandLine.EMPTY;
    private @Nullable Endpoint endpoint;
    private ApiKeys.@Nullable Found key;
    private @Nullable Sandbox sandbox;

    /** @param shellEndpoint returns the --endpoint that the shell gives to each line; null for none */
    EndpointResolver(Map<String, String> environment, ApiKeys keys, Supplier<@Nullable String> shellEndpoint) {
        this.shellEndpoint = shellEndpoint;
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
        if (url != null && VERSION.matcher(url).matches()) {
            return base(asked).withVersion(url);
        }
        if (asked.has(Option.SANDBOX) && url != null) {
            throw FineTuneException.of(Kind.USAGE, "--sandbox and --endpoint URL exclude each other", "Leave one out");
        }
        return url != null ? Endpoint.of(url) : base(asked);
    }

    /** Returns the endpoint that a version alone is of: the sandbox's, the shell's, or the environment's. */
    private Endpoint base(CommandLine asked) {
        if (asked.has(Option.SANDBOX)) {
            return Endpoint.of(sandbox().endpoint());
        }
        String url = shellEndpoint.get();
        return url == null || VERSION.matcher(url).matches() ? Endpoint.fromEnvironment(environment) : Endpoint.of(url);
    }

    /** @param atPrompt the session, if a person types the lines */
    ApiKeys.Found key(CommandLine asked, @Nullable Session atPrompt) {
        Endpoint resolved = endpoint(asked);
        ApiKeys.Found found = key;
        if (found == null) {
            found = asked.has(Option.SANDBOX)
                    ? new ApiKeys.Found(ApiKey.of(sandbox().apiKey()), "sandbox")
                    : find(asked, resolved, atPrompt);
            key = found;
        }
        return found;
    }

    /** A running shell cannot be given a variable, so the hint is to log in. */
    private ApiKeys.Found find(CommandLine asked, Endpoint resolved, @Nullable Session atPrompt) {
        try {
            return keys.find(asked, resolved);
        } catch (FineTuneException e) {
            if (atPrompt == null || e.kind() != Kind.AUTH || !keys.lacks(resolved)) {
                throw e;
            }
            String login = "Type " + atPrompt.typed(asked.without(Option.API_KEY_FILE), "login");
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

    void close() {
        if (sandbox != null) {
            sandbox.close();
        }
    }
}
