package dev.ftj.shell.view;

import dev.ftj.Endpoint;
import dev.ftj.internal.json.JsonWriter;
import dev.ftj.internal.json.RawJson;
import dev.ftj.internal.text.Sanitizer;
import org.jspecify.annotations.Nullable;

/** The endpoint, and as much of the key as may be shown. */
public final class WhoamiView {
    private final Style style;
    private final RecordWriter writer;

    public WhoamiView(Console console, Format format) {
        style = console.outStyle();
        writer = RecordWriter.of(format, console, false);
    }

    /** @param key as much of it as may be shown; null if there is none */
    public void show(Endpoint endpoint, boolean sandbox, @Nullable String source, @Nullable String key) {
        RawJson json = JsonWriter.objectOf("endpoint", endpoint, "sandbox", sandbox, "key", key, "key_source", source);
        String where = endpoint + (sandbox ? " (sandbox, in this process)" : "");
        String text = style.dim("endpoint") + "  " + where + "\n" //
                + style.dim("key") + "       " + (key == null ? "none" : key) + "\n"
                + (source == null ? "" : style.dim("from") + "      " + Sanitizer.oneLine(source) + "\n");
        writer.write(json, text);
    }
}
