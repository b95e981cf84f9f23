package dev.ftj.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LockedLinesTest {
    @TempDir
    Path temporary;

    private Path file;
    private LockedLines lines;

    @BeforeEach
    void open() {
        file = temporary.resolve("lines");
        lines = new LockedLines(temporary, "lines");
    }

    private static byte[] bytes(String line) {
        return line.getBytes(StandardCharsets.UTF_8);
    }

    private List<String> read() throws IOException {
        return lines.read().stream()
                .map(line -> new String(line, StandardCharsets.UTF_8))
                .toList();
    }

    @Test
    void aMissingFileHasNoLinesAndReadingCreatesNothing() throws IOException {
        assertThat(new LockedLines(temporary.resolve("none"), "lines").read()).isEmpty();
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void linesAreAppendedAfterATornOne() throws IOException {
        lines.append(List.of(bytes("one"), bytes("")));
        Files.writeString(file, "to", StandardOpenOption.APPEND);
        assertThat(read()).containsExactly("one", "", "to");

        assertThat(lines.append(List.of(bytes("ä")))).isEqualTo(Files.size(file));
        assertThat(file).hasContent("one\n\nto\nä\n");
    }

    @Test
    void aReplacementLeavesNothingBeside() throws IOException {
        Path target = Files.writeString(temporary.resolve("target"), "mine");
        Files.createSymbolicLink(file, target);
        lines.replace(List.of(bytes("a"), bytes("b")), true);
        lines.replace(List.of(bytes("c")), false);

        assertThat(file).hasContent("c\n").isRegularFile();
        assertThat(target).hasContent("mine");
        try (Stream<Path> files = Files.list(temporary)) {
            assertThat(files).containsExactlyInAnyOrder(file, target, temporary.resolve("lines.lock"));
        }
    }

    @Test
    void aReplacementThatFailsLeavesNothingBeside() throws IOException {
        Files.createDirectories(file.resolve("in the way"));

        assertThatThrownBy(() -> lines.replace(List.of(bytes("a")), true)).isInstanceOf(IOException.class);
        try (Stream<Path> files = Files.list(temporary)) {
            assertThat(files).containsExactlyInAnyOrder(file, temporary.resolve("lines.lock"));
        }
    }

    @Test
    void anInterruptStopsNeitherAppendNorReplacementNorRead() throws IOException {
        Thread.currentThread().interrupt();
        lines.append(List.of(bytes("a")));
        lines.replace(List.of(bytes("b")), true);
        lines.append(List.of(bytes("c")));
        List<String> read = read();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(read).containsExactly("b", "c");
    }

    @Test
    void aChangeOfTheSameSizeInTheSameMomentIsNoticed() throws IOException {
        lines.replace(List.of(bytes("a")), false);
        LockedLines other = new LockedLines(temporary, "lines");
        for (int i = 0; i < 200; i++) {
            assertThat(read()).containsExactly(i == 0 ? "a" : "b" + (i - 1) % 10);
            other.replace(List.of(bytes("x")), false);
            other.replace(List.of(bytes("b" + i % 10)), false);
            assertThat(lines.changed()).isTrue();
        }
    }

    @Test
    void aFileTooLargeForTheMemoryIsRefused() throws IOException {
        try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
            large.setLength(257L << 20);
        }

        assertThatThrownBy(lines::read)
                .isInstanceOf(IOException.class)
                .hasMessage(file + " is larger than 256 MiB: move it away");
    }
}
