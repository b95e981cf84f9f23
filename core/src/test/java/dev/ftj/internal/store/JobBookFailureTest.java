package dev.ftj.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A disk that does not do what it should. */
class JobBookFailureTest {
    private static final String NAME = "https=++host+v0.5";

    @TempDir
    Path temporary;

    private JobBook book(Path directory) {
        return JobBook.open(directory, Saver.ENDPOINT);
    }

    private void assertRefused(JobBook book, String reason) {
        assertThatThrownBy(() -> book.save("a", null, null, Instant.EPOCH))
                .isInstanceOf(IOException.class)
                .hasMessageMatching("cannot write the job book .*v0.5: .*" + reason);
        assertThatThrownBy(() -> book.seen("a", null, null, Instant.EPOCH))
                .isInstanceOf(IOException.class)
                .hasMessageMatching("cannot write the job book .*v0.5: .*" + reason);
    }

    private void assertUnreadable(JobBook book, String reason) {
        assertThatThrownBy(book::known)
                .isInstanceOf(IOException.class)
                .hasMessageMatching("cannot read the job book .*v0.5: .*" + reason);
        assertThatThrownBy(() -> book.timeline("a"))
                .isInstanceOf(IOException.class)
                .hasMessageMatching("cannot read the job book .*v0.5: .*" + reason);
    }

    @Test
    void aDirectoryThatIsAFileIsToldAndLeftAlone() throws IOException {
        Path file = Files.writeString(temporary.resolve("books"), "mine");

        assertRefused(book(file), "books is not a directory");
        assertUnreadable(book(file), "books is not a directory");
        assertThat(file).hasContent("mine");
        assertThatThrownBy(() -> book(file.resolve("below")).save("a", null, null, Instant.EPOCH))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cannot write the job book");
    }

    @Test
    void aLinkInThePlaceOfTheDirectoryIsNotFollowed() throws IOException {
        Path target = Files.createDirectory(temporary.resolve("target"));
        Path link = Files.createSymbolicLink(temporary.resolve("link"), target);

        assertRefused(book(link), "link is a symbolic link, and is not followed");
        assertUnreadable(book(link), "link is a symbolic link, and is not followed");
        assertThat(target).isEmptyDirectory();
    }

    @Test
    void aLinkAboveTheDirectoryIsTheUsersAffair() throws IOException {
        Path target = Files.createDirectory(temporary.resolve("target"));
        Path link = Files.createSymbolicLink(temporary.resolve("home"), target);
        book(link.resolve("books")).save("a", null, null, Instant.EPOCH);

        assertThat(book(target.resolve("books")).saved()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {".jsonl", ".lock", ".seen.jsonl"})
    void aLinkInThePlaceOfAFileIsNotFollowed(String suffix) throws IOException {
        Path target = Files.writeString(temporary.resolve("target"), "mine");
        Path directory = Files.createDirectory(temporary.resolve("books"));
        Files.createSymbolicLink(directory.resolve(NAME + suffix), target);

        assertRefused(book(directory), " is a symbolic link, and is not followed");
        assertThat(target).hasContent("mine");
    }

    @ParameterizedTest
    @ValueSource(strings = {".ids", ".ids.tmp", ".saved.jsonl.tmp", ".damaged"})
    void aLinkInThePlaceOfAFileBesideIsNotFollowedEither(String suffix) throws IOException {
        Path target = Files.writeString(temporary.resolve("target"), "mine");
        Path directory = Files.createDirectory(temporary.resolve("books"));
        JobBook book = book(directory);
        book.save("a", null, null, Instant.EPOCH);
        Path link = directory.resolve(NAME + suffix);
        Files.deleteIfExists(link);
        Files.createSymbolicLink(link, target);
        Files.writeString(directory.resolve(NAME + ".saved.jsonl"), "junk\n", StandardOpenOption.APPEND);

        book.seen("b", null, null, Instant.EPOCH);
        book.save("b", null, null, Instant.EPOCH);
        assertThat(book.saved()).hasSize(2);
        assertThat(book.reports()).isNotEmpty();
        assertThat(target).hasContent("mine");
    }

    @Test
    void aPipeInThePlaceOfTheBookBlocksNobody() throws Exception {
        Path directory = Files.createDirectory(temporary.resolve("books"));
        Path pipe = directory.resolve(NAME + ".saved.jsonl");
        assumeTrue(run("mkfifo", pipe.toString()), "no mkfifo here");

        assertThatThrownBy(() -> book(directory).save("a", null, null, Instant.EPOCH))
                .isInstanceOf(IOException.class)
                .hasMessageMatching("cannot write the job book .*jsonl is not a plain file");
        assertThatThrownBy(() -> book(directory).known())
                .isInstanceOf(IOException.class)
                .hasMessageMatching("cannot read the job book .*jsonl is not a plain file");
    }

    @Test
    void aDirectoryOfAnotherUserIsRefused() throws IOException {
        Path foreign = Path.of("/");
        if (PrivateFiles.isCurrentUser(Files.getAttribute(foreign, "unix:uid"))) {
            foreign = Files.createDirectory(temporary.resolve("books"));
            Files.setAttribute(foreign, "unix:uid", 12_345);
        }

        assertRefused(book(foreign), "belongs to another user \\(uid \\d+\\)");
        assertUnreadable(book(foreign), "belongs to another user \\(uid \\d+\\)");
        assertThat(foreign.resolve(NAME + ".lock")).doesNotExist();
    }

    @Test
    void aDirectoryThatWasOpenToOthersIsClosed() throws IOException {
        Path directory = Files.createDirectory(temporary.resolve("books"));
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxr-x"));
        book(directory).save("a", null, null, Instant.EPOCH);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
                .isEqualTo("rwx------");
    }

    @Test
    void aBookThatMayOnlyBeReadIsReadAndItsDamageTold() throws IOException {
        Path directory = temporary.resolve("books");
        Path file = directory.resolve(NAME + ".saved.jsonl");
        book(directory).save("a", null, null, Instant.EPOCH);
        Files.writeString(file, "junk\n", StandardOpenOption.APPEND);
        Files.delete(directory.resolve(NAME + ".lock"));
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("r-x------"));
        try {
            assumeFalse(Files.isWritable(directory), "root writes anywhere");
            JobBook book = book(directory);
            assertThat(book.saved()).hasSize(1);
            assertThat(book.saved()).hasSize(1);
            assertThat(book.reports())
                    .containsExactly("1 damaged line could not be moved from " + directory.resolve(NAME)
                            + ": permission denied");
            assertRefused(book, "permission denied");
        } finally {
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        }
    }

    @Test
    void damageThatCannotBeSetAsideIsToldOnceAndStays() throws IOException {
        Path directory = temporary.resolve("books");
        Path file = directory.resolve(NAME + ".saved.jsonl");
        JobBook book = book(directory);
        book.save("a", null, null, Instant.EPOCH);
        Files.writeString(file, "junk\n", StandardOpenOption.APPEND);
        Files.createDirectory(directory.resolve(NAME + ".damaged"));

        assertThat(book.saved()).hasSize(1);
        book.save("b", null, null, Instant.EPOCH);
        assertThat(book.saved()).hasSize(2);
        assertThat(book.reports())
                .singleElement()
                .asString()
                .startsWith("1 damaged line could not be moved from " + directory.resolve(NAME) + ": ");
        assertThat(file).content().contains("junk\n");
        assertThat(directory.resolve(NAME + ".jsonl.tmp")).doesNotExist();
    }

    @Test
    void aDiskThatFillsUpCostsOnlyWhatWasNotAcknowledged() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "no bash here");
        Path directory = temporary.resolve("books");
        // A limit on the size of files: writes fall short and fail as on a full disk, for root, too.
        List<String> command = new ArrayList<>(List.of("/bin/bash", "-c", "ulimit -f 20 && exec \"$@\"", "bash"));
        command.addAll(Saver.command(directory, "a", 0, 100_000));
        Process saver = new ProcessBuilder(command).start();
        List<String> said = new String(saver.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();

        assertThat(saver.waitFor()).isEqualTo(1);
        assertThat(said).hasSizeGreaterThan(20).last().asString().startsWith("cannot write the job book ");
        Path file = directory.resolve(NAME + ".saved.jsonl");
        assertThat(Files.size(file)).isLessThanOrEqualTo(20 * 1024);
        assertThat(Files.readString(file)).endsWith("}\n");
        JobBook book = book(directory);
        assertThat(book.saved()).hasSize(said.size() - 1);
        book.save("b", null, null, Instant.EPOCH);
        assertThat(book.saved()).hasSize(said.size());
        assertThat(book.reports()).isEmpty();
    }

    @Test
    void aFullFileSystemCostsOnlyWhatWasNotAcknowledged() throws Exception {
        Path directory = Files.createDirectory(temporary.resolve("small"));
        assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", directory.toString()), "may not mount here");
        try {
            JobBook book = book(directory.resolve("books"));
            List<String> acknowledged = new ArrayList<>();
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 10_000; i++) {
                            book.save("a" + i, "name" + i, "n".repeat(100), Instant.EPOCH);
                            acknowledged.add("a" + i);
                        }
                    })
                    .isInstanceOf(IOException.class)
                    .hasMessageMatching("cannot write the job book .*: No space left on device");
            assertThat(acknowledged).hasSizeGreaterThan(20);
            assertThat(book.saved()).extracting(JobBook.Entry::id).isEqualTo(acknowledged);
            assertThat(book(directory.resolve("books")).saved()).hasSize(acknowledged.size());
            assertThat(book.forget("a0")).as("less fits").isTrue();
            assertThat(book.saved()).hasSize(acknowledged.size() - 1);
        } finally {
            run("umount", directory.toString());
        }
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).start().waitFor() == 0;
    }

    @Test
    void aLockThatAnotherProcessHoldsForAMomentIsWaitedFor() throws Exception {
        Path directory = temporary.resolve("books");
        JobBook book = book(directory);
        book.save("a", null, null, Instant.EPOCH);
        Thread waiting;
        // Held by this JVM, but outside the book: it looks the same as another process.
        try (FileChannel lock = FileChannel.open(directory.resolve(NAME + ".lock"), StandardOpenOption.WRITE)) {
            assertThat(lock.tryLock()).isNotNull();
            waiting = new Thread(() -> {
                try {
                    book.save("b", null, null, Instant.EPOCH);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            waiting.start();
            while (waiting.getState() != Thread.State.TIMED_WAITING && waiting.isAlive()) {
                Thread.onSpinWait();
            }
            assertThat(book(directory).saved()).hasSize(1);
        }
        waiting.join();
        assertThat(book.saved()).hasSize(2);
    }
}
