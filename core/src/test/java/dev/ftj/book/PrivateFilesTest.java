package dev.ftj.book;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivateFilesTest {
    @TempDir
    Path temporary;

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void directoriesAreMadeWithTheirParentsForTheOwnerAlone() throws IOException {
        Path directory = temporary.resolve("a/b/c");
        PrivateFiles.createDirectory(directory);
        PrivateFiles.createDirectory(directory);

        for (String made : new String[] {"a", "a/b", "a/b/c"}) {
            assertThat(permissions(temporary.resolve(made))).isEqualTo("rwx------");
        }
    }

    @Test
    void appendingMakesAPrivateFileAndKeepsWhatIsThere() throws IOException {
        Path file = temporary.resolve("history");
        for (String line : new String[] {"one\n", "two\n"}) {
            try (OutputStream out = PrivateFiles.openForAppend(file)) {
                out.write(line.getBytes(StandardCharsets.US_ASCII));
            }
        }

        assertThat(file).hasContent("one\ntwo\n");
        assertThat(permissions(file)).isEqualTo("rw-------");
    }

    @Test
    void anInterruptDoesNotStopAnAppend() throws IOException {
        Path file = temporary.resolve("history");
        Thread.currentThread().interrupt();
        try (OutputStream out = PrivateFiles.openForAppend(file)) {
            out.write('x');
        }

        assertThat(Thread.interrupted()).isTrue();
        assertThat(file).hasContent("x");
    }

    @Test
    void appendingFollowsNoLink() throws IOException {
        Path target = Files.writeString(temporary.resolve("target"), "mine");
        Path link = Files.createSymbolicLink(temporary.resolve("link"), target);

        assertThatThrownBy(() -> PrivateFiles.openForAppend(link))
                .isInstanceOf(IOException.class)
                .hasMessage(link + " is a symbolic link, and is not followed");
        Path dangling = Files.createSymbolicLink(temporary.resolve("dangling"), temporary.resolve("nothing"));
        assertThatThrownBy(() -> PrivateFiles.openForAppend(dangling)).isInstanceOf(IOException.class);
        assertThat(target).hasContent("mine");
        assertThat(temporary.resolve("nothing")).doesNotExist();
    }

    @Test
    void writingReplacesTheWholeFileAndLeavesNothingBeside() throws IOException {
        Path target = Files.writeString(temporary.resolve("target"), "mine");
        Path file = Files.createSymbolicLink(temporary.resolve("file"), target);
        PrivateFiles.writeAtomically(file, new byte[] {'a', 'b'});
        PrivateFiles.writeAtomically(file, new byte[] {'c'});

        assertThat(file).hasContent("c").isRegularFile();
        assertThat(permissions(file)).isEqualTo("rw-------");
        assertThat(target).hasContent("mine");
        try (Stream<Path> files = Files.list(temporary)) {
            assertThat(files).containsExactlyInAnyOrder(file, target);
        }
    }

    @Test
    void aWriteThatFailsLeavesNothingBeside() throws IOException {
        Path file = temporary.resolve("file");
        Files.createDirectories(file.resolve("in the way"));

        assertThatThrownBy(() -> PrivateFiles.writeAtomically(file, new byte[] {'a'}))
                .isInstanceOf(IOException.class);
        try (Stream<Path> files = Files.list(temporary)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void reasonsAreForPeople() {
        assertThat(PrivateFiles.reason(new AccessDeniedException("/x"))).isEqualTo("permission denied");
        assertThat(PrivateFiles.reason(new NoSuchFileException("/x"))).isEqualTo("no such file or directory");
        assertThat(PrivateFiles.reason(new FileSystemException("/x", null, "Read-only file system")))
                .isEqualTo("Read-only file system");
        assertThat(PrivateFiles.reason(new IOException("No space left on device")))
                .isEqualTo("No space left on device");
        assertThat(PrivateFiles.reason(new IOException())).isEqualTo("IOException");
    }
}
