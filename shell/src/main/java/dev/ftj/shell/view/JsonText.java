package dev.ftj.shell.view;

import dev.ftj.internal.json.RawJson;
import dev.ftj.internal.text.Sanitizer;

/** JSON that is safe to print: every token stays as the server sent it. */
final class JsonText {
    private JsonText() {}

    /** Returns a value on one line. */
    static String compact(String json) {
        return Sanitizer.json(RawJson.valid(json).compact());
    }

    /** Returns the content of a string, or any other value, on one line: for people. */
    static String shown(RawJson value) {
        String text = value.text();
        return text == null ? compact(value.raw()) : Sanitizer.oneLine(text);
    }

    /** Returns a value with its white space as sent, or indented for a terminal and for a place some levels deep. */
    static String of(String json, boolean indented, int depth) {
        return indented
                ? Sanitizer.json(RawJson.valid(json).indented()).replace("\n", "\n" + "  ".repeat(depth))
                : Sanitizer.json(json);
    }
}
