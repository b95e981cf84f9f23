package dev.ftj.internal.http;

/** A call that a {@link CallDispatcher} runs. */
public interface CancellableCall<T> {
    /** Runs the call to its end on this thread. */
    T run();

    /** Returns the cancellation of the call. */
    Cancellation cancellation();

    /** Returns the exception for a caller whose call was cancelled before it began. */
    RuntimeException cancelled();
}
