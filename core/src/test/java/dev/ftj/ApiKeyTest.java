package dev.ftj;

import static dev.ftj.Wire.CANARY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ftj.FineTuneException.Kind;
import java.io.ByteArrayOutputStream;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKeyTest {
    @TempDir
    private Path folder;

    private Path file(String content) throws Exception {
        return Files.writeString(folder.resolve("key"), content);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "\r\n", "\r"})
    void oneLineEndIsDropped(String end) throws Exception {
        assertThat(ApiKey.of(CANARY + end)).isEqualTo(ApiKey.of(CANARY));
        assertThat(ApiKey.fromFile(file(CANARY + end))).isEqualTo(ApiKey.of(CANARY));
        assertThat(ApiKey.fromEnvironment(Map.of("ATAI_API_KEY", CANARY + end))).isEqualTo(ApiKey.of(CANARY));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%s\n\n",
                "%s\n\r",
                "%s\r\r",
                "\r%s",
                "a\n%s",
                "%s\t",
                "%sé",
                "\uFEFF%s",
                "%s\u0000",
                "%s\u007f",
                "%s😀"
            })
    void aCharacterThatNoKeyHasIsRefusedWithoutShowingIt(String form) throws Exception {
        Path file = file(form.formatted(CANARY));
        for (var make : java.util.List.<org.assertj.core.api.ThrowableAssert.ThrowingCallable>of(
                () -> ApiKey.of(form.formatted(CANARY)), () -> ApiKey.fromFile(file))) {
            FineTuneException e = catchThrowableOfType(FineTuneException.class, make);
            assertThat(e.kind()).isEqualTo(Kind.AUTH);
            assertThat(e.getMessage()).doesNotContain("canary");
        }
    }

    @Test
    void anEmptyVariableIsNoKeyAndTheNextSourceCounts() throws Exception {
        String file = file(CANARY).toString();
        for (String empty : new String[] {"", "\n", "\r\n", "\r"}) {
            assertThat(ApiKey.fromEnvironment(Map.of("ATAI_API_KEY", empty, "ATAI_API_KEY_FILE", file)))
                    .isEqualTo(ApiKey.of(CANARY));
        }
        assertThat(ApiKey.fromEnvironment(Map.of("ATAI_API_KEY", "first-key", "ATAI_API_KEY_FILE", file)))
                .isEqualTo(ApiKey.of("first-key"));
    }

    @Test
    void noKeyAnywhereSaysWhatToSet() throws Exception {
        String empty = file("\n").toString();
        for (Map<String, String> environment :
                java.util.List.of(Map.<String, String>of(), Map.of("ATAI_API_KEY_FILE", empty))) {
            FineTuneException e =
                    catchThrowableOfType(FineTuneException.class, () -> ApiKey.fromEnvironment(environment));
            assertThat(e.kind()).isEqualTo(Kind.AUTH);
            assertThat(e).hasMessage("no API key. Set ATAI_API_KEY, or ATAI_API_KEY_FILE to a file that holds it.");
        }
    }

    @Test
    void aFileThatCannotBeReadIsNamedWithTheReason() throws Exception {
        Path large = Files.write(folder.resolve("large"), new byte[70_000]);
        Map<Path, String> reasons = Map.of(
                folder.resolve("missing"), "no such file", folder, "it is a directory", large, "too large to be a key");
        reasons.forEach((path, reason) -> {
            FineTuneException e = catchThrowableOfType(FineTuneException.class, () -> ApiKey.fromFile(path));
            assertThat(e.kind()).isEqualTo(Kind.LOCAL);
            assertThat(e).hasMessageContaining(path.toString()).hasMessageContaining(reason);
        });
        Path endless = Path.of("/dev/zero");
        if (Files.exists(endless)) {
            assertThatThrownBy(() -> ApiKey.fromFile(endless)).hasMessageContaining("too large");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "sk_0123456789abcdef4e60, sk_...4e60",
        "0123456789abcdef, ...cdef",
        "sk_0123456789ab, sk_...",
        "0123456789, ...",
        "k, ..."
    })
    void onlyTheEndOfALongKeyIsShown(String key, String shown) {
        assertThat(ApiKey.of(key)).hasToString(shown);
    }

    @Test
    void aKeyCannotBeSerialized() {
        assertThatThrownBy(() -> {
                    try (var out = new ObjectOutputStream(new ByteArrayOutputStream())) {
                        out.writeObject(ApiKey.of(CANARY));
                    }
                })
                .isInstanceOf(NotSerializableException.class);
    }
}
