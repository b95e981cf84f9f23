package dev.ftj.shell.view;

import dev.ftj.Endpoint;
import dev.ftj.internal.text.Sanitizer;
import java.io.StringWriter;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Where requests go, and with which key, as far as it may be shown. */
public final class WhoamiView {
    private final Screen screen;
    private final Format format;

    public WhoamiView(Screen screen, Format format) {
        this.screen = screen;
        this.format = format;
    }

    /** @param key what may be shown of it; null where there is none */
    public void show(Endpoint endpoint, boolean sandbox, @Nullable String source, @Nullable String key) {
        if (format == Format.TEXT) {
            Style style = screen.outStyle();
            String where = endpoint + (sandbox ? " (sandbox, in this process)" : "");
            screen.out().println(style.dim("endpoint") + "  " + where);
            screen.out().println(style.dim("key") + "       " + (key == null ? "none" : key));
            if (source != null) {
                screen.out().println(style.dim("from") + "      " + Sanitizer.oneLine(source));
            }
            return;
        }
        String json = json(endpoint, sandbox, source, key);
        if (format == Format.YAML) {
            screen.out().print(YamlText.of(json));
        } else {
            boolean indented = format == Format.JSON && screen.terminals().out();
            screen.out().println(indented ? JsonText.indented(json) : JsonText.asSent(json));
        }
    }

    private static String json(Endpoint endpoint, boolean sandbox, @Nullable String source, @Nullable String key) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JsonFactory.builder().build().createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            json.writeStringProperty("endpoint", endpoint.toString());
            json.writeBooleanProperty("sandbox", sandbox);
            json.writeName("key");
            json.writeString(key);
            json.writeName("key_source");
            json.writeString(source);
            json.writeEndObject();
        }
        return text.toString();
    }
}
