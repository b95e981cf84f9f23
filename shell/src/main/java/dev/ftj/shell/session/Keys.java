package dev.ftj.shell.session;

import dev.ftj.ApiKey;
import dev.ftj.Endpoint;
import dev.ftj.FineTuneException;
import dev.ftj.FineTuneException.Kind;
import dev.ftj.shell.line.Arguments;
import dev.ftj.shell.line.Option;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import org.jspecify.annotations.Nullable;

/** The API key of this session: in memory alone, and only for the endpoint that it was given for. */
public final class Keys {
    /** A key, and where it came from. */
    public record Found(ApiKey key, String source) {}

    private record Login(ApiKey key, Endpoint endpoint) {}

    private static final int LARGEST_KEY = 64 * 1024;

    private final Map<String, String> environment;
    private final Stdin stdin;
    private @Nullable Login login;
    private @Nullable Found fromStdin;
    private boolean loggedOut;
    /** All that this session has had, to be kept out of what it says and writes. */
    private final Set<ApiKey> known = new CopyOnWriteArraySet<>();

    Keys(Map<String, String> environment, Stdin stdin) {
        this.environment = environment;
        this.stdin = stdin;
        try {
            known.add(ApiKey.of(environment.getOrDefault("ATAI_API_KEY", "")));
        } catch (FineTuneException e) {
            // none there, or none that could be sent
        }
    }

    void login(ApiKey key, Endpoint endpoint) {
        known.add(key);
        login = new Login(key, endpoint);
        loggedOut = false;
    }

    /** Whether no key was ever given to this session. */
    boolean isWithout() {
        return login == null
                && !loggedOut
                && environment.getOrDefault("ATAI_API_KEY", "").isBlank()
                && environment.getOrDefault("ATAI_API_KEY_FILE", "").isEmpty();
    }

    void logout() {
        login = null;
        fromStdin = null;
        loggedOut = true;
    }

    /**
     * The key for an endpoint: of {@code --api-key-file}, of {@code login}, of the environment.
     *
     * @throws FineTuneException of kind {@code AUTH} where there is none that may go there
     */
    Found find(Arguments arguments, Endpoint endpoint) {
        Found found = search(arguments, endpoint);
        known.add(found.key());
        return found;
    }

    private Found search(Arguments arguments, Endpoint endpoint) {
        if (loggedOut) {
            throw FineTuneException.of(Kind.AUTH, "no API key: you have logged out", "Type login");
        }
        String file = arguments.value(Option.API_KEY_FILE);
        if (file != null) {
            return file.equals("-") ? stdinKey() : new Found(ApiKey.fromFile(path(file)), "--api-key-file " + file);
        }
        if (login != null) {
            if (!endpoint.equals(login.endpoint())) {
                throw FineTuneException.of(
                        Kind.AUTH,
                        "the key of this session was given for " + login.endpoint() + ", not for " + endpoint,
                        "Log in for that endpoint, or use --api-key-file");
            }
            return new Found(login.key(), "login");
        }
        ApiKey key = ApiKey.fromEnvironment(environment);
        boolean direct = !environment.getOrDefault("ATAI_API_KEY", "").isBlank();
        return new Found(key, direct ? "ATAI_API_KEY" : "ATAI_API_KEY_FILE");
    }

    /** Whether a line holds a key of this session, wherever it came from. */
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
