package dev.ftj.internal.http;

import java.util.List;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * An absolute URL that a server has signed: its path and query are sent byte for byte as given. {@link HttpUrl} would
 * re-encode some characters ({@code '} and {@code |}), which breaks the signature.
 */
public final class PresignedUrl {
    private PresignedUrl() {}

    /**
     * {@return a clause that says what is wrong with a URL that the server gave, without the URL, whose query is a
     * secret; null if it can be used}
     */
    public static @Nullable String problem(String url) {
        HttpUrl parsed = HttpUrl.parse(url);
        if (parsed == null || !url.chars().allMatch(c -> c > ' ' && c <= '~') || url.contains("\\")) {
            return "it is not a URL";
        }
        if (!parsed.username().isEmpty() || !parsed.password().isEmpty()) {
            return "it holds a user name or password";
        }
        if (!parsed.isHttps() && !Loopback.is(parsed.host())) {
            return "it is plain http to another machine, " + parsed.host();
        }
        return null;
    }

    /** @param mayBeLocal false to refuse plain http to this machine: a remote API has nothing to store there */
    static HttpUrl exact(String url, boolean mayBeLocal) {
        String problem = problem(url);
        HttpUrl parsed = HttpUrl.parse(url);
        if (problem != null || parsed == null) {
            throw unusable(String.valueOf(problem));
        }
        if (!parsed.isHttps() && !mayBeLocal) {
            throw unusable("it is plain http to this machine, and the API is elsewhere");
        }
        String wanted = pathAndQuery(url);
        if (pathAndQuery(parsed).equals(wanted)) {
            return parsed;
        }
        HttpUrl exact = rebuilt(parsed, wanted);
        if (exact == null || !pathAndQuery(exact).equals(wanted)) {
            throw unusable("it holds characters that cannot be sent as they are");
        }
        return exact;
    }

    /** Puts path and query into the builder past its encoder. Null if this OkHttp has no such members. */
    private static @Nullable HttpUrl rebuilt(HttpUrl parsed, String pathAndQuery) {
        // See OkHttpAssumptionsTest.aUrlIsChangedUnlessItsPartsAreSetPastTheEncoder.
        HttpUrl.Builder builder = parsed.newBuilder().fragment(null);
        int question = pathAndQuery.indexOf('?');
        String path = question < 0 ? pathAndQuery : pathAndQuery.substring(0, question);
        try {
            List<String> segments = builder.getEncodedPathSegments$okhttp();
            segments.clear();
            segments.addAll(List.of(path.substring(1).split("/", -1)));
            // the whole query as one name without a value, which is written without '='
            builder.setEncodedQueryNamesAndValues$okhttp(
                    question < 0 ? null : nameWithoutValue(pathAndQuery.substring(question + 1)));
        } catch (NoSuchMethodError e) {
            return null;
        }
        return builder.build();
    }

    private static List<@Nullable String> nameWithoutValue(String name) {
        return java.util.Arrays.asList(name, null);
    }

    static String pathAndQuery(HttpUrl url) {
        return url.encodedPath() + (url.encodedQuery() == null ? "" : "?" + url.encodedQuery());
    }

    /** Returns the path and query as they stand in the text. */
    private static String pathAndQuery(String url) {
        int fragment = url.indexOf('#');
        String whole = fragment < 0 ? url : url.substring(0, fragment);
        String rest = whole.substring(whole.indexOf("//") + 2);
        int slash = rest.indexOf('/');
        int question = rest.indexOf('?');
        if (question >= 0 && (slash < 0 || question < slash)) {
            return "/" + rest.substring(question);
        }
        return slash < 0 ? "/" : rest.substring(slash);
    }

    private static HttpFailure unusable(String why) {
        return new HttpFailure(HttpFailure.Reason.UNREADABLE, "the server gave a URL that cannot be used: " + why)
                .hint("Report this to the service");
    }
}
