package dev.ftj;

/** Whether any byte of a request may have arrived: the transport notes it when the connection stands. */
final class Sending {
    private volatile boolean begun;

    void begin() {
        begun = true;
    }

    boolean hasBegun() {
        return begun;
    }
}
