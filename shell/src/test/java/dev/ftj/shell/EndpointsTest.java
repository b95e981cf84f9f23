package dev.ftj.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ftj.shell.Program.Result;
import dev.ftj.testing.QuickServer;
import java.nio.file.Path;
import java.util.List;
import mockwebserver3.MockWebServer;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two endpoints in turns: where the prompt is, which key goes where, and what is known of the jobs there. */
@Timeout(60)
class EndpointsTest {
    private static final String HERE_KEY = "sk_key_for_here_0123456789";
    private static final String THERE_KEY = "sk_key_for_there_9876543210";

    @StartStop
    public final MockWebServer here = QuickServer.create();

    @StartStop
    public final MockWebServer there = QuickServer.create();

    @TempDir
    Path home;

    private final Api hereApi = new Api().job("ftj-1").job("ftj-2");
    private final Api thereApi = new Api().job("ftj-1").job("ftj-2");

    @BeforeEach
    void serve() {
        here.setDispatcher(hereApi);
        there.setDispatcher(thereApi);
    }

    private Program ftj() {
        return Program.of(here, home).without("ATAI_API_KEY");
    }

    private String url(MockWebServer server) {
        return "http://127.0.0.1:" + server.getPort() + "/v0.5";
    }

    private static void login(Prompt prompt, String line, String key) throws Exception {
        int questions = prompt.shown().split("not shown", -1).length;
        prompt.enter(line);
        await().until(() -> prompt.shown().split("not shown", -1).length > questions);
        prompt.enter(key);
        prompt.hear("with sk_..." + key.substring(key.length() - 4));
    }

    private static List<String> keys(Api api) {
        return api.requests().stream()
                .map(request -> String.valueOf(request.getHeaders().get("Authorization")))
                .toList();
    }

    @Test
    void aLoginElsewhereMovesThePromptAndEachEndpointGetsItsOwnKeyOnly() throws Exception {
        try (Prompt prompt = Prompt.of(ftj())) {
            login(prompt, "login", HERE_KEY);
            login(prompt, "login --endpoint " + url(there), THERE_KEY);
            prompt.see("ftj [127.0.0.1:" + there.getPort() + "]> ");
            prompt.enter("get ftj-1 --field id");
            prompt.read("ftj-1\n");
            prompt.enter("endpoint " + url(here));
            prompt.hear("requests go to 127.0.0.1:" + here.getPort() + " with sk_...6789 of login");
            prompt.enter("get ftj-2 --field id");
            prompt.read("ftj-2\n");
            prompt.enter("endpoint");
            prompt.read(url(here) + "\n");
            prompt.enter("get ftj-2 --field name --endpoint " + url(there));
            prompt.read("name of ftj-2\n");

            assertThat(keys(hereApi)).containsExactly("Bearer " + HERE_KEY);
            assertThat(keys(thereApi)).containsExactly("Bearer " + THERE_KEY, "Bearer " + THERE_KEY);
        }
    }

    @Test
    void afterALoginTheEnvironmentsKeyGoesOnlyWhereTheShellWasOpened() throws Exception {
        try (Prompt prompt = Prompt.of(ftj().with("ATAI_API_KEY", HERE_KEY))) {
            login(prompt, "login --endpoint " + url(there), THERE_KEY);
            prompt.enter("endpoint " + url(here));
            prompt.hear("with sk_...6789 of ATAI_API_KEY");
            prompt.enter("get ftj-1 --field id");
            prompt.read("ftj-1\n");
            prompt.enter("whoami --endpoint https://third.example");
            prompt.hear("ftj: no API key for https://third.example/v0.5: login was given for " + url(there)
                    + ". Type login --endpoint https://third.example.");

            assertThat(keys(hereApi)).containsExactly("Bearer " + HERE_KEY);
            assertThat(thereApi.requests()).isEmpty();
        }
    }

    @Test
    void logoutForgetsTheKeysOfAllEndpoints() throws Exception {
        try (Prompt prompt = Prompt.of(ftj())) {
            login(prompt, "login", HERE_KEY);
            login(prompt, "login --endpoint " + url(there), THERE_KEY);
            prompt.enter("logout");
            prompt.hear("logged out");
            prompt.enter("endpoint " + url(here));
            prompt.hear(
                    "requests go to 127.0.0.1:" + here.getPort() + "; no API key: you have logged out. Type login.");
            prompt.enter("get ftj-1");
            prompt.hear("you have logged out. Type login.");

            assertThat(hereApi.requests()).isEmpty();
            assertThat(thereApi.requests()).isEmpty();
        }
    }

    @Test
    void referencesAreThoseOfTheEndpointWhereThePromptIs() throws Exception {
        try (Prompt prompt = Prompt.of(ftj().with("ATAI_API_KEY", HERE_KEY))) {
            prompt.enter("save ftj-1 --as best");
            prompt.hear("saved ftj-1 as @best");
            prompt.enter("endpoint " + url(there));
            prompt.enter("get @best");
            prompt.hear("See `saved`;");
            prompt.enter("get @other --endpoint " + url(here));
            prompt.hear("See `saved --endpoint " + url(here) + "`;");
            prompt.enter("get @other --sandbox");
            prompt.hear("See `saved --sandbox`;");
            prompt.enter("get @best --field id --endpoint " + url(here));
            prompt.read("ftj-1\n");

            assertThat(thereApi.requests()).isEmpty();
        }
    }

    @Test
    void aCommandLineOfItsOwnShowsTheEndpointAndCannotMove() {
        Result shown = ftj().run("endpoint");
        Result moved = ftj().run("endpoint", url(there));

        assertThat(shown).isEqualTo(new Result(0, url(here) + "\n", ""));
        assertThat(ftj().run("endpoint", "--endpoint", "https://gateway.example/x/")
                        .out())
                .isEqualTo("https://gateway.example/x/v0.5\n");
        assertThat(moved.code()).isEqualTo(2);
        assertThat(moved.err()).contains("Set ATAI_API_ENDPOINT, or add --endpoint URL");
    }

    @Test
    void inAScriptTheLinesBehindItGoThere() {
        Result result = ftj().with("ATAI_API_KEY", HERE_KEY)
                .stdin("get ftj-1 --field id\nendpoint " + url(there) + "\nget ftj-2 --field id\n")
                .run();

        assertThat(result).isEqualTo(new Result(0, "ftj-1\nftj-2\n", ""));
        assertThat(hereApi.asked()).containsExactly("ftj-1");
        assertThat(thereApi.asked()).containsExactly("ftj-2");
    }

    @Test
    void aSandboxStaysOneAndABadUrlMovesNothing() throws Exception {
        try (Prompt prompt = Prompt.of(ftj(), "--sandbox")) {
            prompt.enter("endpoint " + url(there));
            prompt.hear("name two different places");
        }
        try (Prompt prompt = Prompt.of(ftj())) {
            prompt.enter("endpoint http://other.example");
            prompt.hear("not an endpoint");
            prompt.enter("endpoint");
            prompt.read(url(here) + "\n");
        }
    }
}
