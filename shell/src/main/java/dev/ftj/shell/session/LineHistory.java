package dev.ftj.shell.session;

import dev.ftj.internal.store.LocalDirectories;
import dev.ftj.internal.store.LockedLines;
import dev.ftj.internal.store.PrivateFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The lines typed at the prompt, on disk, shared by all shells. A line break within a line is kept as an escape. */
public final class LineHistory {
    /** The lines that are kept. */
    public static final int MAX_LINES = 10_000;

    private static final int SHORTEN_AT = 12_000;

    /** Null: nothing is kept. */
    private final @Nullable LockedLines file;

    /** Why a line cannot be kept; null if it can, or need not. */
    private final @Nullable String refusal;

    private LineHistory(@Nullable LockedLines file, @Nullable String refusal) {
        this.file = file;
        this.refusal = refusal;
    }

    /** Returns the history in the directory that the environment names; an empty one for {@code FTJ_REMEMBER=off}. */
    public static LineHistory of(Map<String, String> environment) {
        LocalDirectories directories = LocalDirectories.of(environment);
        if (!directories.remembers()) {
            return new LineHistory(null, null);
        }
        return directories.state() == null
                ? new LineHistory(null, LocalDirectories.NO_HOME)
                : new LineHistory(new LockedLines(directories.state(), "history"), null);
    }

    /** Returns at most 10,000 lines, oldest first. */
    public List<String> lines() throws IOException {
        return newest(read());
    }

    /** Returns the same for a shell that starts; removes the oldest lines from the disk if there are many too many. */
    public List<String> load() throws IOException {
        List<String> lines = read();
        LockedLines shared = file;
        if (shared != null && lines.size() > SHORTEN_AT) {
            change(() -> {
                shared.replace(newest(read()).stream().map(LineHistory::escaped).toList(), false);
                return shared;
            });
        }
        return newest(lines);
    }

    private static List<String> newest(List<String> lines) {
        return lines.subList(Math.max(0, lines.size() - MAX_LINES), lines.size());
    }

    /** Keeps one more line. */
    public void add(String line) throws IOException {
        if (refusal != null) {
            throw new IOException(refusal);
        }
        LockedLines shared = file;
        if (shared != null) {
            change(() -> shared.append(List.of(escaped(line))));
        }
    }

    private <T> void change(LockedLines.Work<T> change) throws IOException {
        if (file != null) {
            try {
                file.locked(change);
            } catch (IOException e) {
                throw new IOException(file + ": " + PrivateFiles.reason(e), e);
            }
        }
    }

    private List<String> read() throws IOException {
        List<String> lines = new ArrayList<>();
        for (byte[] bytes : file == null ? List.<byte[]>of() : file.read()) {
            String line = new String(bytes, StandardCharsets.UTF_8);
            if (!line.isBlank()) {
                lines.add(unescaped(line));
            }
        }
        return lines;
    }

    private static byte[] escaped(String line) {
        return line.replace("\\", "\\\\").replace("\n", "\\n").getBytes(StandardCharsets.UTF_8);
    }

    private static String unescaped(String line) {
        if (line.indexOf('\\') < 0) {
            return line;
        }
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
