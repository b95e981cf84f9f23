package dev.ftj.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ftj.internal.store.UploadCheckpoints.Upload;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UploadCheckpointsTest {
    private static final Instant NOW = Instant.parse("2026-05-04T09:00:00Z");
    private static final String ENDPOINT = "https://api.example.com/v0.5";

    @TempDir
    Path dir;

    private UploadCheckpoints open() {
        return UploadCheckpoints.open(dir.resolve("data"), ENDPOINT);
    }

    private static Upload upload(String id) {
        return new Upload(
                id, "/a/train.jsonl", "train.jsonl", "application/x-ndjson", 17, "2026-01-01T00:00:00Z", Map.of());
    }

    private Path file() throws Exception {
        try (var files = Files.list(dir.resolve("data"))) {
            return files.filter(path -> path.toString().endsWith(".uploads.jsonl"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void anUploadIsFoundWithItsTokensByAnotherProcess() throws Exception {
        open().began(upload("u1"), NOW);
        open().stored("u1", "0", "\"abc\"");
        open().stored("u1", "1", "def");
        Upload found = open().find("/a/train.jsonl", "train.jsonl");
        assertThat(found)
                .isEqualTo(new Upload(
                        "u1",
                        "/a/train.jsonl",
                        "train.jsonl",
                        "application/x-ndjson",
                        17,
                        "2026-01-01T00:00:00Z",
                        Map.of("0", "\"abc\"", "1", "def")));
        assertThat(open().find("/a/train.jsonl", "other")).isNull();
        assertThat(open().find("/b/train.jsonl", "train.jsonl")).isNull();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
    }

    @Test
    void theLastUploadOfAFileCounts() throws Exception {
        open().began(upload("u1"), NOW);
        open().began(upload("u2"), NOW);
        assertThat(Objects.requireNonNull(open().find("/a/train.jsonl", "train.jsonl"))
                        .id())
                .isEqualTo("u2");
    }

    @Test
    void anEndedOrOldUploadIsForgotten() throws Exception {
        open().began(upload("old"), NOW.minus(Duration.ofDays(31)));
        open().stored("old", "0", "x");
        open().began(upload("u1"), NOW);
        open().stored("u1", "0", "x");
        open().began(upload("u2"), NOW);
        open().ended("u2", NOW);
        assertThat(Objects.requireNonNull(open().find("/a/train.jsonl", "train.jsonl"))
                        .id())
                .isEqualTo("u1");
        assertThat(Files.readAllLines(file())).hasSize(2);
    }

    @Test
    void aTornLineIsIgnored() throws Exception {
        open().began(upload("u1"), NOW);
        Files.write(file(), "{\"kind\":\"part\",\"upl".getBytes(StandardCharsets.UTF_8), StandardOpenOption.APPEND);
        open().stored("u1", "1", "x");
        assertThat(Objects.requireNonNull(open().find("/a/train.jsonl", "train.jsonl"))
                        .tokens())
                .containsOnlyKeys("1");
    }

    @Test
    void aFileOfAnotherSizeOrTimeIsAnother() {
        assertThat(upload("u").isOf(17, "2026-01-01T00:00:00Z")).isTrue();
        assertThat(upload("u").isOf(18, "2026-01-01T00:00:00Z")).isFalse();
        assertThat(upload("u").isOf(17, "2026-01-01T00:00:01Z")).isFalse();
    }

    @Test
    void withoutAFileNothingIsKept() throws Exception {
        UploadCheckpoints none = UploadCheckpoints.none();
        none.began(upload("u1"), NOW);
        none.stored("u1", "0", "x");
        none.ended("u1", NOW);
        assertThat(none.find("/a/train.jsonl", "train.jsonl")).isNull();
    }

    @Test
    void theNewestThousandFilesThatCanBeShownAreKnown() throws Exception {
        SeenFiles files = new SeenFiles(dir.resolve("data"), ENDPOINT);
        files.add(List.of("\u00e4 b.jsonl", "$(x)", "-x", "@y", "\u001b[1m", "a.jsonl", "b.csv", "a.jsonl"));
        assertThat(files.ids()).containsExactly("a.jsonl", "b.csv", "$(x)", "\u00e4 b.jsonl");
        files.add(IntStream.range(0, 1200).mapToObj(i -> "f" + i).toList());
        assertThat(files.ids()).hasSize(1000).startsWith("f1199", "f1198");
    }
}
