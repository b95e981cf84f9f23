package dev.ftj.shell.jshell;

import java.util.Locale;

/** What a script has beside the helpers without an import; jshell's own start-up file has the same ways to print. */
public final class Prelude {
    /** The arguments that follow the script's name. */
    @SuppressWarnings("MS_MUTABLE_ARRAY")
    public static String[] args = {};

    private Prelude() {}

    /**
     * Ends the script, from wherever it is called.
     *
     * @param code from 0 to 255
     * @throws IllegalArgumentException for any other, of which the system would keep the lowest 8 bits only
     */
    public static void exit(int code) {
        if (code < 0 || code > 255) {
            throw new IllegalArgumentException("exit code " + code + " is out of range: use 0 to 255");
        }
        System.exit(code);
    }

    /** What {@code /exit} calls: a name that no script has, since its variables may be named as packages are. */
    public static void exit$(int code) {
        exit(code);
    }

    /** Makes a statement of an expression. */
    public static void value$(Object value) {}

    public static void print(Object value) {
        System.out.print(value);
    }

    public static void print(char[] text) {
        System.out.print(text);
    }

    public static void println() {
        System.out.println();
    }

    public static void println(Object value) {
        System.out.println(value);
    }

    public static void println(char[] text) {
        System.out.println(text);
    }

    public static void printf(String format, Object... values) {
        System.out.printf(format, values);
    }

    public static void printf(Locale locale, String format, Object... values) {
        System.out.printf(locale, format, values);
    }
}
