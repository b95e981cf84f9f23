package dev.ftj.sandbox;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;

/** JSON as the simulated server spells it; no library, and no formatter, which would cost its start-up. */
final class Json {
    private Json() {}

    /** Escapes what JSON demands and nothing else, as most servers do: all else goes out as raw UTF-8. */
    static String quote(String text) {
        StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"', '\\' -> quoted.append('\\').append(c);
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                default -> {
                    if (c < ' ') {
                        quoted.append("\\u00").append(c < 0x10 ? "0" : "").append(Integer.toHexString(c));
                    } else {
                        quoted.append(c);
                    }
                }
            }
        }
        return quoted.append('"').toString();
    }

    static String quoteAll(List<String> texts) {
        StringBuilder array = new StringBuilder("[");
        for (String text : texts) {
            array.append(array.length() == 1 ? "" : ", ").append(quote(text));
        }
        return array.append(']').toString();
    }

    /** A timestamp in UTC with six digits of a second, quoted; {@code zone} is {@code Z} or empty. */
    static String quote(Instant instant, String zone) {
        LocalDateTime at = LocalDateTime.ofEpochSecond(instant.getEpochSecond(), instant.getNano(), ZoneOffset.UTC);
        return '"'
                + at.toLocalDate().toString()
                + 'T'
                + digits(at.getHour(), 2)
                + ':'
                + digits(at.getMinute(), 2)
                + ':'
                + digits(at.getSecond(), 2)
                + '.'
                + digits(at.getNano() / 1000, 6)
                + zone
                + '"';
    }

    private static String digits(int value, int width) {
        String digits = Integer.toString(value);
        return "0".repeat(width - digits.length()) + digits;
    }
}
