package dev.ftj.script;

import static dev.ftj.script.FineTune.cancel;
import static dev.ftj.script.FineTune.client;
import static dev.ftj.script.FineTune.create;
import static dev.ftj.script.FineTune.delete;
import static dev.ftj.script.FineTune.job;
import static dev.ftj.script.FineTune.jobs;
import static dev.ftj.script.FineTune.list;
import static dev.ftj.script.FineTune.metrics;
import static dev.ftj.script.FineTune.node;
import static dev.ftj.script.FineTune.sandbox;
import static dev.ftj.script.FineTune.stop;
import static dev.ftj.script.FineTune.use;
import static dev.ftj.script.FineTune.watch;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ftj.ApiKey;
import dev.ftj.Endpoint;
import dev.ftj.FineTuneClient;
import dev.ftj.FineTuneException;
import dev.ftj.FineTuneException.Kind;
import dev.ftj.FineTuneJob;
import dev.ftj.JobStatus;
import dev.ftj.NewJob;
import dev.ftj.sandbox.Sandbox;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The helpers as a script sees them, against the simulated API, whose jobs reach no book. */
class FineTuneTest {
    @Test
    void aJobIsOneReadableLine() {
        try (SandboxScope sandbox = sandbox()) {
            assertThat(job(sandbox.sampleId()).toString())
                    .hasLineCount(1)
                    .contains(Sandbox.SAMPLE_JOB_ID, "COMPLETED", "s3://");
            assertThat(sandbox.toString()).hasLineCount(1).contains("job(\"" + Sandbox.SAMPLE_JOB_ID + "\")");
        }
    }

    @Test
    void manyJobsAreTheirRecordsInTheOrderOfTheirNames() {
        try (SandboxScope sandbox = sandbox()) {
            String sample = sandbox.sampleId();
            String other = list().stream()
                    .map(FineTuneJob::id)
                    .filter(id -> !id.equals(sample))
                    .findFirst()
                    .orElseThrow();

            assertThat(jobs(other, sample, "@1", other))
                    .extracting(FineTuneJob::id)
                    .startsWith(other, sample)
                    .endsWith(other);
            assertThat(jobs(List.of())).isEmpty();
        }
    }

    @Test
    void theFirstFailureOfManyIsThrownWithTheOthersWhenAllWereAskedFor() {
        try (SandboxScope sandbox = sandbox()) {
            assertThatExceptionOfType(FineTuneException.class)
                    .isThrownBy(() -> jobs("@nobody", "ftj-error-404", "", sandbox.sampleId()))
                    .satisfies(failure -> {
                        assertThat(failure.kind()).isEqualTo(Kind.USAGE);
                        assertThat(failure).hasMessageStartingWith("@nobody: ");
                        assertThat(failure.getSuppressed())
                                .extracting(other -> ((FineTuneException) other).kind())
                                .containsExactly(Kind.NOT_FOUND, Kind.USAGE);
                    });
            assertThat(job("@last").id()).isEqualTo(sandbox.sampleId());
        }
    }

    @Test
    void theLastJobIsTheOneThatWasReturnedLast() {
        try (SandboxScope sandbox = sandbox()) {
            assertThatExceptionOfType(FineTuneException.class)
                    .isThrownBy(() -> job("@last"))
                    .withMessageStartingWith("@last: no job was shown yet.");
            assertThatExceptionOfType(FineTuneException.class)
                    .isThrownBy(() -> jobs("ftj-error-404", sandbox.sampleId(), "ftj-error-403"));

            assertThat(job("@last").id()).isEqualTo(sandbox.sampleId());
        }
    }

    @Test
    void closingASandboxRestoresWhatWasInWhateverOrderTheyAreClosed() {
        SandboxScope first = sandbox();
        FineTuneClient ofFirst = client();
        SandboxScope second = sandbox();
        FineTuneClient ofSecond = client();

        first.close();
        assertThat(client()).isSameAs(ofSecond).isNotSameAs(ofFirst);
        assertThat(job(second.sampleId()).id()).isEqualTo(second.sampleId());

        try (Sandbox other = Sandbox.start();
                FineTuneClient own = FineTuneClient.builder()
                        .endpoint(Endpoint.of(other.endpoint()))
                        .apiKey(ApiKey.of(other.apiKey()))
                        .build()) {
            use(own);
            assertThat(client()).isSameAs(own);
            SandboxScope third = sandbox();
            assertThat(client()).isNotSameAs(own);
            third.close();
            third.close();
            second.close();
            assertThat(client()).isSameAs(own);
        }
    }

    /** What jshell shows of a call while it is typed: a name that the compiler made up would be no help. */
    @Test
    void everyParameterHasItsRealNameAndNothingIsCheckedThatAScriptWouldHaveToCatch() {
        List<Method> methods = Stream.of(FineTune.class, SandboxScope.class)
                .flatMap(type -> Stream.of(type.getDeclaredMethods()))
                .filter(method -> Modifier.isPublic(method.getModifiers()))
                .toList();

        assertThat(methods)
                .flatExtracting(method -> List.of(method.getParameters()))
                .allMatch(Parameter::isNamePresent);
        assertThat(methods)
                .flatExtracting(method -> List.of(method.getExceptionTypes()))
                .isEmpty();
    }

    /** In place of what was: simulated jobs that live a whole life in a fraction of a second. */
    private static void fast(Runnable script) {
        try (SandboxScope restores = sandbox();
                Sandbox fast = Sandbox.builder().speed(60).start();
                FineTuneClient own = FineTuneClient.builder()
                        .environment(Map.of())
                        .endpoint(Endpoint.of(fast.endpoint()))
                        .apiKey(ApiKey.of(fast.apiKey()))
                        .build()) {
            assertThat(restores).isNotNull();
            use(own);
            script.run();
        }
    }

    @Test
    void aJobIsCreatedFollowedToItsEndAndMeasured() {
        fast(() -> {
            FineTuneJob made =
                    create(NewJob.builder().name("made").train("file-1").build());
            String id = String.valueOf(made.id());
            List<String> statuses = new ArrayList<>();
            FineTuneJob end = watch(id, job -> statuses.add(String.valueOf(job.status())));
            assertThat(end.status()).isEqualTo(JobStatus.COMPLETED);
            assertThat(statuses).last().isEqualTo("COMPLETED");
            assertThat(FineTune.await(id, Duration.ofMinutes(1)).json())
                    .isEqualTo(FineTune.await(id).json());
            assertThat(metrics("@last").size()).isPositive();
        });
    }

    @Test
    void aListIsInTheServersOrderAndGivesItsRowsNumbers() {
        fast(() -> {
            List<FineTuneJob> all = list();
            assertThat(all).hasSizeGreaterThan(9);
            assertThat(job("@3").id()).isEqualTo(all.get(2).id());
            assertThat(list(JobStatus.FAILED, JobStatus.STOPPED))
                    .isNotEmpty()
                    .extracting(FineTuneJob::status)
                    .containsOnly(JobStatus.FAILED, JobStatus.STOPPED);
            assertThat(node().isDocumented()).isTrue();
        });
    }

    @Test
    void whatWasMerelyShownIsNotActedOn() {
        fast(() -> {
            String running = "ftj-press-line-cycles-7a2f49be";
            job(running);
            list();
            for (Consumer<String> act : List.<Consumer<String>>of(FineTune::stop, FineTune::cancel, FineTune::delete)) {
                for (String word : List.of("@last", "@1")) {
                    assertThatExceptionOfType(FineTuneException.class)
                            .isThrownBy(() -> act.accept(word))
                            .withMessageContaining("named by its id")
                            .extracting(FineTuneException::kind)
                            .isEqualTo(Kind.USAGE);
                }
            }
            assertThat(job(running).status()).isEqualTo(JobStatus.RUNNING);
            assertThat(stop(running).status()).isIn(JobStatus.STOPPING, JobStatus.STOPPED);
            assertThat(cancel("ftj_hvac_anomalies_c6d81f30").status()).isEqualTo(JobStatus.CANCELLED);
            assertThat(job(running).id()).isEqualTo(running);
            delete(running);
            assertThat(job("@last").id()).isNotEqualTo(running);
            assertThatExceptionOfType(FineTuneException.class)
                    .isThrownBy(() -> job(running))
                    .extracting(FineTuneException::kind)
                    .isEqualTo(Kind.NOT_FOUND);
        });
    }
}
