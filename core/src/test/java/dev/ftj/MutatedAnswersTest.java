package dev.ftj;

import static dev.ftj.Wire.ID;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ftj.FineTuneException.Kind;
import dev.ftj.internal.http.TimeSource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;
import javax.net.SocketFactory;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Mutated header blocks and bodies through whole calls: whatever arrives is a record or a {@link FineTuneException}.
 * {@code -Dftj.fuzz=1000000 -Dftj.fuzz.seed=7} for more of them, and others.
 */
@Tag("once")
class MutatedAnswersTest {
    private static final int CALLS = Integer.getInteger("ftj.fuzz", 10_000);
    private static final long SEED = Long.getLong("ftj.fuzz.seed", 1);

    private static final List<String> HEADS = List.of(
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n",
            "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n",
            "HTTP/1.1 404 Not Found\r\nDate: Mon, 27 Apr 2026 15:48:00 GMT\r\n",
            "HTTP/1.1 503 Unavailable\r\nRetry-After: 1\r\nServer: nginx\r\n",
            "HTTP/1.1 429 Too Many\r\nRetry-After: Monday, 27-Apr-26 15:48:00 GMT\r\n",
            "HTTP/1.1 302 Found\r\nLocation: /v0.5/elsewhere\r\n",
            "HTTP/1.1 204 No Content\r\n",
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 409 Conflict\r\n");

    private static final List<String> BODIES = List.of(
            "{\"id\": \"ftj-1\", \"name\": \"run\", \"status\": \"RUNNING\", \"config\": {\"model\": \"m\", \"datasets\":"
                    + " [{\"name\": \"a\", \"split\": \"train\", \"file_ids\": [\"file-1\"]}]}, \"created_at\":"
                    + " \"2026-04-27T14:32:00Z\", \"inference_config_path\": null}",
            "[{\"id\": \"ftj-1\", \"status\": \"RUNNING\"}, {\"id\": \"ftj-2\", \"uuid\": \"u\\u0041\"}]",
            "{\"last_checkpoint_step\": 600, \"metrics\": [{\"step\": 200, \"loss\": 1.842, \"eval_loss\": NaN,"
                    + " \"learning_rate\": 2e-05}, {\"step\": 400, \"loss\": null}]}",
            "{\"errors\": [{\"code\": \"bad\", \"message\": \"no\", \"suggestion\": \"yes\", \"error_uid\": \"err-1\"}]}",
            "{\"detail\": [{\"loc\": [\"body\", 1], \"msg\": \"wrong\", \"type\": \"t\"}]}",
            "{\"error\": {\"code\": \"c\", \"message\": \"m\", \"details\": {\"retry_after\": 60}}}",
            "<html><script>a</script><body>502 Bad Gateway</body></html>",
            "\"READY\"",
            "");

    private static final List<String> PIECES = List.of(
            "\"",
            "\\",
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\\u",
            "\\ud800",
            "NaN",
            "-Infinity",
            "1e999999999",
            "-",
            "0x",
            "null",
            "\0",
            "\u001b[2J",
            "\u00ff",
            "\u00ed\u00a0\u0080",
            "\u00ef\u00bb\u00bf",
            "\r\n",
            "\n",
            "\r",
            " ",
            "\t",
            "%",
            "<",
            "Retry-After: \u00e9\r\n",
            "Content-Length: 5\r\n",
            "Content-Length: -1\r\n",
            "Content-Encoding: br\r\n",
            "Transfer-Encoding: chunked\r\n",
            "Location: http://[\r\n",
            "Location: \r\n",
            ": x\r\n",
            "-12",
            "999",
            "101",
            "407",
            "Date: 99 Foo\r\n",
            "99999999999999999999",
            "[".repeat(600),
            "{\"a\":".repeat(600),
            Wire.CANARY);

    private static final List<Consumer<FineTuneClient>> READS = List.of(
            client -> look(client.job(ID)),
            client -> client.list().forEach(result -> {
                if (result.job() != null) {
                    look(result.job());
                }
            }),
            client -> {
                JobMetrics metrics = client.metrics(ID);
                assertThat(metrics.toHtml() + metrics.toSvg() + metrics).isNotNull();
            },
            FineTuneClient::nodeStatus,
            client -> client.jobs(List.of(ID)).forEach(JobResult::get));

    private static final List<Consumer<FineTuneClient>> WRITES = List.of(
            client -> client.stop(ID),
            client -> client.delete(ID),
            client -> client.create(NewJob.builder().name("run").train("file-1").build()));

    private final SplittableRandom random = new SplittableRandom(SEED);
    private volatile byte[] answer = new byte[0];

    private static void look(FineTuneJob job) {
        assertThat(job.card() + job.toHtml() + job + job.json() + job.createdAt() + job.updatedAt() + job.config())
                .isNotNull();
    }

    @Test
    @Timeout(value = 2, unit = TimeUnit.HOURS) // 1 ms an answer, of which -Dftj.fuzz may ask for a million
    void whateverArrivesIsARecordOrAFailureOfThatCall() {
        OkHttpClient http = new OkHttpClient.Builder()
                .socketFactory(new Sockets())
                .fastFallback(false)
                .build();
        Map<String, Integer> outcomes = new TreeMap<>();
        try (FineTuneClient client = FineTuneClient.builder()
                .environment(Map.of())
                .apiKey(ApiKey.of(Wire.CANARY))
                .endpoint(Endpoint.of("http://127.0.0.1:1"))
                .okHttpClient(http)
                .timing(new NoWaits(), () -> 0.0)
                .build()) {
            for (int i = 0; i < CALLS; i++) {
                answer = mutated();
                boolean write = random.nextInt(3) == 0;
                List<Consumer<FineTuneClient>> calls = write ? WRITES : READS;
                outcomes.merge(outcome(client, calls.get(random.nextInt(calls.size())), write, i), 1, Integer::sum);
            }
        }
        System.out.println("mutated answers, seed " + SEED + ": " + outcomes);
        assertThat(outcomes).containsKeys("done", "UNREADABLE", "NETWORK", "SERVER", "NOT_FOUND");
        assertThat(outcomes.keySet())
                .allMatch(outcome -> !outcome.startsWith("a defect") || outcome.matches(".* ok(http3|io)[.].*"));
    }

    private String outcome(FineTuneClient client, Consumer<FineTuneClient> call, boolean write, int number) {
        String about = "call " + number + " of seed " + SEED + ": " + new String(answer, StandardCharsets.ISO_8859_1);
        try {
            call.accept(client);
            return "done";
        } catch (FineTuneException e) {
            assertThat(e.getMessage()).as(about).doesNotContain(Wire.CANARY);
            if (e.kind() == Kind.UNREADABLE) {
                assertThat(e.uncertain()).as(about).isEqualTo(write);
            }
            return e.getCause() instanceof RuntimeException defect
                    ? "a defect in " + defect.getStackTrace()[0].getClassName()
                    : e.kind().name();
        } catch (RuntimeException | Error e) {
            throw new AssertionError(about, e);
        }
    }

    private byte[] mutated() {
        String body = BODIES.get(random.nextInt(BODIES.size()));
        byte[] content = changed(body, random.nextInt(4)).getBytes(StandardCharsets.ISO_8859_1);
        String head = HEADS.get(random.nextInt(HEADS.size()));
        if (head.contains("gzip") && random.nextInt(4) > 0) {
            content = gzip(content);
        }
        if (head.contains("chunked") && random.nextInt(4) > 0) {
            content = bytes(Integer.toHexString(content.length) + "\r\n"
                    + new String(content, StandardCharsets.ISO_8859_1) + "\r\n0\r\n\r\n");
        } else if (random.nextBoolean()) {
            head += "Content-Length: " + (content.length + random.nextInt(8) / 7) + "\r\n";
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(bytes(changed(head, random.nextInt(8) / 5) + "\r\n"));
        all.writeBytes(
                random.nextInt(8) == 0 ? bytes(changed(new String(content, StandardCharsets.ISO_8859_1), 1)) : content);
        return all.toByteArray();
    }

    private String changed(String text, int times) {
        StringBuilder changed = new StringBuilder(text);
        for (int i = 0; i < times; i++) {
            int at = random.nextInt(changed.length() + 1);
            int end = Math.min(changed.length(), at + random.nextInt(6));
            switch (random.nextInt(6)) {
                case 0 -> changed.setLength(at);
                case 1 -> changed.delete(at, end);
                case 2 -> changed.insert(at, changed.substring(at, end));
                case 3 -> changed.insert(at, (char) random.nextInt(256));
                default -> changed.insert(at, PIECES.get(random.nextInt(PIECES.size())));
            }
        }
        return changed.toString();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] gzip(byte[] content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return bytes.toByteArray();
    }

    private static final class NoWaits extends TimeSource {
        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public Instant now() {
            return FakeTiming.START;
        }

        @Override
        public boolean sleep(Duration duration, CountDownLatch cancelled) {
            return false;
        }
    }

    /** Sockets in memory, each of which answers once and ends: real ones would run out of ports. */
    private final class Sockets extends SocketFactory {
        @Override
        public Socket createSocket() {
            return new OneAnswer();
        }

        @Override
        public Socket createSocket(String host, int port) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress local, int localPort) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(InetAddress host, int port) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
            throw new UnsupportedOperationException();
        }
    }

    private final class OneAnswer extends Socket {
        private final InputStream in = new ByteArrayInputStream(answer);
        private boolean closed;

        @Override
        public void connect(SocketAddress address, int timeout) {}

        @Override
        public boolean isConnected() {
            return true;
        }

        @Override
        public boolean isClosed() {
            return closed;
        }

        @Override
        public InputStream getInputStream() throws IOException {
            if (closed) {
                throw new SocketException("closed");
            }
            return in;
        }

        @Override
        public OutputStream getOutputStream() {
            return OutputStream.nullOutputStream();
        }

        @Override
        public void setSoTimeout(int millis) {}

        @Override
        public void setTcpNoDelay(boolean on) {}

        @Override
        public synchronized void close() {
            closed = true;
        }
    }
}
