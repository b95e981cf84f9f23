package dev.ftj.internal.http;

import dev.ftj.internal.http.HttpFailure.Reason;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Selects the proxy of {@code HTTPS_PROXY} or {@code ALL_PROXY} (either case) for every host except those of
 * {@code NO_PROXY} and loopback.
 */
public final class EnvironmentProxySelector extends ProxySelector {
    /** User, host and port. {@link URI} finds no host in a name with an underscore, as container networks have them. */
    private static final Pattern AUTHORITY =
            Pattern.compile("(?:(.*)@)?(\\[[0-9a-fA-F:.%]+]|[^\\[\\]:@]+)(?::(\\d{0,9}))?");

    private static final Pattern ADDRESS = Pattern.compile("\\d+(\\.\\d+){3}|[0-9a-f]*:[0-9a-f:.]*");

    private final Proxy proxy;
    private final @Nullable String authorization;
    private final List<String> direct;

    private EnvironmentProxySelector(Proxy proxy, @Nullable String authorization, List<String> direct) {
        this.proxy = proxy;
        this.authorization = authorization;
        this.direct = direct;
    }

    static EnvironmentProxySelector always(Proxy proxy) {
        return new EnvironmentProxySelector(proxy, null, List.of());
    }

    /**
     * Returns the selector of an environment.
     *
     * @throws HttpFailure if it names a proxy that cannot be used
     */
    public static EnvironmentProxySelector of(Map<String, String> environment) {
        String url = first(environment, "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy");
        if (url.isEmpty()) {
            return always(Proxy.NO_PROXY);
        }
        List<String> direct = Arrays.stream(
                        first(environment, "NO_PROXY", "no_proxy").split("[,\\s]+"))
                .map(entry -> entry.toLowerCase(Locale.ROOT))
                .filter(entry -> !entry.isEmpty())
                .toList();
        return parse(url, direct);
    }

    /** Returns the value of the {@code Proxy-Authorization} header; null if the proxy's URL has no credentials. */
    @Nullable
    String authorization() {
        return authorization;
    }

    /** Returns the same selector with the name of a SOCKS proxy resolved, which the socket would do uninterruptibly. */
    ProxySelector resolved() {
        return new ProxySelector() {
            @Override
            public List<Proxy> select(URI uri) {
                return EnvironmentProxySelector.this.select(uri).stream()
                        .map(EnvironmentProxySelector::withAddress)
                        .toList();
            }

            @Override
            public void connectFailed(URI uri, SocketAddress address, IOException failure) {}
        };
    }

    private static Proxy withAddress(Proxy proxy) {
        if (proxy.type() != Proxy.Type.SOCKS
                || !(proxy.address() instanceof InetSocketAddress named)
                || !named.isUnresolved()) {
            return proxy;
        }
        try {
            List<InetAddress> found =
                    AbandonableDns.lookup(() -> List.of(InetAddress.getAllByName(named.getHostString())));
            return new Proxy(Proxy.Type.SOCKS, new InetSocketAddress(found.get(0), named.getPort()));
        } catch (UnknownHostException e) {
            // the socket reports it
            return proxy;
        }
    }

    @Override
    public List<Proxy> select(URI uri) {
        String host = uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
        int port = uri.getPort() < 0 ? 443 : uri.getPort();
        return List.of(Loopback.is(host) || isDirect(host, port) ? Proxy.NO_PROXY : proxy);
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException failure) {}

    private static EnvironmentProxySelector parse(String text, List<String> direct) {
        URI uri;
        try {
            uri = URI.create(text.contains("://") ? text : "http://" + text);
        } catch (IllegalArgumentException e) {
            throw unusable("it is not a URL");
        }
        Matcher authority = AUTHORITY.matcher(String.valueOf(uri.getRawAuthority()));
        if (uri.getRawAuthority() == null || !authority.matches()) {
            throw unusable("it names no host");
        }
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        boolean socks = scheme.startsWith("socks");
        if (!socks && !scheme.equals("http")) {
            throw unusable("a proxy URL begins with http:// or socks5://, not " + scheme + "://");
        }
        String userInfo = authority.group(1);
        if (socks && userInfo != null) {
            throw unusable("a user name for a SOCKS proxy is not supported");
        }
        String digits = authority.group(3);
        int port = digits != null && !digits.isEmpty() ? Integer.parseInt(digits) : socks ? 1080 : 80;
        if (port == 0 || port > 65535) {
            throw unusable("its port is not between 1 and 65535");
        }
        Proxy proxy = new Proxy(
                socks ? Proxy.Type.SOCKS : Proxy.Type.HTTP,
                InetSocketAddress.createUnresolved(authority.group(2), port));
        return new EnvironmentProxySelector(proxy, basic(userInfo), direct);
    }

    private static @Nullable String basic(@Nullable String userInfo) {
        if (userInfo == null) {
            return null;
        }
        String plain = URLDecoder.decode(userInfo.replace("+", "%2B"), StandardCharsets.UTF_8);
        String credentials = plain.contains(":") ? plain : plain + ":";
        return "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
    }

    private boolean isDirect(String host, int port) {
        return direct.stream().anyMatch(entry -> covers(entry, host, port));
    }

    private static boolean covers(String entry, String host, int port) {
        if (entry.equals("*")) {
            return true;
        }
        if (entry.contains("/")) {
            return inNetwork(entry, host);
        }
        String name = entry;
        int colon = entry.lastIndexOf(':');
        if (colon > 0 && entry.substring(colon + 1).matches("\\d+") && entry.indexOf(':') == colon) {
            if (!entry.substring(colon + 1).equals(Integer.toString(port))) {
                return false;
            }
            name = entry.substring(0, colon);
        }
        String domain = name.startsWith("*.") ? name.substring(2) : name.startsWith(".") ? name.substring(1) : name;
        return unbracketed(host).equals(unbracketed(domain)) || host.endsWith("." + domain);
    }

    /** CIDR, for hosts that are addresses. */
    private static boolean inNetwork(String entry, String host) {
        int slash = entry.indexOf('/');
        if (!ADDRESS.matcher(unbracketed(host)).matches()
                || !entry.substring(slash + 1).matches("\\d{1,3}")
                || !ADDRESS.matcher(entry.substring(0, slash)).matches()) {
            return false;
        }
        try {
            byte[] network = InetAddress.getByName(entry.substring(0, slash)).getAddress();
            byte[] address = InetAddress.getByName(unbracketed(host)).getAddress();
            int ignored = network.length * 8 - Integer.parseInt(entry.substring(slash + 1));
            return network.length == address.length
                    && ignored >= 0
                    && new BigInteger(1, network)
                            .shiftRight(ignored)
                            .equals(new BigInteger(1, address).shiftRight(ignored));
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static String unbracketed(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }

    private static String first(Map<String, String> environment, String... names) {
        for (String name : names) {
            String value = environment.get(name);
            if (value != null && !value.isBlank()) {
                return value.strip();
            }
        }
        return "";
    }

    /** The value is not shown: it may hold a password. */
    private static HttpFailure unusable(String why) {
        return new HttpFailure(Reason.USAGE, "the proxy of the environment cannot be used: " + why)
                .hint("Fix or unset HTTPS_PROXY and ALL_PROXY");
    }
}
