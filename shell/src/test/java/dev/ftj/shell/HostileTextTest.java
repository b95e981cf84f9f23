package dev.ftj.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ftj.shell.Program.Result;
import dev.ftj.testing.QuickServer;
import java.nio.file.Path;
import mockwebserver3.MockWebServer;
import mockwebserver3.junit5.StartStop;
import okhttp3.Headers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What others wrote is shown, and never acts on the terminal. */
class HostileTextTest {
    /** As a JSON string can spell it, raw where JSON allows that. */
    private static final String EVIL =
            "\\u001b]0;owned\\u0007\\u001b[2J\\r\\n\\u0000\u009b31m\u007f\u202egnp\u2066\u2028";

    @StartStop
    public final MockWebServer server = QuickServer.create();

    @TempDir
    Path home;

    private final Api api = new Api();

    @BeforeEach
    void serve() {
        server.setDispatcher(api);
        api.answer(
                "evil",
                "{\"id\": \"evil\", \"name\": \"" + EVIL + "\", \"status\": \"" + EVIL + "\", \"" + EVIL
                        + "\": {\"" + EVIL + "\": [\"" + EVIL + "\"]}, \"config\": {\"model\": \"" + EVIL
                        + "\", \"datasets\": [{\"name\": \"" + EVIL + "\", \"file_ids\": [\"" + EVIL + "\"]}]},"
                        + " \"created_at\": \"" + EVIL + "\", \"inference_config_path\": \"" + EVIL + "\"}");
        api.answer(
                "refused",
                400,
                "{\"errors\": [{\"code\": \"" + EVIL + "\", \"message\": \"" + EVIL + "\", \"suggestion\": \"" + EVIL
                        + "\", \"error_uid\": \"" + EVIL + "\"}, {\"code\": \"x\", \"message\": \"" + EVIL + "\"}]}");
        api.answer("page", 418, "<html>\u001b[2J\u009b31m\u202e");
        api.answer("moved", 302, "", Headers.of("Location", "https://evil.example/%1b[2J"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "json", "jsonl", "yaml"})
    void noFieldActsOnATerminalInAnyFormat(String format) {
        for (String terminals : new String[] {"", "ioe"}) {
            Result result = Program.of(server, home)
                    .at(terminals)
                    .run("get", "evil", "refused", "page", "moved", "-o", format, "--color", "never", "-vv");

            assertThat(result.code()).isEqualTo(2);
            harmless(result.out());
            harmless(result.err());
            assertThat(result.out()).contains("owned");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "json", "jsonl", "yaml"})
    void norDoesASavedJobInAnyFormat(String format) {
        Program ftj = Program.of(server, home).at("oe");
        ftj.run("get", "evil");
        ftj.run("save", "evil", "--note", "\u001b[2J\r\n\u202e\u009b");

        Result saved = ftj.run("saved", "-o", format, "--color", "never");

        assertThat(saved.code()).isZero();
        harmless(saved.out());
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "name", "status", "config", "config.datasets[0].file_ids"})
    void norDoesASingleField(String field) {
        harmless(Program.of(server, home).run("get", "evil", "--field", field).out());
    }

    @Test
    void norDoesWhatTheUserTyped() {
        Program ftj = Program.of(server, home);
        String evil = "\u001b[2J\u009b\u202e\n";

        for (String[] argv : new String[][] {
            {evil},
            {"get", evil},
            {"get", "@" + evil},
            {"get", "x", "--" + evil},
            {"get", "x", "-o", evil},
            {"get", "x", "--field", evil + "["},
            {"get", "x", "--api-key-file", evil.strip()},
            {"get", "x", "--endpoint", evil},
            {"save", "x", "--as", evil},
            {"forget", evil},
            {"help", evil}
        }) {
            Result result = ftj.run(argv);
            assertThat(result.code()).isNotZero();
            harmless(result.out());
            harmless(result.err());
        }
    }

    private static void harmless(String text) {
        assertThat(text.codePoints()
                        .filter(point -> point != '\n')
                        .filter(point -> Character.isISOControl(point)
                                || point == 0x2028
                                || point == 0x2029
                                || (point >= 0x202A && point <= 0x202E)
                                || (point >= 0x2066 && point <= 0x2069)
                                || point == 0x200E
                                || point == 0x200F
                                || point == 0x061C)
                        .mapToObj(Integer::toHexString))
                .isEmpty();
    }
}
