package dev.ftj.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class HistoryTest {
    private static final String CTRL_P = "\u0010";

    @TempDir
    Path home;

    private Path file() {
        return home.resolve("state/history");
    }

    private List<String> lines() throws IOException {
        return Program.in(home).run("history").out().lines().toList();
    }

    @Test
    void aLineIsKeptOnceInARowInAFileOfTheUsersAlone() throws Exception {
        try (Prompt prompt = Prompt.of(Program.in(home))) {
            prompt.enter("version");
            prompt.enter("version");
            prompt.enter("saved");
            prompt.enter("version");
        }

        assertThat(lines()).containsExactly("version", "saved", "version", "exit");
        if (Files.getFileStore(home).supportsFileAttributeView("posix")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                    .isEqualTo("rw-------");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file().getParent())))
                    .isEqualTo("rwx------");
        }
    }

    @Test
    void aLineThatHoldsAKeyIsNeitherKeptNorRepeated() throws Exception {
        Program ftj = Program.in(home).with("ATAI_API_KEY", "plain-key-0123456789");
        try (Prompt prompt = Prompt.of(ftj)) {
            prompt.enter("login sk_typed_by_mistake");
            prompt.enter("get x --header 'Bearer another_mistake'");
            prompt.enter("get --plain-key-0123456789");
            prompt.enter("version");
            prompt.read("ftj ");
            assertThat(prompt.err())
                    .doesNotContain("sk_typed")
                    .doesNotContain("another_mistake")
                    .doesNotContain("plain-key-0123456789");
        }

        assertThat(lines()).containsExactly("version", "exit");
    }

    @Test
    void aKeyOfAFileIsNotKeptEither() throws Exception {
        Path key = Files.writeString(home.resolve("key"), "file-key-0123456789\n");
        try (Prompt prompt = Prompt.of(Program.in(home).with("ATAI_API_KEY_FILE", key.toString()))) {
            prompt.enter("help file-key-0123456789");
            prompt.enter("version");
            prompt.read("ftj ");
            assertThat(prompt.err()).doesNotContain("file-key-0123456789");
        }

        assertThat(lines()).containsExactly("version", "exit");
    }

    @Test
    void twoShellsAtOnceKeepTheLinesOfBoth() throws Exception {
        try (Prompt one = Prompt.of(Program.in(home));
                Prompt two = Prompt.of(Program.in(home))) {
            one.enter("help get");
            one.read("--field");
            two.enter("help save");
            two.read("--note");
            one.enter("help login");
            one.read("--check");
        }

        assertThat(lines()).startsWith("help get", "help save", "help login");
    }

    @Test
    void theNextShellHasEachLineOnce() throws Exception {
        try (Prompt prompt = Prompt.of(Program.in(home))) {
            prompt.enter("help save");
            prompt.enter("version");
        }
        try (Prompt prompt = Prompt.of(Program.in(home))) {
            // exit, version, help save, and nothing before it
            prompt.type(CTRL_P.repeat(5));
            prompt.see("help save");
            prompt.type("\r");
            prompt.read("--note");
        }
    }

    @Test
    void aLineBreakInALineComesBack() throws Exception {
        try (Prompt prompt = Prompt.of(Program.in(home))) {
            prompt.enter("save ftj-1 --note 'a\\nb");
            prompt.enter("c'");
            prompt.hear("saved ftj-1");
        }

        assertThat(lines()).first().isEqualTo("save ftj-1 --note 'a\\nb\\nc'");
        assertThat(Files.readAllLines(file())).hasSize(2);
    }

    @Test
    void aDamagedFileIsNoReasonNotToOpen() throws Exception {
        Files.createDirectories(file());
        try (Prompt prompt = Prompt.of(Program.in(home))) {
            prompt.enter("version");
            prompt.hear("ftj: warning: the history is not kept: ");
            prompt.enter("saved");
            prompt.hear("nothing is saved");
            assertThat(prompt.err()).containsOnlyOnce("the history is not kept");
        }
    }

    @Test
    void nothingIsKeptWhereNothingIsToBeRemembered() throws Exception {
        try (Prompt prompt = Prompt.of(Program.in(home).with("FTJ_REMEMBER", "off"))) {
            prompt.enter("version");
        }

        assertThat(home).isEmptyDirectory();
    }
}
