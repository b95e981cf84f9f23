package dev.ftj.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ftj.scripts.ToolProcess.Ended;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Uploads to an object storage that is not part of this project and checks signatures: S3Proxy, with URLs that the AWS SDK
 * presigns. {@code FTJ_S3_JARS} names the directory of their jars ({@code src/test/s3/pom.xml} says how to fill it); with
 * {@code FTJ_REQUIRE_S3=1} its absence is a failure.
 */
class ObjectStorageIT {
    private static final int SIZE = (11 << 20) + 5;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path dir;

    @SuppressWarnings("NullAway.Init")
    private Process storage;

    @SuppressWarnings("NullAway.Init")
    private BufferedReader said;

    @AfterEach
    void end() {
        if (storage != null) {
            storage.destroyForcibly();
        }
    }

    /** Returns the endpoint. */
    private String start(int seconds) throws IOException {
        String jars = ToolProcess.inherited("FTJ_S3_JARS");
        if (jars.isEmpty()) {
            if (ToolProcess.inherited("FTJ_REQUIRE_S3").equals("1")) {
                Assertions.fail("FTJ_REQUIRE_S3=1, and FTJ_S3_JARS is not set");
            }
            Assumptions.abort("FTJ_S3_JARS is not set");
        }
        Path store = Files.createDirectory(dir.resolve("store"));
        storage = new ProcessBuilder(
                        Places.JAVA_HOME.resolve("bin/java").toString(),
                        "-cp",
                        jars + "/*",
                        Places.ROOT.resolve("scripts/src/test/s3/S3Api.java").toString(),
                        store.toString(),
                        Integer.toString(5 << 20),
                        Integer.toString(seconds))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        said = storage.inputReader(StandardCharsets.UTF_8);
        String endpoint = said.readLine();
        assertThat(endpoint).startsWith("http://127.0.0.1:");
        return endpoint;
    }

    private Ended upload(String endpoint, Path file) throws IOException {
        return new ToolProcess(dir, Places.LAYOUT.resolve("bin/ftj").toString(), "upload", file.toString())
                .with("FTJ_HOME", dir.resolve("home"))
                .with("ATAI_API_ENDPOINT", endpoint)
                .with("ATAI_API_KEY", "sk_test_0123456789_secret_4e60")
                .run();
    }

    private Path random(String name) throws IOException {
        byte[] bytes = new byte[SIZE];
        new Random(9).nextBytes(bytes);
        return Files.write(dir.resolve(name), bytes);
    }

    private static String sha256(Path file) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"train.jsonl", "a b+c~(1)'!*@$,;=:&.jsonl", "100%.jsonl", "訓練-é.jsonl"})
    void thePartsArriveAtUrlsThatAnSdkHasPresigned(String name) throws Exception {
        String endpoint = start(3600);
        Path file = random(name);
        Ended upload = upload(endpoint, file);
        assertThat(upload.err()).contains("uploaded 11.5 MB");
        assertThat(upload.code()).isZero();
        assertThat(upload.out()).isEqualTo(name + "\n");
        assertThat(said.readLine()).isEqualTo("sha256 " + sha256(file));
    }

    @Test
    void expiredUrlsAreRenewed() throws Exception {
        String endpoint = start(1);
        Path file = random("train.jsonl");
        Ended upload = upload(endpoint, file);
        assertThat(upload.err()).contains("uploaded 11.5 MB");
        assertThat(said.readLine()).isEqualTo("new URL");
        assertThat(said.readLine()).isEqualTo("new URL");
        assertThat(said.readLine()).isEqualTo("new URL");
        assertThat(said.readLine()).isEqualTo("sha256 " + sha256(file));
    }
}
