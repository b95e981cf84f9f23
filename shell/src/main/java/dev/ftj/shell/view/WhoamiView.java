package dev.ftj.shell.view;

import dev.ftj.Endpoint;
import dev.ftj.internal.json.RawJson;
import dev.ftj.internal.text.Sanitizer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The endpoint, and as much of the key as may be shown. */
public final class WhoamiView {
    private final Style style;
    private final RecordWriter writer;

    public WhoamiView(Screen screen, Format format) {
        style = screen.outStyle();
        writer = RecordWriter.of(format, screen, false);
    }

    /** @param key as much of it as may be shown; null if there is none */
    public void show(Endpoint endpoint, boolean sandbox, @Nullable String source, @Nullable String key) {
        Map<String, RawJson> json = new LinkedHashMap<>();
        json.put("endpoint", RawJson.string(endpoint.toString()));
        json.put("sandbox", RawJson.valid(Boolean.toString(sandbox)));
        json.put("key", RawJson.stringOrNull(key));
        json.put("key_source", RawJson.stringOrNull(source));
        String where = endpoint + (sandbox ? " (sandbox, in this process)" : "");
        String text = style.dim("endpoint") + "  " + where + "\n" //
                + style.dim("key") + "       " + (key == null ? "none" : key) + "\n"
                + (source == null ? "" : style.dim("from") + "      " + Sanitizer.oneLine(source) + "\n");
        writer.write(RawJson.valid(RawJson.object(json).compact()), text);
    }
}
