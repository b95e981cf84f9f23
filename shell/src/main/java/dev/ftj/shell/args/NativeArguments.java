package dev.ftj.shell.args;

import dev.ftj.FineTuneException;
import dev.ftj.FineTuneException.Kind;
import java.util.List;

/** The words of argv as the JVM decoded them. */
public final class NativeArguments {
    private static final char REPLACEMENT = '\uFFFD';

    private NativeArguments() {}

    /**
     * Refuses an argument that was lost in decoding: an ASCII locale turns every other byte into U+FFFD, and another id or
     * name than the user's would be sent.
     *
     * @param argv the arguments of {@code main}
     * @throws FineTuneException of kind {@code USAGE} if one holds U+FFFD and Java's native encoding is not UTF-8
     */
    public static void check(List<String> argv) {
        String encoding = System.getProperty("sun.jnu.encoding", "UTF-8");
        if (encoding.equals("UTF-8")) {
            return;
        }
        for (String argument : argv) {
            if (argument.indexOf(REPLACEMENT) >= 0) {
                throw FineTuneException.of(
                        Kind.USAGE,
                        "argument " + argument + " cannot be decoded: the locale's encoding is " + encoding
                                + ", not UTF-8",
                        "Set LC_ALL to an installed UTF-8 locale (locale -a lists them). Nothing was sent");
            }
        }
    }
}
