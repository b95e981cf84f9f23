package dev.ftj.shell.doctor;

import dev.ftj.internal.concurrent.Daemons;
import dev.ftj.internal.text.DurationText;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Resolves names and connects to ports within a time limit, on threads of their own: neither call is interruptible. */
record Probe(Duration atMost) {

    /** Returns all addresses of a name. */
    List<InetAddress> lookUp(String host) throws IOException, InterruptedException {
        return first(List.of(() -> List.of(InetAddress.getAllByName(host))));
    }

    /** Returns the first address that accepts a connection, and closes the connection. */
    InetAddress connect(List<InetAddress> addresses, int port) throws IOException, InterruptedException {
        return first(addresses.stream()
                .<Callable<InetAddress>>map(address -> () -> {
                    try (Socket socket = new Socket(Proxy.NO_PROXY)) {
                        socket.connect(new InetSocketAddress(address, port), (int) atMost.toMillis());
                        return address;
                    }
                })
                .toList());
    }

    /** Returns the first success; throws the last failure if none succeeds. */
    private <T> T first(List<Callable<T>> ways) throws IOException, InterruptedException {
        ExecutorService threads = Executors.newCachedThreadPool(task -> Daemons.of("ftj-probe", task));
        try {
            return threads.invokeAny(ways, atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
        } catch (TimeoutException e) {
            throw new IOException("no answer within " + DurationText.exact(atMost), e);
        } finally {
            threads.shutdownNow();
        }
    }
}
