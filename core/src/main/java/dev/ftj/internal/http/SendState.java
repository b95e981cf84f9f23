package dev.ftj.internal.http;

/** Whether any byte of a request may have arrived: set when the connection is established. */
final class SendState {
    private volatile boolean begun;

    void begin() {
        begun = true;
    }

    boolean hasBegun() {
        return begun;
    }
}
