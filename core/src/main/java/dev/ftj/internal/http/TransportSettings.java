package dev.ftj.internal.http;

import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * How connections are made.
 *
 * @param callersClient the caller's own client; null to build one
 * @param silence how long a server may send nothing
 * @param keptConnections the size of the connection pool
 * @param proxy the caller's choice; null for that of the environment
 */
public record TransportSettings(
        @Nullable OkHttpClient callersClient,
        Duration connectTimeout,
        Duration silence,
        int keptConnections,
        @Nullable Proxy proxy,
        Map<String, String> environment) {

    /**
     * Returns the proxies for https; null to leave them to the caller's client.
     *
     * @throws HttpFailure if the environment names one that cannot be used
     */
    @Nullable
    EnvironmentProxySelector proxies() {
        if (proxy != null) {
            return EnvironmentProxySelector.always(proxy);
        }
        return callersClient == null ? EnvironmentProxySelector.of(environment) : null;
    }

    /**
     * Returns the proxy on the way to a URL.
     *
     * @throws HttpFailure as {@link #proxies()}
     */
    public Proxy proxyFor(URI url) {
        if (!"https".equals(url.getScheme())) {
            return Proxy.NO_PROXY;
        }
        EnvironmentProxySelector proxies = proxies();
        if (proxies == null && callersClient != null && callersClient.proxy() != null) {
            return callersClient.proxy();
        }
        ProxySelector selector = proxies == null && callersClient != null ? callersClient.proxySelector() : proxies;
        return selector == null ? Proxy.NO_PROXY : selector.select(url).get(0);
    }
}
