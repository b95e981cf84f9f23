package dev.ftj.shell.jshell;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** The threads that a script starts. As in any Java program, it ends when they have ended, unless they are daemons. */
final class ScriptThreads {
    private static final long POLL_MILLIS = 20;

    private final Set<Thread> before = Set.copyOf(Thread.getAllStackTraces().keySet());
    private final AtomicBoolean failed = new AtomicBoolean();

    /** @param report receives what a thread of the script threw and did not catch, on that thread */
    ScriptThreads(Consumer<Throwable> report) {
        Thread own = Thread.currentThread();
        Thread.setDefaultUncaughtExceptionHandler((thread, thrown) -> {
            if (thread.equals(own)) {
                thrown.printStackTrace();
            } else {
                failed.set(true);
                report.accept(thrown);
            }
        });
    }

    /** Waits for the threads of the script, and returns whether none of them ended by an exception. */
    boolean endWell() {
        try {
            while (Thread.getAllStackTraces().entrySet().stream().anyMatch(this::isBusy)) {
                Thread.sleep(POLL_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return !failed.get();
    }

    /** The workers of an executor that was not shut down wait for a task that will never come. */
    private boolean isBusy(Map.Entry<Thread, StackTraceElement[]> entry) {
        Thread thread = entry.getKey();
        return !thread.isDaemon() && !before.contains(thread) && !waitsForATask(entry.getValue());
    }

    /** Not between two tasks, nor until the time of one: then it is not in the plain await of an empty queue. */
    private static boolean waitsForATask(StackTraceElement[] trace) {
        boolean idle = false;
        boolean waits = false;
        boolean timed = true;
        for (StackTraceElement frame : trace) {
            String type = frame.getClassName();
            boolean delayed = type.endsWith("$DelayedWorkQueue");
            timed &= !delayed;
            idle |= type.startsWith("java.util.concurrent.SynchronousQueue")
                    || (type.endsWith("$ConditionObject")
                            && frame.getMethodName().equals("await"));
            waits |= type.endsWith("$ConditionObject") && frame.getMethodName().equals("awaitNanos");
            if (frame.getMethodName().equals("getTask")
                    && frame.getClassName().equals("java.util.concurrent.ThreadPoolExecutor")) {
                return idle || (waits && timed);
            }
        }
        return false;
    }
}
