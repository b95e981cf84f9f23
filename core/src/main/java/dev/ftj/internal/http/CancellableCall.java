package dev.ftj.internal.http;

/** What a {@link CallDispatcher} runs. */
public interface CancellableCall<T> {
    /** Runs the call to its end on this thread. */
    T run();

    /** Returns what ends the call from outside. */
    Cancellation cancellation();

    /** Returns the exception for a caller whose call was cancelled before it began. */
    RuntimeException cancelled();
}
