package dev.ftj.shell.view;

import dev.ftj.shell.args.CommandLine;
import dev.ftj.shell.args.Option;
import java.util.Locale;

/** The values of {@code --output}. */
public enum Format {
    TEXT,
    JSON,
    JSONL,
    YAML,
    CSV;

    /** Returns the format that a line asks for; text if it names none. */
    public static Format of(CommandLine line) {
        String name = line.value(Option.OUTPUT);
        return name == null ? TEXT : valueOf(name.toUpperCase(Locale.ROOT));
    }
}
