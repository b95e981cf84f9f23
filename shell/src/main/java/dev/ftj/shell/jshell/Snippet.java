package dev.ftj.shell.jshell;

/**
 * A part of a script that is whole by itself.
 *
 * @param index its place among all, counted from 0
 * @param start the offset of its first token
 * @param end the offset after its last token
 * @param text from start to end, with blanks for modifiers that mean nothing in a script, and with its semicolon
 */
record Snippet(int index, Kind kind, int start, int end, String text) {
    enum Kind {
        IMPORT,
        METHOD,
        /** A class, an interface, an enum, a record or an annotation. */
        TYPE,
        /** A statement, an expression, or the declaration of variables: the compiler distinguishes them. */
        STATEMENT,
        /** {@code /exit EXPRESSION}; its text begins with the word. */
        EXIT,
        /** Another command of the jshell tool. */
        COMMAND,
        /** What no Java can be read from; its text says why. */
        FAULTY;

        boolean isDeclaration() {
            return this == METHOD || this == TYPE;
        }
    }
}
