package dev.ftj.scripts;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;

/** Where the build put things, and the throw-away directories that the tests make of them. */
final class Places {
    static final Path ROOT =
            Path.of(System.getProperty("ftj.root")).toAbsolutePath().normalize();
    static final String VERSION = System.getProperty("ftj.version");
    static final Path LAYOUT = ROOT.resolve("scripts/target/ftj-" + VERSION);
    static final Path JAVA_HOME = Path.of(System.getProperty("java.home"));

    private Places() {}

    /** Copies a tree, links and all, without what builds and git leave in it. */
    static Path copy(Path source, Path target) throws IOException {
        Set<String> left = Set.of("target", ".build", ".git", ".idea");
        Files.walkFileTree(source, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                if (!directory.equals(source)
                        && left.contains(directory.getFileName().toString())) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Path copied = Files.createDirectories(target.resolve(source.relativize(directory)));
                Files.setPosixFilePermissions(copied, Files.getPosixFilePermissions(directory));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (!file.getFileName().toString().equals(".git")) {
                    Files.copy(file, target.resolve(source.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return target;
    }

    /** A program of a test's own. */
    static Path executable(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return file;
    }

    /** A PATH with every program that the launcher may use, and no other: not Maven, not git. */
    static Path bareMachine(Path directory) throws IOException {
        for (String name : List.of(
                "date",
                "find",
                "locale",
                "ls",
                "mkdir",
                "mv",
                "ps",
                "readlink",
                "rm",
                "sed",
                "sh",
                "sleep",
                "tail",
                "touch")) {
            for (String entry : ToolProcess.inherited("PATH").split(":", -1)) {
                Path program = Path.of(entry, name);
                if (Files.isExecutable(program)) {
                    executable(directory.resolve(name), "#!/bin/sh\nexec '" + program + "' \"$@\"\n");
                    break;
                }
            }
        }
        return directory;
    }
}
