package dev.ftj.script;

import dev.ftj.ApiKey;
import dev.ftj.Endpoint;
import dev.ftj.FineTuneClient;
import dev.ftj.FineTuneException;
import dev.ftj.FineTuneException.Kind;
import dev.ftj.internal.store.JobBook;
import dev.ftj.internal.store.LocalDirectories;
import dev.ftj.sandbox.Sandbox;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The context in use, and below it those that come back when it is closed: simulated ones, and at most one real one,
 * which is the environment's until another takes its place.
 */
final class ScriptContexts {
    private final Map<String, String> environment;
    private final List<ScriptContext> open = new ArrayList<>();
    private final Set<Sandbox> running = ConcurrentHashMap.newKeySet();
    private @Nullable ScriptContext real;
    private boolean endsWithJvm;

    ScriptContexts(Map<String, String> environment) {
        this.environment = environment;
    }

    /** The context of the environment is made on first use, by one thread; a failure is thrown and not kept. */
    synchronized ScriptContext current() {
        if (open.isEmpty()) {
            use(fromEnvironment());
        }
        return open.get(open.size() - 1);
    }

    synchronized void use(FineTuneClient client) {
        LocalDirectories directories = LocalDirectories.of(environment);
        JobBook book = directories.book(client.endpoint().toString());
        ScriptContext context = new ScriptContext(client, book, directories.remembers());
        if (real != null) {
            open.remove(real);
        }
        real = context;
        open.add(context);
    }

    synchronized SandboxScope simulate() {
        Sandbox sandbox = Sandbox.start();
        FineTuneClient client = FineTuneClient.builder()
                .environment(Map.of())
                .endpoint(Endpoint.of(sandbox.endpoint()))
                .apiKey(ApiKey.of(sandbox.apiKey()))
                .build();
        ScriptContext context = new ScriptContext(client, JobBook.inMemory(), true);
        open.add(context);
        endWithJvm(sandbox);
        return new SandboxScope(sandbox, () -> {
            forget(context);
            client.close();
            running.remove(sandbox);
        });
    }

    /** A JVM that exits waits a third of a second for threads that listen, so that none should. */
    private void endWithJvm(Sandbox sandbox) {
        running.add(sandbox);
        if (!endsWithJvm) {
            endsWithJvm = true;
            try {
                Runtime.getRuntime().addShutdownHook(new Thread(() -> running.forEach(Sandbox::close), "ftj-end"));
            } catch (IllegalStateException e) {
                return; // it ends already
            }
        }
    }

    private synchronized void forget(ScriptContext context) {
        open.remove(context);
    }

    private FineTuneClient fromEnvironment() {
        try {
            return FineTuneClient.builder()
                    .environment(environment)
                    .userAgentSuffix("ftj-script")
                    .build();
        } catch (FineTuneException e) {
            boolean keyless = environment.getOrDefault("ATAI_API_KEY", "").isBlank()
                    && environment.getOrDefault("ATAI_API_KEY_FILE", "").isEmpty();
            throw e.kind() == Kind.AUTH && keyless ? missingKey() : e;
        }
    }

    /** A JVM that runs already cannot be given a variable, so that there is another way. */
    private static FineTuneException missingKey() {
        return FineTuneException.of(
                Kind.AUTH,
                "no API key",
                "Set ATAI_API_KEY, or ATAI_API_KEY_FILE to a file that holds it, before this JVM starts; or call"
                        + " use(FineTuneClient.builder().apiKey(ApiKey.fromFile(path)).build()); sandbox() needs none");
    }
}
