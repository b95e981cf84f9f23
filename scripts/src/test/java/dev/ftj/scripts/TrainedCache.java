package dev.ftj.scripts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Class-data archives that are made once and copied: making one takes 2 s on Java 17 and 5 s on Java 25, many times a whole
 * command. If the launcher no longer takes a copy, it makes its own, and the tests are only slower.
 */
final class TrainedCache {
    private static final Map<String, Path> MADE = new HashMap<>();
    private static final Set<PosixFilePermission> OWN_DIRECTORY = PosixFilePermissions.fromString("rwx------");

    private TrainedCache() {}

    /** Gives a new FTJ_HOME the archives of a {@code command}, of the {@code prompt}, or of {@code jshell}; returns it. */
    static synchronized Path copyTo(Path home, String... kinds) {
        if (!Files.exists(home.resolve("cache"))) {
            try {
                Files.createDirectories(home);
                Files.setPosixFilePermissions(home, OWN_DIRECTORY);
                Files.createDirectory(home.resolve("cache"), PosixFilePermissions.asFileAttribute(OWN_DIRECTORY));
                for (String kind : kinds) {
                    copy(MADE.computeIfAbsent(kind, TrainedCache::make), home.resolve("cache"));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return home;
    }

    private static Path make(String kind) {
        try {
            Path home = Files.createTempDirectory("ftj-it-cache");
            List<String> command = switch (kind) {
                case "command" -> List.of("ftj", "--version");
                case "prompt" -> List.of("ftj");
                default -> List.of("ftj-jshell", "-");
            };
            String[] line = command.toArray(String[]::new);
            line[0] = Places.LAYOUT.resolve("bin").resolve(line[0]).toString();
            new ToolProcess(home, line)
                    .with("JAVA_HOME", Places.JAVA_HOME)
                    .with("FTJ_HOME", home)
                    .run();
            return home;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A key file ends with what ls says of the jars and the archive, its time on this disk included. */
    private static void copy(Path made, Path cache) throws IOException {
        try (Stream<Path> files = Files.list(made.resolve("cache"))) {
            for (Path archive :
                    files.filter(file -> file.toString().endsWith(".jsa")).toList()) {
                Path copy = Files.copy(archive, cache.resolve(archive.getFileName()));
                Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rw-------"));
                String key = archive.getFileName().toString().replace(".jsa", ".key");
                List<String> lines = Files.readAllLines(made.resolve("cache").resolve(key));
                String seen = new ToolProcess(
                                Places.LAYOUT.resolve("lib"),
                                "ls",
                                "-ldnc",
                                "--full-time",
                                ".",
                                "ftj.jar",
                                cache.toString(),
                                copy.toString())
                        .with("LC_ALL", "C")
                        .with("TZ", "UTC")
                        .run()
                        .out();
                List<String> rows =
                        seen.lines().filter(row -> !row.endsWith(" " + cache)).toList();
                Files.writeString(
                        cache.resolve(key), lines.get(0) + "\n" + lines.get(1) + "\n" + String.join("\n", rows) + "\n");
            }
        }
    }
}
