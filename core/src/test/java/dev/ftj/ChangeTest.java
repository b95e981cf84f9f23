package dev.ftj;

import static dev.ftj.Wire.ID;
import static dev.ftj.Wire.always;
import static dev.ftj.Wire.answer;
import static dev.ftj.Wire.client;
import static dev.ftj.Wire.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.ftj.FineTuneException.Kind;
import dev.ftj.testing.QuickServer;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that change something: what is sent, how often, and what is said where nobody knows what came of it. */
class ChangeTest {
    private static final NewJob NEW_JOB =
            NewJob.builder().name("run").train("file-1").build();

    /** The changes that there are, through both faces. */
    enum Change {
        STOP("PUT", "/v0.5/fine-tune/jobs/ftj-1/stop", client -> client.stop(ID)),
        STOP_ASYNC(
                "PUT",
                "/v0.5/fine-tune/jobs/ftj-1/stop",
                client -> client.async().stop(JobId.of(ID)).join()),
        CANCEL("PUT", "/v0.5/fine-tune/jobs/ftj-1/cancel", client -> client.cancel(ID)),
        CANCEL_ASYNC(
                "PUT",
                "/v0.5/fine-tune/jobs/ftj-1/cancel",
                client -> client.async().cancel(JobId.of(ID)).join()),
        DELETE("DELETE", "/v0.5/fine-tune/jobs/ftj-1", client -> client.delete(ID)),
        DELETE_ASYNC(
                "DELETE",
                "/v0.5/fine-tune/jobs/ftj-1",
                client -> client.async().delete(JobId.of(ID)).join()),
        CREATE("POST", "/v0.5/fine-tune/jobs", client -> client.create(NEW_JOB)),
        CREATE_ASYNC(
                "POST",
                "/v0.5/fine-tune/jobs",
                client -> client.async().create(NEW_JOB).join());

        final String method;
        final String target;
        private final Consumer<FineTuneClient> call;

        Change(String method, String target, Consumer<FineTuneClient> call) {
            this.method = method;
            this.target = target;
            this.call = call;
        }

        void send(FineTuneClient client) {
            try {
                call.accept(client);
            } catch (CompletionException e) {
                throw (FineTuneException) e.getCause();
            }
        }
    }

    @StartStop
    private final MockWebServer server = QuickServer.create();

    private final FakeTiming timing = new FakeTiming();

    private FineTuneException failure(Change change) {
        return failure(change, client(server, timing));
    }

    private static FineTuneException failure(Change change, FineTuneClientBuilder builder) {
        try (FineTuneClient client = builder.build()) {
            return catchThrowableOfType(FineTuneException.class, () -> change.send(client));
        }
    }

    private void succeeds(Change change) {
        try (FineTuneClient client = client(server, timing).build()) {
            change.send(client);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theRequestIsAsDocumented(Change change) throws Exception {
        server.enqueue(ok());
        succeeds(change);
        RecordedRequest request = server.takeRequest();
        assertThat(request.getMethod()).isEqualTo(change.method);
        assertThat(request.getTarget()).isEqualTo(change.target);
        assertThat(request.getHeaders().values("Authorization")).containsExactly("Bearer " + Wire.CANARY);
        if (change.method.equals("POST")) {
            assertThat(request.getHeaders().get("Content-Type")).isEqualTo("application/json");
            assertThat(request.getBody().utf8()).isEqualTo(NEW_JOB.json());
        }
    }

    @ParameterizedTest
    @EnumSource
    void isRepeatedWhereTheServerSaysThatItIsTooBusy(Change change) {
        server.enqueue(answer(429, "Retry-After", "0"));
        server.enqueue(ok());
        succeeds(change);
        assertThat(server.getRequestCount()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void aServerThatNamesATimeIsAskedAgainThenButNothingIsCreatedTwice(Change change) {
        always(server, answer(503, "Retry-After", "2"));
        FineTuneException e = failure(change);
        assertThat(server.getRequestCount()).isEqualTo(change.method.equals("POST") ? 1 : 4);
        assertThat(e.kind()).isEqualTo(Kind.SERVER);
        assertThat(e.uncertain()).isEqualTo(change.method.equals("POST"));
    }

    @ParameterizedTest
    @CsvSource({"408", "500", "502", "503", "504"})
    void isSentOnceWhereNothingSaysThatItWasNotCarriedOut(int status) {
        for (Change change : Change.values()) {
            int before = server.getRequestCount();
            always(server, answer(status, ""));
            FineTuneException e = failure(change);
            assertThat(server.getRequestCount() - before).isEqualTo(1);
            assertThat(e.uncertain()).isEqualTo(status >= 500);
        }
    }

    @ParameterizedTest
    @EnumSource
    void isSentOnceWhereTheAnswerIsLost(Change change) {
        always(
                server,
                new MockResponse.Builder()
                        .onResponseStart(new SocketEffect.CloseSocket())
                        .build());
        FineTuneException e = failure(change);
        assertThat(server.getRequestCount()).isEqualTo(1);
        assertThat(e.kind()).isEqualTo(Kind.NETWORK);
        assertThat(e.uncertain()).isTrue();
        assertThat(e.retryable()).isFalse();
        assertThat(e).hasMessageContaining("; it may have been carried out all the same. ");
        assertThat(e).hasMessageContaining(change.method.equals("POST") ? "List the jobs" : "Check the job");
    }

    @ParameterizedTest
    @EnumSource
    void isSentOnceWhereNoAnswerComesInTime(Change change) {
        always(
                server,
                new MockResponse.Builder()
                        .onResponseStart(SocketEffect.Stall.INSTANCE)
                        .build());
        FineTuneException e = failure(change, client(server).timeout(Duration.ofMillis(200)));
        assertThat(server.getRequestCount()).isEqualTo(1);
        assertThat(e.kind()).isEqualTo(Kind.TIMEOUT);
        assertThat(e.uncertain()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(names = {"STOP", "CANCEL", "DELETE", "CREATE"})
    void saysThatItMayBeDoneWhereItIsInterruptedAfterItWasSent(Change change) {
        always(
                server,
                new MockResponse.Builder()
                        .onResponseStart(SocketEffect.Stall.INSTANCE)
                        .build());
        Thread caller = Thread.currentThread();
        Thread impatient = new Thread(() -> {
            await().until(() -> server.getRequestCount() == 1);
            caller.interrupt();
        });
        impatient.start();
        FineTuneException e = failure(change, client(server));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(e.kind()).isEqualTo(Kind.CANCELLED);
        assertThat(e.uncertain()).isTrue();
        assertThat(e).hasMessageContaining("cancelled; it may have been carried out all the same. ");
    }

    @Test
    void isCertainlyNotDoneWhereItIsInterruptedBeforeItIsSent() {
        Thread.currentThread().interrupt();
        FineTuneException e = failure(Change.STOP, client(server).endpoint(Endpoint.of("http://127.0.0.1:1")));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(e.uncertain()).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void isTriedAgainWhereNobodyWasThereToReceiveIt(Change change) throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        FineTuneException e = failure(change, client(server, timing).endpoint(Endpoint.of("http://127.0.0.1:" + free)));
        assertThat(e.attempts()).isEqualTo(4);
        assertThat(e.uncertain()).isFalse();
        assertThat(e.retryable()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 409, 422})
    void aRefusalIsCertain(int status) {
        always(server, answer(status, ""));
        for (Change change : Change.values()) {
            int before = server.getRequestCount();
            FineTuneException e = failure(change);
            assertThat(e.uncertain()).isFalse();
            assertThat(e.httpStatus()).isEqualTo(status);
            assertThat(server.getRequestCount() - before).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void isNotSentToWhereARedirectLeads(Change change) {
        always(server, answer(307, "Location", "/v0.5/elsewhere"));
        FineTuneException e = failure(change);
        assertThat(server.getRequestCount()).isEqualTo(1);
        assertThat(e.kind()).isEqualTo(Kind.SERVER);
        assertThat(e).hasMessageContaining("/v0.5/elsewhere");
    }

    @Test
    void whatIsGoneAfterAnUncertainDeletionIsDeleted() {
        server.enqueue(answer(503, "Retry-After", "1"));
        server.enqueue(answer(404, ""));
        succeeds(Change.DELETE);
        assertThat(server.getRequestCount()).isEqualTo(2);
    }

    @Test
    void whatIsGoneAfterARefusalWasNeverThere() {
        server.enqueue(answer(429, "Retry-After", "1"));
        server.enqueue(answer(404, ""));
        assertThat(failure(Change.DELETE).kind()).isEqualTo(Kind.NOT_FOUND);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\"deleted\"", "{}", "null", "{\"id\": \"ftj-1\"}", "gone"})
    void aDeletionIsDoneWhateverTheAnswerSays(String body) {
        server.enqueue(answer(200, body));
        succeeds(Change.DELETE);
        server.enqueue(new MockResponse.Builder().code(204).build());
        succeeds(Change.DELETE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\": \"ftj-1\", \"deleted\": true, \"error\": null, \"errors\": []}",
                "{\"id\": \"ftj-1\", \"error\": \"\", \"errors\": { }}",
                "{\"id\": \"other\", \"uuid\": \"ftj-1\"}",
                "{\"deleted\": true}",
                "[]"
            })
    void aDeletionIsDoneIfTheAnswerDoesNotDenyIt(String body) {
        server.enqueue(answer(200, body));
        succeeds(Change.DELETE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\": \"ftj-1\", \"deleted\": false}",
                "{\"errors\": [{\"code\": \"x\", \"message\": \"cannot delete\"}]}",
                "{\"id\": \"ftj-1\", \"error\": \"cannot delete\"}",
                "<html>Sign in</html>",
                "{\"id\": \"ftj-1\", \"dele",
                "{\"id\": \"other\", \"status\": \"RUNNING\"}"
            })
    void aDeletionThatTheAnswerDoesNotConfirmIsUncertain(String body) {
        server.enqueue(answer(200, body));
        FineTuneException e = failure(Change.DELETE);
        assertThat(e.kind()).isEqualTo(Kind.UNREADABLE);
        assertThat(e.uncertain()).isTrue();
        assertThat(e).hasMessageContaining("ftj-1: the answer is ").hasMessageContaining("Check the job");
    }

    @Test
    void anErrorThatSaysThatItIsGoneAfterAnUncertainDeletionIsNoFailure() {
        server.enqueue(answer(503, "Retry-After", "1"));
        server.enqueue(answer(404, "{\"errors\": [{\"message\": \"no such job\"}]}"));
        succeeds(Change.DELETE);
    }

    @Test
    void anExcerptKeepsItsEllipsis() {
        String cut = "x".repeat(120) + "...";
        server.enqueue(answer(200, "x".repeat(200)));
        FineTuneException e = failure(Change.STOP);
        assertThat(e).hasMessageContaining(cut + "; it may have been carried out all the same. Check the job");
        server.enqueue(answer(200, "x".repeat(200)));
        try (FineTuneClient client = client(server, timing).build()) {
            FineTuneException certain = catchThrowableOfType(FineTuneException.class, () -> client.job(ID));
            assertThat(certain).hasMessageContaining(cut + " Check the endpoint");
            assertThat(certain.summary()).endsWith("x...");
        }
        assertThat(FineTuneException.of(Kind.USAGE, "a", "wait...")).hasMessage("a. wait...");
    }

    @Test
    void anAnswerThatIsNoRecordLeavesItUncertain() {
        server.enqueue(answer(200, "<html>"));
        FineTuneException e = failure(Change.STOP);
        assertThat(e.kind()).isEqualTo(Kind.UNREADABLE);
        assertThat(e.uncertain()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(names = {"STOP", "CANCEL", "DELETE", "CREATE"})
    void whoeverHasEnoughOfWaitingForTheAnswerIsToldThatItMayHaveBeenDone(Change change) throws Exception {
        always(
                server,
                new MockResponse.Builder()
                        .onResponseStart(SocketEffect.Stall.INSTANCE)
                        .build());
        FineTuneException e = interrupted(change, () -> server.getRequestCount() == 1);
        assertThat(e.kind()).isEqualTo(Kind.CANCELLED);
        assertThat(e.uncertain()).isTrue();
        assertThat(e).hasMessageContaining("may have been carried out");
    }

    @ParameterizedTest
    @CsvSource({"429, false", "503, true"})
    void whoeverHasEnoughBetweenTwoAttemptsIsToldWhatTheFirstMayHaveDone(int status, boolean uncertain)
            throws Exception {
        always(server, answer(status, "Retry-After", "30"));
        List<Attempt> attempts = new CopyOnWriteArrayList<>();
        FineTuneException e =
                interrupted(Change.STOP, client(server).onAttempt(attempts::add), () -> attempts.size() == 1);
        assertThat(e.kind()).isEqualTo(Kind.CANCELLED);
        assertThat(e.uncertain()).isEqualTo(uncertain);
    }

    private FineTuneException interrupted(Change change, Callable<Boolean> when) throws Exception {
        return interrupted(change, client(server), when);
    }

    private static FineTuneException interrupted(Change change, FineTuneClientBuilder builder, Callable<Boolean> when)
            throws Exception {
        FutureTask<FineTuneException> task = new FutureTask<>(() -> failure(change, builder));
        Thread thread = new Thread(task);
        thread.start();
        await().until(when);
        thread.interrupt();
        return task.get(10, TimeUnit.SECONDS);
    }

    @Test
    void aJobWithAnIdOfItsOwnMustComeBackWithIt() {
        NewJob job = NewJob.builder().name("n").id("mine").train("f").build();
        server.enqueue(answer(200, Wire.record("theirs")));
        try (FineTuneClient client = client(server, timing).build()) {
            FineTuneException e = catchThrowableOfType(FineTuneException.class, () -> client.create(job));
            assertThat(e.kind()).isEqualTo(Kind.UNREADABLE);
        }
    }
}
