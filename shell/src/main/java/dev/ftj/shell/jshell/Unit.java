package dev.ftj.shell.jshell;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.tools.SimpleJavaFileObject;
import org.jspecify.annotations.Nullable;

/** A source file made of parts of a script, which knows where in the script each part comes from. */
final class Unit extends SimpleJavaFileObject {
    /** The text from {@code from} to {@code to} of this file is what begins at {@code source} in the script. */
    private record Part(int from, int to, Snippet snippet, int source, boolean copied) {}

    private final Lines script;
    private final StringBuilder text = new StringBuilder();
    private final List<Part> parts = new ArrayList<>();
    private final Map<Integer, Integer> lines = new HashMap<>();
    private int line = 1;

    Unit(String name, Lines script) {
        super(URI.create("script:/" + name + Kind.SOURCE.extension), Kind.SOURCE);
        this.script = script;
    }

    /** Adds text that is not the script's. */
    Unit add(String glue) {
        text.append(glue);
        line += (int) glue.chars().filter(c -> c == '\n').count();
        return this;
    }

    /** Adds text that stands for what is at {@code source} in the script. */
    Unit add(Snippet snippet, String replacement, int source) {
        lines.putIfAbsent(line, script.of(source));
        return add(snippet, replacement, source, false);
    }

    /** Adds the text of a snippet, or a part of it. */
    Unit copy(Snippet snippet, int from, int to) {
        String part = snippet.text().substring(from - snippet.start(), to - snippet.start());
        int first = script.of(from);
        int count = (int) part.chars().filter(c -> c == '\n').count();
        for (int i = 0; i <= count; i++) {
            lines.putIfAbsent(line + i, first + i);
        }
        return add(snippet, part, from, true);
    }

    private Unit add(Snippet snippet, String part, int source, boolean copied) {
        parts.add(new Part(text.length(), text.length() + part.length(), snippet, source, copied));
        return add(part);
    }

    /** The snippet that a position of this file belongs to; null before the first. */
    @Nullable
    Snippet snippet(long position) {
        Part part = part(position);
        return part == null ? null : part.snippet();
    }

    /** The offset in the script of a position in this file. */
    int offset(long position) {
        Part part = part(position);
        if (part == null) {
            return 0;
        }
        return part.copied() ? part.source() + (int) Math.min(position, part.to()) - part.from() : part.source();
    }

    /** The line of the script for a line of this file; 0 for one that no part of the script is on. */
    int line(int own) {
        return lines.getOrDefault(own, 0);
    }

    private @Nullable Part part(long position) {
        int low = 0;
        int high = parts.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (parts.get(middle).from() <= position) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low == 0 ? null : parts.get(low - 1);
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return text;
    }
}
