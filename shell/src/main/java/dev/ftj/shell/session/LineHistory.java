package dev.ftj.shell.session;

import dev.ftj.book.Places;
import dev.ftj.book.PrivateFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
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
    /** The lines that are kept. */
    public static final int MAX_LINES = 10_000;

    private static final int SHORTEN_AT = 12_000;

    private static final String NAME = "history";

    /** Null if there is no place for it. */
    private final @Nullable Path directory;

    private final boolean remembers;

    private LineHistory(@Nullable Path directory, boolean remembers) {
        this.directory = directory;
        this.remembers = remembers;
    }

    /** In the directory that the environment says, or nowhere for {@code FTJ_REMEMBER=off}. */
    public static LineHistory of(Map<String, String> environment) {
        Places places = Places.of(environment);
        return new LineHistory(places.state(), places.remembers());
    }

    /** Oldest first, at most 10,000. */
    public List<String> lines() throws IOException {
        return newest(read());
    }

    /** The same for a shell that begins; drops the oldest lines from the disk where there are many too many. */
    public List<String> load() throws IOException {
        List<String> lines = read();
        if (lines.size() > SHORTEN_AT) {
            shorten();
        }
        return newest(lines);
    }

    private static List<String> newest(List<String> lines) {
        return lines.subList(Math.max(0, lines.size() - MAX_LINES), lines.size());
    }

    /** Keeps one more line. */
    public void add(String line) throws IOException {
        change(path -> {
            try (OutputStream out = PrivateFiles.openForAppend(path)) {
                String torn = endsInLine(path) ? "" : "\n";
                out.write((torn + escaped(line) + "\n").getBytes(StandardCharsets.UTF_8));
            }
        });
    }

    private void shorten() throws IOException {
        change(path -> {
            StringBuilder kept = new StringBuilder();
            lines().forEach(line -> kept.append(escaped(line)).append('\n'));
            PrivateFiles.writeAtomically(path, kept.toString().getBytes(StandardCharsets.UTF_8));
        });
    }

    private void change(Change change) throws IOException {
        if (!remembers) {
            return;
        }
        if (directory == null) {
            throw new IOException(Places.NO_HOME);
        }
        Path file = directory.resolve(NAME);
        try {
            PrivateFiles.createDirectory(directory);
            PrivateFiles.underLock(directory, NAME + ".lock", () -> change.to(file));
        } catch (IOException e) {
            throw new IOException(file + ": " + PrivateFiles.reason(e), e);
        }
    }

    /** A shell that was killed while it wrote leaves half a line. */
    private static boolean endsInLine(Path path) throws IOException {
        try (RandomAccessFile written = new RandomAccessFile(path.toFile(), "r")) {
            if (written.length() == 0) {
                return true;
            }
            written.seek(written.length() - 1);
            return written.read() == '\n';
        }
    }

    private interface Change {
        void to(Path path) throws IOException;
    }

    private List<String> read() throws IOException {
        if (!remembers
                || directory == null
                || !Files.isRegularFile(directory.resolve(NAME), LinkOption.NOFOLLOW_LINKS)) {
            return List.of();
        }
        PrivateFiles.checkDirectory(directory);
        List<String> lines = new ArrayList<>();
        new String(Files.readAllBytes(directory.resolve(NAME)), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.isBlank())
                .forEach(line -> lines.add(unescaped(line)));
        return lines;
    }

    private static String escaped(String line) {
        return line.replace("\\", "\\\\").replace("\n", "\\n");
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
