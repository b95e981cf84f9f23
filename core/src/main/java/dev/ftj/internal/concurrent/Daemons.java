package dev.ftj.internal.concurrent;

/** Makes daemon threads: none of ours keeps a JVM alive. */
public final class Daemons {
    private Daemons() {}

    /** Returns a daemon thread that is not started. */
    public static Thread of(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    /** Starts a daemon thread. */
    public static Thread start(String name, Runnable work) {
        Thread thread = of(name, work);
        thread.start();
        return thread;
    }
}
