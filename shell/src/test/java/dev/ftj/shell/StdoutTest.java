package dev.ftj.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ftj.shell.Program.Result;
import dev.ftj.testing.QuickServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import mockwebserver3.MockWebServer;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A stdout that goes away. */
class StdoutTest {
    private static final String CLOSED = "Broken pipe";
    private static final String FULL = "No space left on device";

    @StartStop
    public final MockWebServer server = QuickServer.create();

    @TempDir
    Path home;

    private final Api api = new Api();

    @BeforeEach
    void serve() {
        server.setDispatcher(api);
        api.job("ftj-1");
    }

    @ParameterizedTest
    @CsvSource({
        "get ftj-1",
        "get ftj-1 none ftj-1 -o json",
        "get ftj-1 --field nothing",
        "get none ftj-1 -o jsonl",
        "help",
        "whoami",
        "version"
    })
    void aReaderThatHasSeenEnoughEndsItQuietly(String line) {
        Result result = Program.of(server, home).runTo(failing(CLOSED), line.split(" "));

        assertThat(result.code()).isZero();
        assertThat(result.err().lines().filter(told -> !told.contains("none"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"get ftj-1", "get ftj-1 ftj-1 -o json", "help", "whoami"})
    void anyOtherFailureIsALocalOne(String line) {
        Result result = Program.of(server, home).runTo(failing(FULL), line.split(" "));

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err())
                .contains("stdout cannot be written (No space left on device)")
                .hasLineCount(1);
    }

    @Test
    @Timeout(60)
    void idsWithoutEndAreNotReadOnBehindAClosedPipe() {
        InputStream endless = new InputStream() {
            private int at;

            @Override
            public int read() {
                return "ftj-1\n".charAt(at++ % 6);
            }

            @Override
            public int read(byte[] bytes, int offset, int length) {
                int some = Math.min(length, 60);
                for (int i = 0; i < some; i++) {
                    bytes[offset + i] = (byte) read();
                }
                return some;
            }
        };
        Program ftj = Program.of(server, home);

        assertThat(ftj.runTo(endless, failing(CLOSED), "get", "-", "-o", "jsonl")
                        .code())
                .isZero();
        assertThat(api.requests()).hasSizeLessThan(100);
    }

    @Test
    void aScriptEndsWithItsReader() {
        Program ftj = Program.of(server, home).stdin("get ftj-1\nget ftj-1\n");

        assertThat(ftj.runTo(failing(CLOSED)).code()).isZero();
    }

    @Test
    void whatIsWrittenIsUtf8WhateverTheLocale() throws IOException {
        api.answer("w", "{\"id\": \"w\", \"name\": \"工場\"}");
        try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            Program.of(server, home).runTo(out, "get", "w", "--field", "name");

            assertThat(out.toByteArray()).isEqualTo("工場\n".getBytes(StandardCharsets.UTF_8));
        }
    }

    private static OutputStream failing(String why) {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException(why);
            }
        };
    }
}
