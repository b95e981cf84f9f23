package dev.ftj.shell.session;

import dev.ftj.ApiKey;
import dev.ftj.Attempt;
import dev.ftj.Endpoint;
import dev.ftj.FineTuneClient;
import dev.ftj.FineTuneClientBuilder;
import dev.ftj.shell.args.CommandLine;
import dev.ftj.shell.args.Option;
import dev.ftj.shell.view.AttemptView;
import dev.ftj.shell.view.Console;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The clients of a session. Lines with the same endpoint, key, timeout and verbosity share one, connections included. */
final class ClientPool {
    private final Map<String, String> environment;
    private final Console console;
    /** By endpoint, key, timeout and verbosity. */
    private final Map<List<@Nullable Object>, FineTuneClient> clients = new HashMap<>();

    ClientPool(Map<String, String> environment, Console console) {
        this.environment = environment;
        this.console = console;
    }

    FineTuneClient get(CommandLine line, Endpoint endpoint, ApiKey key) {
        List<@Nullable Object> settings =
                Arrays.asList(endpoint, key, line.duration(Option.TIMEOUT), line.count(Option.VERBOSE));
        FineTuneClient client = clients.get(settings);
        if (client == null) {
            client = builder(line, endpoint, key, null).build();
            clients.put(settings, client);
        }
        return client;
    }

    /** Returns the builder of a client of the caller's own, which reports its attempts, if that is not null. */
    FineTuneClientBuilder builder(CommandLine line, Endpoint endpoint, ApiKey key, @Nullable Consumer<Attempt> each) {
        FineTuneClientBuilder builder = FineTuneClient.builder()
                .environment(environment)
                .endpoint(endpoint)
                .apiKey(key)
                .userAgentSuffix("ftj-shell");
        Duration timeout = line.duration(Option.TIMEOUT);
        if (timeout != null) {
            builder.timeout(timeout);
        }
        int verbosity = line.count(Option.VERBOSE);
        Consumer<Attempt> seen = each;
        if (verbosity > 0) {
            Consumer<Attempt> shown = new AttemptView(console, verbosity > 1)::show;
            seen = each == null ? shown : shown.andThen(each);
        }
        return seen == null ? builder : builder.onAttempt(seen);
    }

    void close() {
        for (FineTuneClient client : clients.values()) {
            client.close();
        }
        clients.clear();
    }
}
