package dev.ftj.shell.view;

/** The terminal of the process: its size, and the echo of typed characters, which would appear within the drawn lines. */
public interface TerminalControl {
    /** Returns the number of columns; 0 if it is not known. */
    int columns();

    /** Returns the number of rows; 0 if it is not known. */
    int rows();

    /**
     * Switches the echo off; typed text is kept for the next reader. It is switched off again when the process is
     * continued after Ctrl-Z.
     *
     * @param resumed called then, on another thread: other programs may have written to the terminal
     */
    void hideKeys(Runnable resumed);

    /** Restores the echo; safe to call twice and from any thread. */
    void showKeys();
}
