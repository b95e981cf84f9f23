package dev.ftj.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
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
    void aFileIsPrivateFromTheStartAndNoLinkIsFollowed() throws IOException {
        Path file = temporary.resolve("file");
        PrivateFiles.createFile(file);
        PrivateFiles.createFile(file);
        Path dangling = Files.createSymbolicLink(temporary.resolve("dangling"), temporary.resolve("nothing"));

        assertThat(permissions(file)).isEqualTo("rw-------");
        assertThatThrownBy(() -> PrivateFiles.createFile(dangling))
                .isInstanceOf(IOException.class)
                .hasMessage(dangling + " is a symbolic link, and is not followed");
        assertThat(temporary.resolve("nothing")).doesNotExist();
    }

    /** Two shells that are the first at the same time. */
    @Test
    @Timeout(60)
    void aFileThatAnotherThreadCreatesMeanwhileIsFine() throws Exception {
        CyclicBarrier together = new CyclicBarrier(2);
        Callable<Void> creator = () -> {
            for (int i = 0; i < 1000; i++) {
                together.await();
                PrivateFiles.createFile(temporary.resolve("file" + i));
            }
            return null;
        };
        FutureTask<Void> other = new FutureTask<>(creator);
        new Thread(other).start();
        creator.call();
        other.get();
        assertThat(temporary.resolve("file999")).isRegularFile();
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
