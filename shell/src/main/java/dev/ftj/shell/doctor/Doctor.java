package dev.ftj.shell.doctor;

import dev.ftj.Attempt;
import dev.ftj.Endpoint;
import dev.ftj.FineTuneClient;
import dev.ftj.FineTuneException;
import dev.ftj.FineTuneException.Kind;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Goes the way of a call piece by piece: what a piece depends on comes before it, and where one fails, those behind it
 * are not tried. The client that calls would use makes the connection and asks the one question (the node's status, which
 * touches no job); the name and the port are looked at beforehand, to tell one failure from another.
 */
public final class Doctor {
    /** Makes a client that tries once, and tells of each attempt. */
    public interface Clients extends Function<Consumer<Attempt>, FineTuneClient> {}

    private static final List<String> ORDER = List.of("DNS", "TCP", "proxy", "TLS", "clock", "key", "service");
    private static final Duration LONGEST_PROBE = Duration.ofSeconds(10);
    private static final int MOST_ADDRESSES = 4;

    private final Endpoint endpoint;
    private final InstantSource clock;
    private final Probe probe;
    private final String host;
    private final int port;
    private final boolean encrypted;
    private final Consumer<Check> each;
    private final Map<String, Check> waiting = new HashMap<>();
    private final List<Check> ended = new ArrayList<>();
    /** How many of the order have ended. */
    private int next;

    /**
     * A doctor for one visit.
     *
     * @param timeout the time that a call may take
     * @param each told of each check as soon as it and those before it have ended
     */
    public Doctor(Endpoint endpoint, Duration timeout, InstantSource clock, Consumer<Check> each) {
        this.endpoint = endpoint;
        this.clock = clock;
        this.each = each;
        probe = new Probe(timeout.compareTo(LONGEST_PROBE) < 0 ? timeout : LONGEST_PROBE);
        URI url = URI.create(endpoint.toString());
        host = url.getHost();
        encrypted = url.getScheme().equals("https");
        port = url.getPort() >= 0 ? url.getPort() : encrypted ? 443 : 80;
    }

    /**
     * The whole way.
     *
     * @param key what may be shown of the key
     */
    public List<Check> withKey(String key, Clients clients) throws InterruptedException {
        Clock heard = new Clock(clock);
        try (FineTuneClient client = clients.apply(heard)) {
            if (isReached(client)) {
                new ServiceCheck(client, endpoint, key).ask().forEach(this::put);
                put(heard.check());
            }
        } catch (FineTuneException e) {
            noClient(e);
        }
        return inOrder("not tried");
    }

    /**
     * As far as one comes without a request.
     *
     * @param why there is no key
     */
    public List<Check> withoutKey(FineTuneException why, Clients clients) throws InterruptedException {
        put(Check.fails("key", why.summary(), why.hint(), why.kind().exitCode()));
        boolean reached = false;
        try (FineTuneClient client = clients.apply(attempt -> {})) {
            reached = isReached(client);
        } catch (FineTuneException e) {
            noClient(e);
        }
        return inOrder(reached ? "not tried: nothing is asked without a key" : "not tried");
    }

    private List<Check> inOrder(String notTried) {
        while (next < ORDER.size()) {
            put(Check.skipped(ORDER.get(next), notTried));
        }
        return List.copyOf(ended);
    }

    /** What worked and fails later, when the client itself goes the way, is told a second time. */
    private void put(Check check) {
        if (ORDER.indexOf(check.name()) < next) {
            end(check);
            return;
        }
        waiting.put(check.name(), check);
        while (next < ORDER.size()) {
            Check first = waiting.get(ORDER.get(next));
            if (first == null) {
                return;
            }
            next++;
            end(first);
        }
    }

    private void end(Check check) {
        ended.add(check);
        each.accept(check);
    }

    private void fail(String name, String detail, @Nullable String hint) {
        put(Check.fails(name, detail, hint, Kind.NETWORK.exitCode()));
    }

    /** All that a client can dislike before it is one is the proxy that the environment names. */
    private void noClient(FineTuneException e) {
        if (e.kind() != Kind.USAGE) {
            throw e;
        }
        fail("proxy", e.summary(), e.hint());
    }

    private boolean isReached(FineTuneClient client) throws InterruptedException {
        Proxy proxy = client.proxy();
        return (proxy.address() instanceof InetSocketAddress at ? isProxyThere(at) : isHostThere())
                && isConnected(client, proxy);
    }

    private boolean isHostThere() throws InterruptedException {
        put(Check.skipped("proxy", "none for this host"));
        List<InetAddress> addresses;
        try {
            addresses = probe.lookUp(host);
        } catch (IOException e) {
            fail(
                    "DNS",
                    "no address is known for " + host + " (" + reason(e) + ")",
                    "Check the name (--endpoint, ATAI_API_ENDPOINT) and the network; where only a proxy knows names,"
                            + " set HTTPS_PROXY");
            return false;
        }
        put(Check.works("DNS", host + " -> " + told(addresses)));
        try {
            put(Check.works("TCP", at(probe.connect(addresses, port).getHostAddress(), port) + " accepts connections"));
            return true;
        } catch (IOException e) {
            fail(
                    "TCP",
                    "nothing answers at " + at(host, port) + " (" + reason(e) + ")",
                    "Check the port (--endpoint, ATAI_API_ENDPOINT) and what may block it; where only a proxy leads out,"
                            + " set HTTPS_PROXY");
            return false;
        }
    }

    /** Name and port of the host itself are the proxy's to find. */
    private boolean isProxyThere(InetSocketAddress proxy) throws InterruptedException {
        put(Check.skipped("DNS", "left to the proxy"));
        put(Check.skipped("TCP", "left to the proxy"));
        String where = at(proxy.getHostString(), proxy.getPort());
        try {
            probe.connect(probe.lookUp(proxy.getHostString()), proxy.getPort());
            return true;
        } catch (IOException e) {
            String what = e instanceof UnknownHostException ? "no address is known for" : "nothing answers at";
            fail(
                    "proxy",
                    what + " the proxy " + where + " (" + reason(e) + ")",
                    "Check HTTPS_PROXY (or ALL_PROXY); a host that is reached without it belongs in NO_PROXY");
            return false;
        }
    }

    private boolean isConnected(FineTuneClient client, Proxy proxy) {
        String through = proxy.address() instanceof InetSocketAddress at ? at(at.getHostString(), at.getPort()) : "";
        try {
            put(client.checkConnection()
                    .map(Tls::works)
                    .orElseGet(() -> Check.skipped("TLS", "not used: plain http to this machine")));
        } catch (FineTuneException e) {
            if (e.kind() == Kind.CANCELLED) {
                throw e;
            }
            boolean tls = e.kind() == Kind.LOCAL || e.getCause() instanceof SSLException;
            if (!through.isEmpty() && !tls) {
                fail(
                        "proxy",
                        through + ": " + e.summary(),
                        e.retryable()
                                ? "Check whether the proxy may reach " + at(host, port) + ", and the name of that host"
                                : e.hint());
                return false;
            }
            if (!through.isEmpty()) {
                put(Check.works("proxy", through + " leads to " + at(host, port)));
            }
            if (e.getCause() instanceof UnknownHostException) {
                fail("DNS", e.summary(), e.hint());
            } else if (!encrypted || e.getCause() instanceof ConnectException) {
                fail("TCP", e.summary(), e.hint());
            } else {
                put(Tls.fails(e, clock.instant()));
            }
            return false;
        }
        if (!through.isEmpty()) {
            put(Check.works("proxy", through + " leads to " + at(host, port)));
        }
        return true;
    }

    private static String told(List<InetAddress> addresses) {
        String some = addresses.stream()
                .limit(MOST_ADDRESSES)
                .map(InetAddress::getHostAddress)
                .collect(Collectors.joining(", "));
        return addresses.size()
                + (addresses.size() == 1 ? " address: " : " addresses: ")
                + some
                + (addresses.size() > MOST_ADDRESSES ? ", ..." : "");
    }

    private static String at(String name, int port) {
        return (name.contains(":") && !name.startsWith("[") ? "[" + name + "]" : name) + ":" + port;
    }

    private static String reason(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
