package dev.ftj.internal.concurrent;

/** Makes daemon threads: none of ours keeps a JVM alive. */
public final class Daemons {
    private Daemons() {}

    /** Returns a daemon thread that is not started. */
    public static Thread of(String name, Runnable work) {
        return of(name, 0, work);
    }

    private static Thread of(String name, long stackBytes, Runnable work) {
        Thread thread = new Thread(null, work, name, stackBytes);
        thread.setDaemon(true);
        return thread;
    }

    /** Starts a daemon thread. */
    public static Thread start(String name, Runnable work) {
        return start(name, 0, work);
    }

    /** @param stackBytes the size of its stack; 0 for the usual one */
    public static Thread start(String name, long stackBytes, Runnable work) {
        Thread thread = of(name, stackBytes, work);
        thread.start();
        return thread;
    }
}
