package dev.ftj.shell;

import dev.ftj.FineTuneJob;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.Security;
import java.util.logging.Logger;

/**
 * What a command will wait for, begun on other cores before it does. Nothing depends on it: what fails here fails again
 * where it is needed, and is told there. Classes, since the first lambda of a process takes 3 ms.
 */
abstract class HeadStart extends Thread implements Thread.UncaughtExceptionHandler {
    private HeadStart(String name) {
        super(name);
        setDaemon(true);
        setUncaughtExceptionHandler(this);
    }

    /**
     * What a request waits for longest, from the first moment: OkHttp asks for all providers of security, over plain http
     * too, and for the logging.
     */
    static void forRequest() {
        new Providers().start();
        new LoggingAndNames().start();
    }

    /** The first card costs its start-up as well: best while the request is on its way. */
    static void forCard() {
        new Card().start();
    }

    @Override
    public void uncaughtException(Thread thread, Throwable failure) {}

    private static final class Providers extends HeadStart {
        Providers() {
            super("ftj-providers");
        }

        @Override
        public void run() {
            Security.getProviders();
        }
    }

    private static final class LoggingAndNames extends HeadStart {
        LoggingAndNames() {
            super("ftj-logging");
            // where Java looks, once, for another way to look up names: not in every jar of ftj, which has none (10 ms)
            setContextClassLoader(ClassLoader.getPlatformClassLoader());
        }

        @Override
        public void run() {
            // first, since logging and names begin it, and it may begin them: two threads could wait for each other
            Security.getProperty("networkaddress.cache.ttl");
            Logger.getLogger("dev.ftj");
            try {
                InetAddress.getByName("localhost");
            } catch (UnknownHostException e) {
                // was not asked for its address
            }
        }
    }

    private static final class Card extends HeadStart {
        Card() {
            super("ftj-card");
        }

        @Override
        public void run() {
            FineTuneJob.fromJson("{\"id\": \"ftj-1\", \"created_at\": \"2026-01-01T00:00:00Z\", \"config\": {}}")
                    .card();
        }
    }
}
