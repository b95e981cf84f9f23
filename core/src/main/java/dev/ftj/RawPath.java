package dev.ftj;

import dev.ftj.FineTuneException.Kind;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Checks the path of a request that a user writes: it must stay below the endpoint's base path. */
final class RawPath {
    private static final Pattern VALID = Pattern.compile("(?:[A-Za-z0-9\\-._~!$&'()*+,;=:@/?]|%[0-9A-Fa-f]{2})*");
    private static final Pattern CONTROL = Pattern.compile("(?i)%([01].|7f|c2%[89].)");
    private static final Pattern VERSIONED = Pattern.compile("/(" + Pattern.quote(Endpoint.USUAL_VERSION) + "|"
            + Pattern.quote(Endpoint.NEWER_VERSION) + ")((?:[/?].*)?)");
    private static final Pattern SEPARATOR = Pattern.compile("[/\\\\]");

    private RawPath() {}

    /**
     * Returns the target below the base URL. The endpoint's own version may stand first, as in a URL that was copied.
     *
     * @param version the endpoint's
     * @param path with or without a leading slash, percent-encoded, perhaps with a query
     * @throws FineTuneException of kind {@code USAGE} if it is not valid, names a host, holds a control character, or
     *     leaves the base path by dot segments, encoded or not; or if it begins with the other version
     */
    static String below(String path, String version) {
        String target = path.startsWith("/") ? path : "/" + path;
        String segments = target.split("\\?", 2)[0];
        if (!VALID.matcher(target).matches()) {
            throw refused("it holds a character that must be percent-encoded", "Write a space as %20");
        }
        if (segments.startsWith("//") || path.matches("[A-Za-z][A-Za-z0-9+.-]*:.*")) {
            throw refused("it names a scheme or a host", "Write the path below the endpoint, such as /fine-tune/jobs");
        }
        // some servers decode twice, and ignore what follows a semicolon
        String decoded = segments;
        for (String before = ""; !before.equals(decoded); ) {
            before = decoded;
            decoded = decoded.replaceAll("(?i)%25", "%")
                    .replaceAll("(?i)%2e", ".")
                    .replaceAll("(?i)%2f", "/")
                    .replaceAll("(?i)%5c", "/")
                    .replaceAll("(?i)%3b", ";");
        }
        if (CONTROL.matcher(decoded + target.substring(segments.length())).find()) {
            throw refused("it holds a control character", "Nothing was sent");
        }
        for (String segment : SEPARATOR.split(decoded)) {
            String name = segment.split(";", 2)[0];
            if (name.equals(".") || name.equals("..")) {
                throw refused("a segment of dots leaves the endpoint's base path", "Nothing was sent");
            }
        }
        Matcher versioned = VERSIONED.matcher(target);
        if (!versioned.matches()) {
            return target;
        }
        if (!versioned.group(1).equals(version)) {
            throw refused(
                    "it is of " + versioned.group(1) + ", but the endpoint is of " + version,
                    "Ask there with --endpoint " + versioned.group(1));
        }
        return versioned.group(2).startsWith("/") ? versioned.group(2) : "/" + versioned.group(2);
    }

    private static FineTuneException refused(String why, String hint) {
        return FineTuneException.of(Kind.USAGE, "invalid path: " + why, hint);
    }
}
