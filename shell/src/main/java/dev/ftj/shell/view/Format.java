package dev.ftj.shell.view;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The values of {@code --output}. */
public enum Format {
    TEXT,
    JSON,
    JSONL,
    YAML,
    CSV;

    /** Returns the format of a name that the parser has checked; text for null. */
    public static Format of(@Nullable String name) {
        return name == null ? TEXT : valueOf(name.toUpperCase(Locale.ROOT));
    }

    /** Returns whether errors are JSON lines as well. */
    public boolean isJson() {
        return this == JSON || this == JSONL;
    }
}
