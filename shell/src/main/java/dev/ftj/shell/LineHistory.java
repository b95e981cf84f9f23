package dev.ftj.shell;

import dev.ftj.book.PrivateFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The lines typed at the prompt, on disk: appended under a lock, so that two shells at once lose none, and shortened by
 * an atomic exchange. A line break within a line is kept as an escape.
 */
public final class LineHistory {
    static final int MAX_LINES = 10_000;
    private static final int SHORTEN_AT = 12_000;

    private final @Nullable Path file;

    private LineHistory(@Nullable Path file) {
        this.file = file;
    }

    static LineHistory of(Map<String, String> environment) {
        boolean off = environment.getOrDefault("FTJ_REMEMBER", "").equalsIgnoreCase("off");
        return new LineHistory(off ? null : Places.of(environment).history());
    }

    /** Oldest first, at most 10,000. */
    public List<String> lines() throws IOException {
        List<String> lines = read();
        return lines.subList(Math.max(0, lines.size() - MAX_LINES), lines.size());
    }

    /** Keeps one more line. */
    void add(String line) throws IOException {
        if (file != null) {
            PrivateFiles.append(file, escaped(line) + "\n");
        }
    }

    /** Drops the oldest lines where there are many too many. */
    void shorten() throws IOException {
        if (file != null && read().size() > SHORTEN_AT) {
            PrivateFiles.rewrite(file, () -> {
                StringBuilder kept = new StringBuilder();
                for (String line : lines()) {
                    kept.append(escaped(line)).append('\n');
                }
                return kept.toString();
            });
        }
    }

    private List<String> read() throws IOException {
        if (file == null || !Files.exists(file)) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        new String(PrivateFiles.read(file), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.isBlank())
                .forEach(line -> lines.add(unescaped(line)));
        return lines;
    }

    private static String escaped(String line) {
        return line.replace("\\", "\\\\").replace("\n", "\\n");
    }

    private static String unescaped(String line) {
        StringBuilder plain = new StringBuilder(line.length());
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '\\' && i + 1 < line.length()) {
                char escape = line.charAt(++i);
                plain.append(escape == 'n' ? '\n' : escape);
            } else {
                plain.append(c);
            }
        }
        return plain.toString();
    }
}
