package dev.ftj.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.TreeSet;

/**
 * Class-data archives that are made once for all tests and copied: making one takes 2 s on Java 17 and 5 s on Java 25, many
 * times a whole command. If the launcher no longer takes a copy, it makes its own, and the tests are only slower.
 */
final class TrainedCache {
    private static final Set<PosixFilePermission> OWN_DIRECTORY = PosixFilePermissions.fromString("rwx------");
    private static final Path MADE =
            Places.ROOT.resolve("scripts/target/trained-" + Runtime.version().feature());
    private static final Set<String> READY = new TreeSet<>();

    private TrainedCache() {}

    /** Gives a new FTJ_HOME the archives of a {@code command}, of the {@code prompt}, or of {@code jshell}; returns it. */
    static synchronized Path copyTo(Path home, String... kinds) {
        if (Files.exists(home.resolve("cache"))) {
            return home;
        }
        try {
            Files.createDirectories(home);
            Files.setPosixFilePermissions(home, OWN_DIRECTORY);
            for (String kind : kinds) {
                if (READY.add(kind)) {
                    make(kind);
                }
                copy(MADE.resolve(kind).resolve("cache"), home.resolve("cache"));
            }
            return home;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The other processes that run tests want the same archives: one of them makes each. */
    private static void make(String kind) throws IOException {
        Path home = Files.createDirectories(MADE.resolve(kind));
        try (FileChannel file =
                        FileChannel.open(home.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = file.lock()) {
            String[] command = switch (kind) {
                case "command" -> new String[] {"ftj", "--version"};
                case "prompt" -> new String[] {"ftj"};
                default -> new String[] {"ftj-jshell", "-"};
            };
            command[0] = Places.LAYOUT.resolve("bin").resolve(command[0]).toString();
            new ToolProcess(home, command)
                    .with("JAVA_HOME", Places.JAVA_HOME)
                    .with("FTJ_HOME", home)
                    .run();
            assertThat(lock.isValid()).isTrue();
        }
    }

    private static void copy(Path from, Path to) {
        var ended = new ToolProcess(
                        Places.ROOT,
                        Places.ROOT.resolve("scripts/bench/copy-cache").toString(),
                        from.toString(),
                        to.toString())
                .run();
        assertThat(ended.code()).as(ended.err()).isZero();
    }
}
