package dev.ftj.shell.view;

/** The echo of a terminal's keyboard: typed characters would otherwise appear within the drawn lines. */
public interface Keyboard {
    /** For streams that are not a terminal, or one whose echo cannot be switched off. */
    Keyboard NONE = new Keyboard() {
        @Override
        public void hide(Runnable resumed) {}

        @Override
        public void show() {}
    };

    /**
     * Switches the echo off; typed text is kept for the next reader. It is switched off again when the process is
     * continued after Ctrl-Z.
     *
     * @param resumed called then, on another thread: other programs may have written to the terminal
     */
    void hide(Runnable resumed);

    /** Restores the echo; safe to call twice and from any thread. */
    void show();
}
