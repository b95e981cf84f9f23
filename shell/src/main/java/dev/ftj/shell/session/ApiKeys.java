package dev.ftj.shell.session;

import dev.ftj.ApiKey;
import dev.ftj.Endpoint;
import dev.ftj.FineTuneException;
import dev.ftj.FineTuneException.Kind;
import dev.ftj.shell.args.CommandLine;
import dev.ftj.shell.args.Option;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The API keys of this session, in memory only. A key of {@code login} is used only for the endpoint that it was
 * given for.
 */
public final class ApiKeys {
    /** A key and its source. */
    public record Found(ApiKey key, String source) {}

    private static final int LARGEST_KEY = 64 * 1024;

    private final Map<String, String> environment;
    private final Stdin stdin;
    private final Map<Endpoint, ApiKey> logins = new LinkedHashMap<>();
    /**
     * The endpoint that the shell was opened for; null before a login. After one, the environment's key goes only
     * there.
     */
    private @Nullable Endpoint home;

    private @Nullable Found fromStdin;
    private boolean loggedOut;
    /** All keys that this session has had, for redaction. */
    private final Set<ApiKey> known = new CopyOnWriteArraySet<>();

    ApiKeys(Map<String, String> environment, Stdin stdin) {
        this.environment = environment;
        this.stdin = stdin;
        try {
            known.add(ApiKey.of(environment.getOrDefault("ATAI_API_KEY", "")));
        } catch (FineTuneException e) {
            // none there, or none that could be sent
        }
    }

    /** @param opened the endpoint that the shell was opened for */
    void login(ApiKey key, Endpoint endpoint, Endpoint opened) {
        known.add(key);
        logins.put(place(endpoint), key);
        home = place(opened);
        loggedOut = false;
    }

    /** Whether no key was ever given to this session. */
    boolean isWithout() {
        return logins.isEmpty() && !loggedOut && !isInEnvironment();
    }

    /** Returns whether a login would give this endpoint a key. */
    boolean lacks(Endpoint endpoint) {
        return loggedOut || (!logins.containsKey(place(endpoint)) && (isElsewhere(endpoint) || !isInEnvironment()));
    }

    /** All versions of the API at one place take the same key. */
    private static Endpoint place(Endpoint endpoint) {
        return endpoint.withVersion("v0.5");
    }

    private boolean isInEnvironment() {
        return !environment.getOrDefault("ATAI_API_KEY", "").isBlank()
                || !environment.getOrDefault("ATAI_API_KEY_FILE", "").isEmpty();
    }

    private boolean isElsewhere(Endpoint endpoint) {
        return !logins.isEmpty() && (!place(endpoint).equals(home) || !isInEnvironment());
    }

    void logout() {
        logins.clear();
        fromStdin = null;
        loggedOut = true;
    }

    /**
     * The key for an endpoint: of {@code --api-key-file}, of {@code login}, of the environment.
     *
     * @throws FineTuneException of kind {@code AUTH} if there is none for this endpoint
     */
    Found find(CommandLine arguments, Endpoint endpoint) {
        Found found = search(arguments, endpoint);
        known.add(found.key());
        return found;
    }

    private Found search(CommandLine arguments, Endpoint endpoint) {
        if (loggedOut) {
            throw FineTuneException.of(Kind.AUTH, "no API key: you have logged out", "Type login");
        }
        String file = arguments.value(Option.API_KEY_FILE);
        if (file != null) {
            return file.equals("-")
                    ? stdinKey()
                    : new Found(
                            InterruptibleRead.ofKey(file, () -> ApiKey.fromFile(path(file))), "--api-key-file " + file);
        }
        ApiKey login = logins.get(place(endpoint));
        if (login != null) {
            return new Found(login, "login");
        }
        if (isElsewhere(endpoint)) {
            throw FineTuneException.of(
                    Kind.AUTH,
                    "no API key for " + endpoint + ": login was given for "
                            + logins.keySet().stream().map(Endpoint::toString).collect(Collectors.joining(", ")),
                    "Log in for that endpoint");
        }
        boolean direct = !environment.getOrDefault("ATAI_API_KEY", "").isBlank();
        String keyFile = environment.getOrDefault("ATAI_API_KEY_FILE", "");
        return direct || keyFile.isEmpty()
                ? new Found(ApiKey.fromEnvironment(environment), "ATAI_API_KEY")
                : new Found(
                        InterruptibleRead.ofKey(keyFile, () -> ApiKey.fromEnvironment(environment)),
                        "ATAI_API_KEY_FILE");
    }

    /** Returns whether a line holds a key of this session. */
    public boolean isIn(String line) {
        return known.stream().anyMatch(key -> key.isIn(line));
    }

    /** The text without the keys of this session. */
    public String redact(String text) {
        String redacted = text;
        for (ApiKey key : known) {
            redacted = key.redact(redacted);
        }
        return redacted;
    }

    private Found stdinKey() {
        Found found = fromStdin;
        if (found == null) {
            try (InputStream in = stdin.take("the API key")) {
                String text = new String(in.readNBytes(LARGEST_KEY), StandardCharsets.UTF_8);
                found = new Found(ApiKey.of(text), "stdin");
            } catch (IOException e) {
                throw FineTuneException.of(Kind.LOCAL, "stdin cannot be read (" + e.getMessage() + ")", null);
            }
            fromStdin = found;
        }
        return found;
    }

    private static Path path(String file) {
        try {
            return Path.of(file);
        } catch (InvalidPathException e) {
            throw FineTuneException.of(Kind.LOCAL, "no such key file: " + file, null);
        }
    }
}
