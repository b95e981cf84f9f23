package dev.ftj.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ftj.FineTuneClient;
import dev.ftj.FineTuneException;
import dev.ftj.FineTuneException.Kind;
import dev.ftj.internal.store.JobBook;
import dev.ftj.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The one shared client, and the job book beside it. */
class ScriptContextsTest {
    @AutoClose
    private final Sandbox sandbox = Sandbox.start();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path home;

    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void pointAtSandbox() {
        environment.put("ATAI_API_ENDPOINT", sandbox.endpoint());
        environment.put("ATAI_API_KEY", sandbox.apiKey());
        environment.put("FTJ_HOME", home.toString());
    }

    @Test
    void firstUsesAtOnceShareOneClient() throws Exception {
        ScriptContexts contexts = new ScriptContexts(environment);
        CountDownLatch begin = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try {
            List<Future<FineTuneClient>> clients = IntStream.range(0, 16)
                    .mapToObj(i -> threads.submit(() -> {
                        begin.await();
                        return contexts.current().client();
                    }))
                    .toList();
            begin.countDown();
            for (Future<FineTuneClient> client : clients) {
                assertThat(client.get()).isSameAs(contexts.current().client());
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aMissingKeySaysWhatToSetAtEachCallUntilThereIsOne() throws IOException {
        environment.put("ATAI_API_KEY", "");
        ScriptContexts contexts = new ScriptContexts(environment);
        for (int call = 0; call < 2; call++) {
            assertThatExceptionOfType(FineTuneException.class)
                    .isThrownBy(contexts::current)
                    .satisfies(failure -> assertThat(failure.kind()).isEqualTo(Kind.AUTH))
                    .withMessageStartingWith(
                            "no API key. Set ATAI_API_KEY, or ATAI_API_KEY_FILE to a file that holds it")
                    .withMessageContaining("sandbox() needs none");
        }

        environment.put(
                "ATAI_API_KEY_FILE",
                Files.writeString(home.resolve("key"), sandbox.apiKey() + "\n").toString());
        assertThat(contexts.current().client().job(Sandbox.SAMPLE_JOB_ID).id()).isEqualTo(Sandbox.SAMPLE_JOB_ID);
    }

    @Test
    void aKeyThatIsThereAndUselessIsToldAsThat() {
        environment.put("ATAI_API_KEY", "sk_\u00e9");

        assertThatExceptionOfType(FineTuneException.class)
                .isThrownBy(new ScriptContexts(environment)::current)
                .satisfies(failure -> assertThat(failure.kind()).isEqualTo(Kind.AUTH))
                .withMessageNotContaining("no API key");
    }

    @Test
    void whatIsShownIsInTheBookOfTheEndpointAndANameOfTheBookIsAJob() throws IOException {
        JobBook book = JobBook.open(home.resolve("data"), sandbox.endpoint());
        book.save(Sandbox.SAMPLE_JOB_ID, "best", null, Instant.now());
        ScriptContext context = new ScriptContexts(environment).current();

        assertThat(context.id("@best")).isEqualTo(Sandbox.SAMPLE_JOB_ID);
        context.shown(context.client().job(Sandbox.SAMPLE_JOB_ID));

        assertThat(book.last()).contains(Sandbox.SAMPLE_JOB_ID);
        assertThat(new ScriptContexts(environment).current().id("@last")).isEqualTo(Sandbox.SAMPLE_JOB_ID);
    }

    @Test
    void whatIsNotToBeRememberedIsKnownToThisProcessAlone() {
        environment.put("FTJ_REMEMBER", "off");
        ScriptContext context = new ScriptContexts(environment).current();

        context.shown(context.client().job(Sandbox.SAMPLE_JOB_ID));

        assertThat(context.id("@last")).isEqualTo(Sandbox.SAMPLE_JOB_ID);
        assertThat(home).isEmptyDirectory();
    }

    @Test
    void aBookThatCannotBeWrittenFailsNoCall() {
        environment.put("FTJ_HOME", "/dev/null/home");
        ScriptContext context = new ScriptContexts(environment).current();

        assertThat(context.shown(context.client().job(Sandbox.SAMPLE_JOB_ID)).id())
                .isEqualTo(Sandbox.SAMPLE_JOB_ID);
        assertThat(context.id("@last")).isEqualTo(Sandbox.SAMPLE_JOB_ID);
    }

    @Test
    void theSandboxKeepsItsJobsOutOfEveryBook() {
        ScriptContexts contexts = new ScriptContexts(environment);
        try (SandboxScope simulation = contexts.simulate()) {
            ScriptContext context = contexts.current();
            context.shown(context.client().job(simulation.sampleId()));
        }

        assertThat(home).isEmptyDirectory();
    }
}
