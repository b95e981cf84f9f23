package dev.ftj.shell;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.Security;
import java.util.logging.Logger;

/**
 * What a request needs of Java and waits for longest, begun on other cores from the first moment. OkHttp asks for all
 * providers of security, over plain http too, and for the logging. Classes, since the first lambda of a process takes
 * 3 ms.
 */
final class HeadStart {
    private HeadStart() {}

    /** Returns at once. */
    static void take() {
        new Providers().start();
        new LoggingAndNames().start();
    }

    private static final class Providers extends Thread {
        Providers() {
            super("ftj-providers");
            setDaemon(true);
        }

        @Override
        public void run() {
            Security.getProviders();
        }
    }

    private static final class LoggingAndNames extends Thread {
        LoggingAndNames() {
            super("ftj-logging");
            setDaemon(true);
            // where Java looks for another way to look up names: not in every jar of ftj, which has none (10 ms)
            setContextClassLoader(ClassLoader.getPlatformClassLoader());
        }

        @Override
        public void run() {
            Logger.getLogger("dev.ftj");
            try {
                InetAddress.getByName("localhost");
            } catch (UnknownHostException e) {
                // was not asked for its address
            }
        }
    }
}
