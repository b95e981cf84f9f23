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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The clients of a session. Lines with the same endpoint, key, timeout and verbosity share one, connections included. */
final class ClientPool {
    private static final class Settings {
        final Endpoint endpoint;
        final ApiKey key;
        final @Nullable Duration timeout;
        final int verbosity;

        Settings(CommandLine line, Endpoint endpoint, ApiKey key) {
            this.endpoint = endpoint;
            this.key = key;
            timeout = line.duration(Option.TIMEOUT);
            verbosity = line.count(Option.VERBOSE);
        }

        boolean isSame(Settings that) {
            return endpoint.equals(that.endpoint)
                    && key.equals(that.key)
                    && Objects.equals(timeout, that.timeout)
                    && verbosity == that.verbosity;
        }
    }

    private final Map<String, String> environment;
    private final Console console;
    private final List<Settings> settings = new ArrayList<>();
    private final List<FineTuneClient> clients = new ArrayList<>();

    ClientPool(Map<String, String> environment, Console console) {
        this.environment = environment;
        this.console = console;
    }

    FineTuneClient get(CommandLine line, Endpoint endpoint, ApiKey key) {
        Settings wanted = new Settings(line, endpoint, key);
        for (int i = 0; i < clients.size(); i++) {
            if (settings.get(i).isSame(wanted)) {
                return clients.get(i);
            }
        }
        FineTuneClient client = builder(wanted, null).build();
        settings.add(wanted);
        clients.add(client);
        return client;
    }

    /** Builds a client of the caller's own, which reports its attempts. */
    FineTuneClient own(CommandLine line, Endpoint endpoint, ApiKey key, Consumer<Attempt> each) {
        return builder(new Settings(line, endpoint, key), each).build();
    }

    /** Builds a client of the caller's own, which makes one attempt and reports it. */
    FineTuneClient single(CommandLine line, Endpoint endpoint, ApiKey key, Consumer<Attempt> each) {
        return builder(new Settings(line, endpoint, key), each).attempts(1).build();
    }

    private FineTuneClientBuilder builder(Settings wanted, @Nullable Consumer<Attempt> each) {
        FineTuneClientBuilder builder = FineTuneClient.builder()
                .environment(environment)
                .endpoint(wanted.endpoint)
                .apiKey(wanted.key)
                .userAgentSuffix("ftj-shell");
        if (wanted.timeout != null) {
            builder.timeout(wanted.timeout);
        }
        Consumer<Attempt> seen = each;
        if (wanted.verbosity > 0) {
            Consumer<Attempt> shown = new AttemptView(console, wanted.verbosity > 1)::show;
            seen = each == null ? shown : shown.andThen(each);
        }
        return seen == null ? builder : builder.onAttempt(seen);
    }

    void close() {
        for (FineTuneClient client : clients) {
            client.close();
        }
        clients.clear();
        settings.clear();
    }
}
