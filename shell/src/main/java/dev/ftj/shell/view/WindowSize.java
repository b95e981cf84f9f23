package dev.ftj.shell.view;

/** The size of a terminal's window, as it is now. */
public interface WindowSize {
    /** Returns the number of columns; 0 if it is not known. */
    int columns();

    /** Returns the number of rows; 0 if it is not known. */
    int rows();
}
