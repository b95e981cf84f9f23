package dev.ftj.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointFileNameTest {
    @ParameterizedTest
    @CsvSource({
        "https://host/v0.5, https=++host+v0.5",
        "https://host/prefix/v0.5, https=++host+prefix+v0.5",
        "http://127.0.0.1:8080/v0.5, http=++127.0.0.1=8080+v0.5",
        "http://[::1]:1/a=b+c%2Bd, http=++[==1]=1+a%3Db%2Bc%252Bd",
    })
    void theNameCanBeRead(String endpoint, String name) {
        assertThat(BookFiles.nameOf(endpoint)).isEqualTo(name);
    }

    @Test
    void differentEndpointsHaveDifferentNames() {
        String tooLong = "https://host/" + "x".repeat(300);
        List<String> endpoints = List.of(
                "a/b",
                "a+b",
                "a%2Bb",
                "a%252Bb",
                "a:b",
                "a=b",
                "a%3Db",
                "a%b",
                "a%25b",
                "a/:b",
                "a:/b",
                "ä",
                "a\\b",
                "a b",
                tooLong,
                tooLong + "y",
                BookFiles.nameOf(tooLong),
                "\ud800",
                "\ud801",
                "?",
                "");

        assertThat(endpoints.stream().map(BookFiles::nameOf)).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "/../../etc", "\0", "a\nb", "c:\\x", "ä", "\ud800"})
    void anyTextMakesAFileOfThatDirectory(String endpoint) {
        Path directory = Path.of("/books").toAbsolutePath();
        Path file = directory.resolve(BookFiles.nameOf(endpoint) + ".jsonl");

        assertThat(file.normalize()).isEqualTo(file);
        assertThat(file.getParent()).isEqualTo(directory);
    }

    @Test
    void theLongestNameLeavesRoomForSuffixes() {
        for (int length = 150; length < 400; length++) {
            assertThat(BookFiles.nameOf("x".repeat(length))).hasSizeLessThanOrEqualTo(200);
            assertThat(BookFiles.nameOf("/%".repeat(length))).hasSizeLessThanOrEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://host/v0.5", "http://[::1]:80/a=b+c%2Bd/$(x)&y;'!/v0.5", "http://h/%%//::++=="})
    void aShellMakesTheSameNameByReplacementAlone(String endpoint) throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "no bash here");
        String script = "e=$1; e=${e//'%'/%25}; e=${e//'+'/%2B}; e=${e//'='/%3D}; e=${e//'/'/+}; e=${e//':'/=}; "
                + "printf %s \"$e\"";
        Process bash = new ProcessBuilder("/bin/bash", "-c", script, "bash", endpoint).start();
        String name = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(bash.waitFor()).isZero();
        assertThat(BookFiles.nameOf(endpoint)).isEqualTo(name);
    }
}
