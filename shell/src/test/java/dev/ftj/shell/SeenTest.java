package dev.ftj.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ftj.shell.Program.Result;
import dev.ftj.testing.QuickServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import mockwebserver3.MockWebServer;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a card tells of the statuses that a job was seen in before. */
class SeenTest {
    private static final String TIME = "(\\d{4}-\\d\\d-\\d\\d )?\\d\\d:\\d\\d";

    @StartStop
    public final MockWebServer server = QuickServer.create();

    @TempDir
    Path home;

    private final Api api = new Api();

    @BeforeEach
    void serve() {
        server.setDispatcher(api);
    }

    private Program ftj() {
        return Program.of(server, home);
    }

    private void is(String status) {
        api.answer("ftj-1", Api.record("ftj-1", "n", status));
    }

    private static Stream<String> seen(Result card) {
        return card.out().lines().filter(line -> line.startsWith("seen "));
    }

    @Test
    void theCardTellsEachStatusThatTheJobWasSeenInThePresentOneToo() {
        is("REGISTERED");
        assertThat(seen(ftj().run("get", "ftj-1"))).isEmpty();
        is("RUNNING");
        ftj().run("get", "ftj-1", "-o", "json");
        assertThat(seen(ftj().run("get", "ftj-1")))
                .singleElement()
                .asString()
                .matches("seen +REGISTERED " + TIME + " > RUNNING " + TIME);
        is("COMPLETED");

        Result completed = ftj().run("get", "ftj-1", "ftj-1");

        assertThat(seen(completed))
                .hasSize(2)
                .allMatch(line ->
                        line.matches("seen +REGISTERED " + TIME + " > RUNNING " + TIME + " > COMPLETED " + TIME));
        assertThat(completed.err()).isEmpty();
    }

    @Test
    void itStandsBelowTheTimesOfTheRecord() {
        String times = "\"created_at\": \"2026-01-01T00:00:00Z\", \"updated_at\": \"2026-01-01T00:00:00Z\"";
        for (String status : new String[] {"RUNNING", "FAILED"}) {
            api.answer("ftj-1", "{\"id\": \"ftj-1\", \"status\": \"" + status + "\", \"x\": 1, " + times + "}");
            ftj().run("get", "ftj-1", "--field", "id");
        }

        assertThat(ftj().run("get", "ftj-1").out().lines().map(line -> line.replaceFirst(" .*", "")))
                .containsSubsequence("created", "updated", "seen", "inference", "x");
    }

    @Test
    void aStatusThatWasLearnedLateBeganNoLaterThanTheLastUpdate() {
        api.answer("ftj-1", at("REGISTERED", "2020-01-01T10:00:00Z"));
        ftj().run("get", "ftj-1", "-o", "json");
        api.answer("ftj-1", at("completed", "2020-01-03T10:00:00Z"));
        ftj().run("get", "ftj-1", "-o", "json");
        // an update in the same status, however written, dates nothing anew
        api.answer("ftj-1", at("COMPLETED", "2020-01-04T10:00:00Z"));

        for (int i = 0; i < 2; i++) {
            assertThat(seen(ftj().run("get", "ftj-1")))
                    .singleElement()
                    .asString()
                    .matches("seen +REGISTERED 20\\d\\d-\\d\\d-\\d\\d "
                            + "\\d\\d:\\d\\d > completed 2020-01-0[234] \\d\\d:\\d\\d")
                    .contains("REGISTERED 2020-01-0")
                    .doesNotContain("2020-01-04");
        }
        assertThat(ftj().run("saved", "-o", "json").out()).isEqualTo("[]\n");
    }

    @Test
    void whatTheClocksDisagreeAboutIsDatedByTheLook() {
        api.answer("ftj-1", at("RUNNING", "2999-01-01T10:00:00Z"));
        ftj().run("get", "ftj-1", "-o", "json");
        api.answer("ftj-1", at("FAILED", "2020-01-01T10:00:00Z"));

        assertThat(seen(ftj().run("get", "ftj-1"))).singleElement().asString().doesNotContain("2999", "2020-01");
    }

    private static String at(String status, String updated) {
        return Api.record("ftj-1", "n", status).replaceFirst("\\{", "{\"updated_at\": \"" + updated + "\", ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"json", "jsonl", "yaml"})
    void dataForProgramsIsTheServersAlone(String format) {
        is("RUNNING");
        ftj().run("get", "ftj-1");
        is("FAILED");

        assertThat(ftj().run("get", "ftj-1", "-o", format).out()).doesNotContain("seen");
    }

    @Test
    void nothingIsToldWhereNothingIsRemembered() {
        is("RUNNING");
        ftj().run("get", "ftj-1");
        is("FAILED");

        assertThat(seen(ftj().with("FTJ_REMEMBER", "off").run("get", "ftj-1"))).isEmpty();
    }

    @Test
    void aBookThatCannotBeReadIsOneWarningAndTheCardComes() throws IOException {
        is("RUNNING");
        ftj().run("get", "ftj-1");
        try (Stream<Path> files = Files.walk(home)) {
            for (Path book :
                    files.filter(file -> file.toString().endsWith(".jsonl")).toList()) {
                Files.delete(book);
                Files.createSymbolicLink(book, home.resolve("elsewhere"));
            }
        }
        is("FAILED");

        Result result = ftj().run("get", "ftj-1");

        assertThat(result.code()).isZero();
        assertThat(result.out()).contains("FAILED");
        assertThat(seen(result)).isEmpty();
        assertThat(result.err()).startsWith("ftj: warning: ").hasLineCount(1);
    }
}
