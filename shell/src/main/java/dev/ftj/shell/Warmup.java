package dev.ftj.shell;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.Security;
import java.util.logging.Logger;

/**
 * Loads on a second core what every request waits for (6 % of a get over http). Nothing depends on it: what fails here
 * fails again where it is needed. A class, since the first lambda of a process takes 3 ms.
 */
final class Warmup extends Thread {
    Warmup() {
        super("ftj-head-start");
        setDaemon(true);
        // Java looks there, once, for another resolver of names: searching all jars of ftj for none takes 10 ms
        setContextClassLoader(ClassLoader.getPlatformClassLoader());
    }

    @Override
    public void run() {
        Security.getProviders();
        Logger.getLogger("dev.ftj");
        try {
            InetAddress.getByName("localhost");
        } catch (UnknownHostException e) {
            // was not asked for its address
        }
    }
}
