package dev.ftj.shell;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.Security;
import java.util.logging.Logger;

/**
 * Loads classes that every request needs on a second core (6 % of a get over http). Nothing depends on it: a failure here
 * repeats in the request. A class, since the first lambda of a process takes 3 ms.
 */
final class Warmup extends Thread {
    Warmup() {
        super("ftj-head-start");
        setDaemon(true);
        // Java searches this loader once for a name service: searching all jars of ftj takes 10 ms
        setContextClassLoader(ClassLoader.getPlatformClassLoader());
    }

    @Override
    public void run() {
        Security.getProviders();
        Logger.getLogger("dev.ftj");
        try {
            InetAddress.getByName("localhost");
        } catch (UnknownHostException e) {
            // only its classes are needed
        }
    }
}
