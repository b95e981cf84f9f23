package dev.ftj;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ftj.testing.QuickServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import mockwebserver3.MockWebServer;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A file, a server that takes it, and what comes of the upload. */
abstract class UploadCase {
    @TempDir
    Path dir;

    @StartStop
    final MockWebServer mock = QuickServer.create();

    final FakeTiming timing = new FakeTiming();
    final List<String> notes = new ArrayList<>();
    UploadServer server;
    Path file;

    @BeforeEach
    void start() throws IOException {
        server = new UploadServer(mock);
        file = Files.writeString(dir.resolve("train.jsonl"), "0123456789abcdefghij");
    }

    final UploadOptions options() {
        return new UploadOptions().checkpoints(dir.resolve("data")).listener(new UploadOptions.Listener() {
            @Override
            public void note(String message) {
                notes.add(message);
            }
        });
    }

    final FileRecord upload(UploadOptions options) {
        try (FineTuneClient client = Wire.client(mock, timing).build()) {
            return client.upload(file, options);
        }
    }

    final FileRecord upload() {
        return upload(options());
    }

    final FineTuneException failure(UploadOptions options) {
        return catchThrowableOfType(FineTuneException.class, () -> upload(options));
    }

    final FineTuneException failure() {
        return failure(options());
    }

    final List<String> sentParts() {
        return server.puts().stream().map(UploadServer::body).sorted().toList();
    }
}
