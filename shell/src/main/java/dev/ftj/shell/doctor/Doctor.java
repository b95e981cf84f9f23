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
 * Checks a call step by step: name, port, proxy, TLS, key, service. After a failure, the later steps are skipped. The
 * connection and the one request (the node's status, which touches no job) use an ordinary client; name and port are
 * checked before it, to distinguish their failures.
 */
public final class Doctor {
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
    /** The number of checks that have ended. */
    private int next;

    /**
     * Makes a doctor for one run.
     *
     * @param timeout the time that a call may take
     * @param each receives each check as soon as it and those before it have ended
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
     * Runs all checks.
     *
     * @param key the part of the key that may be shown
     * @param clients makes a client that makes one attempt and reports it
     */
    public List<Check> withKey(String key, Function<Consumer<Attempt>, FineTuneClient> clients)
            throws InterruptedException {
        Clock dates = new Clock(clock);
        try (FineTuneClient client = clients.apply(dates)) {
            if (isReached(client)) {
                new ServiceCheck(client, endpoint, key).ask().forEach(this::put);
                put(dates.check());
            }
        } catch (FineTuneException e) {
            noClient(e);
        }
        return inOrder("not tried");
    }

    /**
     * Runs the checks that need no request.
     *
     * @param why there is no key
     * @param clients makes a client that makes one attempt
     */
    public List<Check> withoutKey(FineTuneException why, Function<Consumer<Attempt>, FineTuneClient> clients)
            throws InterruptedException {
        put(Check.fails("key", why.summary(), why.hint(), why.kind().exitCode()));
        boolean reached = false;
        try (FineTuneClient client = clients.apply(attempt -> {})) {
            reached = isReached(client);
        } catch (FineTuneException e) {
            noClient(e);
        }
        return inOrder(reached ? "not tried: there is no key" : "not tried");
    }

    private List<Check> inOrder(String notTried) {
        while (next < ORDER.size()) {
            put(Check.skipped(ORDER.get(next), notTried));
        }
        return List.copyOf(ended);
    }

    /** Reports a check in its order; one that worked is reported again if it fails for the client itself. */
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

    /** A client that cannot be built has a bad proxy variable. */
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
                    "cannot resolve host " + host + " (" + reason(e) + ")",
                    "Check the name (--endpoint, ATAI_API_ENDPOINT) and your DNS; if only a proxy resolves names,"
                            + " set HTTPS_PROXY");
            return false;
        }
        put(Check.works("DNS", host + " -> " + listed(addresses)));
        try {
            put(Check.works("TCP", at(probe.connect(addresses, port).getHostAddress(), port) + " accepts connections"));
            return true;
        } catch (IOException e) {
            fail(
                    "TCP",
                    "cannot connect to " + at(host, port) + " (" + reason(e) + ")",
                    "Check the port (--endpoint, ATAI_API_ENDPOINT) and firewalls; if only a proxy reaches it,"
                            + " set HTTPS_PROXY");
            return false;
        }
    }

    /** With a proxy, the proxy resolves and connects to the host. */
    private boolean isProxyThere(InetSocketAddress proxy) throws InterruptedException {
        put(Check.skipped("DNS", "left to the proxy"));
        put(Check.skipped("TCP", "left to the proxy"));
        String where = at(proxy.getHostString(), proxy.getPort());
        try {
            probe.connect(probe.lookUp(proxy.getHostString()), proxy.getPort());
            return true;
        } catch (IOException e) {
            String what = e instanceof UnknownHostException ? "cannot resolve" : "cannot connect to";
            fail(
                    "proxy",
                    what + " the proxy " + where + " (" + reason(e) + ")",
                    "Check HTTPS_PROXY (or ALL_PROXY); list a host that needs no proxy in NO_PROXY");
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

    private static String listed(List<InetAddress> addresses) {
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
