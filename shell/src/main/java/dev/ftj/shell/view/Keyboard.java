package dev.ftj.shell.view;

/** The keys of a terminal, which shows what is typed unless it is told not to: it would stand amid what a command draws there. */
public interface Keyboard {
    /** Where nobody types, or what is typed cannot be hidden. */
    Keyboard NONE = new Keyboard() {
        @Override
        public void hide() {}

        @Override
        public void show() {}
    };

    /** What is typed is not shown from now on; it stays there for whoever reads the keys next. */
    void hide();

    /** The terminal shows what is typed again, if it did; called twice, or from another thread, it does so once. */
    void show();
}
