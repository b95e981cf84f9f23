package dev.ftj;

import dev.ftj.FineTuneException.Kind;
import dev.ftj.internal.http.Loopback;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The base URL of the API, which ends in {@code /v0.5}, or in {@code /v0.6} for the newer API.
 *
 * <p>The scheme is https, so that the key is never sent unencrypted; plain http is allowed only to loopback addresses
 * (127.0.0.0/8, ::1, localhost).
 *
 * @since 0.1.0
 */
public final class Endpoint {
    /** The vendor's service. */
    public static final Endpoint DEFAULT =
            new Endpoint("https://api.u1.archetypeai.app/v0.5", "api.u1.archetypeai.app");

    /** The version of a URL without one. */
    static final String USUAL_VERSION = "v0.5";

    /** The version with jobs at {@code /fine_tuning/jobs}, events and checkpoints. */
    static final String NEWER_VERSION = "v0.6";

    private static final Pattern VERSION_SEGMENT = Pattern.compile("v\\d+(\\.\\d+)?");

    /** The path of an API resource, as in a URL copied from a request. */
    private static final Pattern RESOURCE = Pattern.compile("(?<=/v0\\.\\d/).+|/(fine-tune|fine_tuning)(/.*)?$");

    private final String url;
    private final String host;

    private Endpoint(String url, String host) {
        this.url = url;
        this.host = host;
    }

    /**
     * Parses a base URL. If it has no version, {@code /v0.5} is added; trailing slashes are ignored, and a path prefix (of
     * a gateway) is kept.
     *
     * @param text such as {@code https://host}, {@code https://host/v0.5/}, {@code http://127.0.0.1:8080}
     * @return the endpoint: host and scheme in lower case, without the scheme's default port
     * @throws FineTuneException of kind {@code USAGE} if the URL has another version or scheme, plain http to another
     *     machine, a user name, a query or a fragment
     */
    public static Endpoint of(String text) {
        URI uri;
        try {
            uri = new URI(text.strip());
        } catch (URISyntaxException e) {
            throw refused("it is not a URL");
        }
        if (uri.getRawUserInfo() != null
                || (uri.getRawAuthority() != null && uri.getRawAuthority().contains("@"))) {
            throw refused("it holds a user name or password, which would be shown and logged");
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("https") && !scheme.equals("http")) {
            throw refused("it does not begin with https://");
        }
        if (uri.getHost() == null || uri.getPort() == 0 || uri.getPort() > 65535) {
            throw refused("it names no host");
        }
        if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw refused("it has a query or a fragment");
        }
        String host = uri.getHost().toLowerCase(Locale.ROOT);
        boolean encrypted = scheme.equals("https");
        if (!encrypted && !Loopback.is(host)) {
            throw refused("plain http is allowed only to this machine, not to " + host);
        }
        int standardPort = encrypted ? 443 : 80;
        String shownHost = uri.getPort() < 0 || uri.getPort() == standardPort ? host : host + ":" + uri.getPort();
        return new Endpoint(scheme + "://" + shownHost + versioned(uri.getRawPath()), shownHost);
    }

    /**
     * {@return the endpoint of {@code ATAI_API_ENDPOINT}; {@link #DEFAULT} if the variable is unset or blank}
     *
     * @param environment the variables to read, such as {@link System#getenv()}
     * @throws FineTuneException of kind {@code USAGE} if its value is not a valid endpoint
     */
    public static Endpoint fromEnvironment(Map<String, String> environment) {
        String text = environment.get("ATAI_API_ENDPOINT");
        return text == null || text.isBlank() ? DEFAULT : of(text);
    }

    /** {@return the host, with the port unless it is the scheme's default, such as {@code 127.0.0.1:8080}} */
    public String host() {
        return host;
    }

    /** {@return the version of the API: {@code v0.5} or {@code v0.6}} */
    public String version() {
        return url.substring(url.lastIndexOf('/') + 1);
    }

    /**
     * {@return the endpoint of another version at the same place}
     *
     * @param version {@code v0.5} or {@code v0.6}
     * @throws FineTuneException of kind {@code USAGE} for any other version
     */
    public Endpoint withVersion(String version) {
        return of(url.substring(0, url.lastIndexOf('/') + 1) + version);
    }

    boolean isNewer() {
        return version().equals(NEWER_VERSION);
    }

    private static String versioned(String rawPath) {
        String path = rawPath == null ? "" : rawPath.replaceFirst("/+$", "");
        String last = path.substring(path.lastIndexOf('/') + 1);
        if (path.matches("(?i).*/(\\.|%2e){1,2}(/.*)?")) {
            throw refused("its path holds dots that lead elsewhere");
        }
        if (last.equals(USUAL_VERSION) || last.equals(NEWER_VERSION)) {
            return path;
        }
        if (RESOURCE.matcher(path).find()) {
            throw refused("its path names a resource (such as /fine-tune/jobs), which ftj adds itself");
        }
        if (VERSION_SEGMENT.matcher(last).matches()) {
            throw refused("ftj supports " + USUAL_VERSION + " and " + NEWER_VERSION + ", not " + last);
        }
        return path + "/" + USUAL_VERSION;
    }

    /** The message does not contain the URL, which may hold a password. */
    private static FineTuneException refused(String why) {
        return FineTuneException.of(
                Kind.USAGE,
                "not an endpoint: " + why,
                "Give a base URL such as " + DEFAULT + " (--endpoint or ATAI_API_ENDPOINT)");
    }

    /** {@return the base URL, such as {@code https://api.u1.archetypeai.app/v0.5}, without a trailing slash} */
    @Override
    public String toString() {
        return url;
    }

    /** Compares the base URLs. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Endpoint that && that.url.equals(url);
    }

    @Override
    public int hashCode() {
        return url.hashCode();
    }
}
