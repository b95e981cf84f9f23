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

    /** The format of that name, checked by the parser before; text where none was given. */
    public static Format of(@Nullable String name) {
        return name == null ? TEXT : valueOf(name.toUpperCase(Locale.ROOT));
    }

    /** Whether errors are JSON lines as well. */
    public boolean isJson() {
        return this == JSON || this == JSONL;
    }
}
