package dev.ftj.sandbox;

import com.sun.net.httpserver.HttpServer;
import dev.ftj.internal.concurrent.Daemons;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A simulated fine-tune API on 127.0.0.1, for trying, teaching and testing: it speaks real HTTP, and needs neither a
 * key of yours nor a network.
 *
 * <pre>{@code
 * try (Sandbox sandbox = Sandbox.start()) {
 *     // point any client at sandbox.endpoint() with sandbox.apiKey(), and ask for Sandbox.SAMPLE_JOB_ID
 * }
 * }</pre>
 *
 * <p>It holds the sample job of the API's reference page, jobs in every status, jobs that live a whole life within
 * seconds of the start, and ids that answer with each documented error: see {@link #jobIds()}. Jobs can be listed,
 * created, stopped, cancelled and deleted, and have metrics; a created one lives a whole life, too. It answers only to
 * its own key and its own host, and keeps nothing when it is closed. Its threads are daemons: an unclosed sandbox ends with
 * the JVM. A request that is not valid is a 422 that names the first problem: {@code {"detail": [{"loc", "msg", "type"}]}}.
 *
 * <p>Files can be uploaded, directly or in one request, listed, downloaded and deleted. The direct flow's presigned URLs
 * point to a second port of 127.0.0.1, and live for an hour; a request there that carries an {@code Authorization} header
 * is refused, as object storages do. Parts have 5 MiB; contents of more than 16 MiB are checked and counted, but not
 * kept. An uploaded file is ingested within 3 seconds, or corrupt if its name begins with {@code corrupt}. The file name
 * {@code ftj-error-STATUS.EXT} is refused with that status, and {@code ftj-error-full.EXT} because of the quota.
 *
 * <p>The newer API (v0.6) has jobs of its own, with events and checkpoints, which can be read: {@link #newerJobIds()}.
 *
 * <p>Safe for use by several threads, and in several instances at once.
 *
 * @since 0.1.0
 */
public final class Sandbox implements AutoCloseable {
    /** The id of the sample job, whose record is the one of the API's reference page, letter for letter. */
    public static final String SAMPLE_JOB_ID = "ftj-my-finetune-run-3de60a5c";

    /** The key of a sandbox that was given no other; it opens nothing else. */
    public static final String DEFAULT_API_KEY = "sk_sandbox_not_a_real_key_0000";

    private final HttpServer server;
    private final int port;
    private final ExecutorService workers;
    private final String apiKey;
    private final SimulatedApi api;
    private final ObjectStorage storage;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Sandbox(Builder builder) {
        apiKey = builder.apiKey;
        api = new SimulatedApi(builder.clock.instant(), builder.speed, builder.seed);
        workers = Executors.newCachedThreadPool(task -> Daemons.of("ftj-sandbox", task));
        storage = new ObjectStorage(
                workers, builder.clock, new FaultInjector(builder.weather, builder.seed), builder.each);
        SimulatedFiles files = new SimulatedFiles(builder.fileStyle, builder.clock.instant(), builder.speed, storage);
        FaultInjector faults = new FaultInjector(builder.weather, builder.seed);
        server = RequestHandler.serve(
                builder.port, workers, new RequestHandler(api, files, apiKey, builder.clock, faults, builder.each));
        port = server.getAddress().getPort();
    }

    /**
     * {@return a running sandbox, to be closed: on any free port, with the default key, at the usual speed}
     *
     * @throws UncheckedIOException if no port can be opened on loopback
     */
    public static Sandbox start() {
        return builder().start();
    }

    /** {@return a builder with the settings of {@link #start()}} */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * {@return the base URL to point a client at, {@code http://127.0.0.1:PORT/v0.5}} With {@code /v0.6} in place of
     * {@code /v0.5} it is that of the newer API.
     */
    public String endpoint() {
        return "http://127.0.0.1:" + port + SimulatedApi.VERSION_PATH;
    }

    /** {@return the key that this sandbox accepts, as {@code Authorization: Bearer} wants it} */
    public String apiKey() {
        return apiKey;
    }

    /**
     * {@return the ids that are worth trying, unmodifiable and never empty: the sample, the jobs that live, those in every
     * status, unusual ones, those created since, errors} Deleted jobs are not among them; one id needs quoting and encoding.
     */
    public List<String> jobIds() {
        return api.jobIds();
    }

    /** {@return the ids of the jobs of the newer API (v0.6), unmodifiable, a job that has succeeded first} */
    public List<String> newerJobIds() {
        return api.newerJobIds();
    }

    /** Stops answering and frees the port, cutting off requests under way; does nothing the second time. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            server.stop(0);
            storage.close();
            workers.shutdownNow();
        }
    }

    /** {@return the address of this sandbox, on one line, without the key} */
    @Override
    public String toString() {
        return "Sandbox at " + endpoint();
    }

    /**
     * In which of the two forms found in public sources the file endpoints answer. In both, a name that is taken is a
     * 409.
     */
    public enum FileStyle {
        /**
         * As in the API's reference: parts are numbered from 0, each has its own {@code expires_at}, a part's token is
         * the {@code ETag} with its quotes.
         */
        REFERENCE,

        /**
         * As in the vendor's example programs: parts are numbered from 1, {@code expires_at} stands once on top, and a
         * token has no quotes.
         */
        EXAMPLES
    }

    /** The faults that requests meet. */
    public enum Weather {
        /** Every request arrives, and so does its answer. */
        CALM,

        /**
         * About a third of the requests meet something. An answer of 429 or 503 (both with {@code Retry-After: 1}), 500
         * or 502, or a connection that is closed without a word: the request was not carried out. An answer of 504, or
         * one that breaks off in its middle: it was carried out, and the answer is lost. Some answers are only slow, by
         * a second. Nothing is ever carried out by half.
         */
        STORMY
    }

    /** The settings of a sandbox that is not started yet. */
    public static final class Builder {
        private static final int MAX_PORT = 0xFFFF;

        private double speed = 1;
        private int port;
        private String apiKey = DEFAULT_API_KEY;
        private InstantSource clock = InstantSource.system();
        private Weather weather = Weather.CALM;
        private FileStyle fileStyle = FileStyle.REFERENCE;
        private long seed = 8;
        private @Nullable Consumer<String> each;

        private Builder() {}

        /**
         * Sets how fast jobs live, the created ones too.
         *
         * @param factor 1 (as without this) for lives of about 12 seconds, 2 for half of that; finite and greater than 0
         * @return this
         * @throws IllegalArgumentException if the factor is none
         */
        public Builder speed(double factor) {
            if (!(factor > 0) || Double.isInfinite(factor)) {
                throw new IllegalArgumentException("the speed must be a finite number above 0, not " + factor);
            }
            speed = factor;
            return this;
        }

        /**
         * Sets the port to listen on.
         *
         * @param number 1 to 65535; 0 (as without this) for any free one
         * @return this
         * @throws IllegalArgumentException if there is no such port
         */
        public Builder port(int number) {
            if (number < 0 || number > MAX_PORT) {
                throw new IllegalArgumentException("a port is 0 to 65535, not " + number);
            }
            port = number;
            return this;
        }

        /**
         * Sets the key to accept.
         *
         * @param key visible ASCII characters, at least one
         * @return this
         * @throws IllegalArgumentException if no header can carry the key; the message does not show it
         */
        public Builder apiKey(String key) {
            if (key.isEmpty() || key.chars().anyMatch(c -> c <= ' ' || c > '~')) {
                throw new IllegalArgumentException("a key is made of visible ASCII characters");
            }
            apiKey = key;
            return this;
        }

        /**
         * Sets the clock that jobs live by.
         *
         * @param source the clock; a test can set it
         * @return this
         */
        public Builder clock(InstantSource source) {
            clock = source;
            return this;
        }

        /**
         * Sets the faults that requests meet.
         *
         * @param kind calm, as without this, or stormy
         * @return this
         */
        public Builder weather(Weather kind) {
            weather = kind;
            return this;
        }

        /**
         * Sets the form of the answers about files.
         *
         * @param style as in the reference, unless this is called
         * @return this
         */
        public Builder fileStyle(FileStyle style) {
            fileStyle = style;
            return this;
        }

        /**
         * Sets the seed of the faults and of the ids of created jobs.
         *
         * @param number any; requests that come in the same order meet the same for the same one. Without this, it is
         *     one whose first forty requests meet everything there is
         * @return this
         */
        public Builder seed(long number) {
            seed = number;
            return this;
        }

        /**
         * Sets a listener for each request, called when it has been answered.
         *
         * @param line gets one line: method, path and query as they were sent, status, milliseconds. It is not safe to
         *     print, and holds no header. Called on the sandbox's threads, several at once
         * @return this
         */
        public Builder onRequest(Consumer<String> line) {
            each = line;
            return this;
        }

        /**
         * {@return a running sandbox, to be closed}
         *
         * @throws UncheckedIOException if the port is taken or cannot be opened
         */
        public Sandbox start() {
            return new Sandbox(this);
        }
    }
}
