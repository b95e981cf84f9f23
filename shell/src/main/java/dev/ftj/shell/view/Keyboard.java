package dev.ftj.shell.view;

/** The keys of a terminal, which shows what is typed unless it is told not to: it would stand amid what a command draws there. */
public interface Keyboard {
    /** Where nobody types, or what is typed cannot be hidden. */
    Keyboard NONE = new Keyboard() {
        @Override
        public void hide(Runnable resumed) {}

        @Override
        public void show() {}
    };

    /**
     * Stops showing what is typed; it is kept for the next reader. It is hidden again when the process goes on after Ctrl-Z.
     *
     * @param resumed called then, on another thread: other programs have written to the terminal meanwhile
     */
    void hide(Runnable resumed);

    /** The terminal shows what is typed again, if it did; called twice, or from another thread, it does so once. */
    void show();
}
