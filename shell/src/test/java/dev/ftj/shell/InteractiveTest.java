package dev.ftj.shell;

import static dev.ftj.shell.Prompt.CTRL_C;
import static dev.ftj.shell.Prompt.CTRL_D;
import static dev.ftj.shell.Prompt.ENTER;
import static dev.ftj.shell.Prompt.LEFT;
import static dev.ftj.shell.Prompt.TAB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ftj.sandbox.Sandbox;
import dev.ftj.testing.QuickServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class InteractiveTest {
    private static final String SAMPLE = "ftj-my-finetune-run-3de60a5c";

    @StartStop
    public final MockWebServer server = QuickServer.create();

    @TempDir
    Path home;

    private final Api api = new Api();

    @BeforeEach
    void serve() {
        server.setDispatcher(api);
        api.job("ftj-1").job("ftj-2").silent("slow");
    }

    private Program ftj() {
        return Program.of(server, home);
    }

    @Test
    void aFailingCommandDoesNotEndTheShell() throws Exception {
        try (Prompt prompt = Prompt.of(ftj())) {
            prompt.enter("get none");
            prompt.hear("ftj: none: not found");
            prompt.enter("get --nonsense");
            prompt.hear("unknown option: --nonsense");
            prompt.enter("get ftj-1 --field id");
            prompt.read("ftj-1\n");
            assertThat(prompt.isOpen()).isTrue();
            assertThat(prompt.err()).doesNotContain("Error while executing").doesNotContain("Exception");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"exit\r", "quit\r", CTRL_D})
    void itIsLeftWithZero(String keys) throws Exception {
        try (Prompt prompt = Prompt.of(ftj())) {
            prompt.enter("get none");
            prompt.hear("ftj: none:");
            prompt.type(keys);

            assertThat(prompt.code()).isZero();
        }
    }

    @Test
    void ctrlCOnALineClearsIt() throws Exception {
        try (Prompt prompt = Prompt.of(ftj())) {
            prompt.type("get ftj-1");
            prompt.see("get ftj-1");
            prompt.clearLine();
            prompt.enter("get ftj-2 --field id");
            prompt.read("ftj-2\n");

            assertThat(api.asked()).containsExactly("ftj-2");
        }
    }

    @Test
    void whatIsTypedRightAfterCtrlCIsTheNextLine() throws Exception {
        try (Prompt prompt = Prompt.of(ftj())) {
            prompt.type("get ftj-1" + CTRL_C + "get ftj-2 --field id" + ENTER);
            prompt.read("ftj-2\n");

            assertThat(api.asked()).containsExactly("ftj-2");
        }
    }

    @Test
    void ctrlCInACommandCancelsTheCallAndGivesThePromptBack() throws Exception {
        try (Prompt prompt = Prompt.of(ftj())) {
            prompt.enter("get slow");
            await().until(() -> api.asked().contains("slow"));
            prompt.type(CTRL_C);
            prompt.hear("cancelled.");
            prompt.enter("get ftj-1 --field id");
            prompt.read("ftj-1\n");

            assertThat(prompt.isOpen()).isTrue();
            assertThat(api.asked()).containsExactly("slow", "ftj-1");
        }
    }

    @Test
    void ctrlCInACommandWithManyJobsCancelsAllOfThem() throws Exception {
        try (Prompt prompt = Prompt.of(ftj())) {
            prompt.enter("get slow slow slow slow slow slow slow slow slow slow -o json");
            await().until(() -> api.requests().size() >= 8);
            prompt.type(CTRL_C);
            prompt.hear("\"kind\":\"cancelled\"");
            prompt.enter("get ftj-1 --field id");
            prompt.read("ftj-1\n");

            assertThat(api.requests()).hasSize(9);
        }
    }

    @Test
    void ctrlCEndsTheServedSandboxAndNotTheShell() throws Exception {
        try (Prompt prompt = Prompt.of(ftj())) {
            prompt.enter("sandbox");
            prompt.read("export ATAI_API_KEY=");
            prompt.type(CTRL_C);
            prompt.hear("cancelled");
            prompt.enter("get ftj-1 --field id");
            prompt.read("ftj-1\n");
        }
    }

    @Test
    void anEmptyLineDoesNothing() throws Exception {
        try (Prompt prompt = Prompt.of(ftj())) {
            prompt.type(ENTER + "   " + ENTER + "# a comment" + ENTER);
            prompt.enter("get ftj-1 --field id");
            prompt.read("ftj-1\n");

            assertThat(prompt.err().lines()).hasSize(1);
        }
    }

    @Test
    void anOpenQuoteGoesOnInTheNextLine() throws Exception {
        api.answer("a%20b", "{\"id\": \"a b\"}");
        try (Prompt prompt = Prompt.of(ftj())) {
            prompt.enter("save ftj-1 --note 'one");
            prompt.enter("two'");
            prompt.hear("saved ftj-1");
            prompt.enter("get \\");
            prompt.enter("'a b' --field id");
            prompt.read("a b\n");
            prompt.enter("saved -o jsonl");
            prompt.read("\"note\":\"one\\ntwo\"");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"get ftj-1 | head", "get ftj-1 > x", "get ftj-1; exit"})
    void shellSyntaxIsToldToBeNone(String line) throws Exception {
        try (Prompt prompt = Prompt.of(ftj())) {
            prompt.enter(line);
            prompt.hear("not supported; quote");
            assertThat(prompt.isOpen()).isTrue();
        }
        assertThat(api.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"get -", "get ftj-1 --api-key-file -"})
    void stdinIsThePromptAndCannotBeReadForAnythingElse(String line) throws Exception {
        try (Prompt prompt = Prompt.of(ftj())) {
            prompt.enter(line);
            prompt.hear("it is read for the prompt");
            assertThat(prompt.isOpen()).isTrue();
        }
        assertThat(api.requests()).isEmpty();
    }

    @Test
    void withoutAKeyItOpensAndSaysWhatToDo() throws Exception {
        try (Prompt prompt = Prompt.of(ftj().without("ATAI_API_KEY"))) {
            assertThat(prompt.err()).contains("type login").contains("--sandbox");
            prompt.enter("get ftj-1");
            prompt.hear("ftj: no API key");
            assertThat(prompt.isOpen()).isTrue();
        }
    }

    @Test
    void thePromptSaysWhereOneIs() throws Exception {
        try (Prompt sandbox = Prompt.of(Program.in(home), "--sandbox");
                Prompt local = Prompt.of(ftj());
                Prompt usual = Prompt.of(Program.in(home))) {
            sandbox.see("ftj [sandbox]> ");
            local.see("ftj [127.0.0.1:" + server.getPort() + "]> ");
            usual.see("ftj> ");
        }
    }

    @Test
    void aBadEndpointIsToldBeforeThereIsAPrompt() throws Exception {
        Program ftj = ftj().with("ATAI_API_ENDPOINT", "ftp://x").at("io");

        assertThat(ftj.run().code()).isEqualTo(2);
    }

    @Test
    void aLoginIsMaskedKeptForItsEndpointAndForgotten() throws Exception {
        String key = "sk_a!b^c\\d'e\"f_0123456789";
        try (Prompt prompt = Prompt.of(ftj().without("ATAI_API_KEY"))) {
            prompt.enter("login");
            prompt.see("(not shown): ");
            prompt.enter(key);
            prompt.hear("logged in to 127.0.0.1");
            prompt.enter("get ftj-1 --field id");
            prompt.read("ftj-1\n");
            assertThat(api.requests().get(0).getHeaders().get("Authorization")).isEqualTo("Bearer " + key);

            prompt.enter("get ftj-1 --endpoint https://example.com");
            prompt.hear("no API key for https://example.com/v0.5: login was given for http://127.0.0.1:"
                    + server.getPort());
            prompt.hear("Type login --endpoint https://example.com.");
            prompt.enter("logout");
            prompt.enter("get ftj-2");
            prompt.hear("you have logged out");
            assertThat(api.requests()).hasSize(1);
            assertThat(prompt.shown() + prompt.out() + prompt.err()).doesNotContain(key);
        }
        assertThat(files()).doesNotContain("0123456789");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "\r\n", "\r", "\r\r"})
    void oneLineEndBehindAPastedKeyIsDropped(String end) throws Exception {
        try (Prompt prompt = Prompt.of(ftj().without("ATAI_API_KEY"))) {
            prompt.enter("login");
            prompt.see("(not shown): ");
            prompt.paste("sk_pasted_0123456789_4e61" + end);
            prompt.type(ENTER);
            prompt.hear("with sk_...4e61");
            prompt.enter("get ftj-1 --field id");
            prompt.read("ftj-1\n");
        }
        assertThat(api.requests().get(0).getHeaders().get("Authorization"))
                .isEqualTo("Bearer sk_pasted_0123456789_4e61");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void aPastedBlockIsRunLineByLineAndKeptSo(String end) throws Exception {
        String block = String.join(
                end, "get ftj-1 --field id", "# a comment", "", "save ftj-1 --note 'one", "two'", "saved -o jsonl", "");
        try (Prompt prompt = Prompt.of(ftj())) {
            prompt.paste(block);
            prompt.type(ENTER);
            prompt.read("ftj-1\n");
            prompt.read("\"note\":\"one\\ntwo\"");
            prompt.enter("get ftj-2 --field name");
            prompt.read("name of ftj-2\n");

            assertThat(prompt.err()).doesNotContain("ftj: stopped");
        }
        assertThat(ftj().run("history").out().lines())
                .containsExactly(
                        "get ftj-1 --field id",
                        "save ftj-1 --note 'one\\ntwo'",
                        "saved -o jsonl",
                        "get ftj-2 --field name",
                        "exit");
    }

    @Test
    void aPastedBlockStopsAtTheFirstFailure() throws Exception {
        try (Prompt prompt = Prompt.of(ftj())) {
            prompt.paste("get ftj-1 --field id\n\nget none\nget ftj-2 --field id\n");
            prompt.type(ENTER);
            prompt.hear("ftj: stopped at line 3");
            prompt.enter("get none --field id");
            await().untilAsserted(() ->
                    assertThat(prompt.err().split("ftj: none: not found")).hasSize(3));

            assertThat(prompt.out()).isEqualTo("ftj-1\n");
            assertThat(prompt.err().split("ftj: stopped", -1)).hasSize(2);
        }
        assertThat(api.asked()).containsExactly("ftj-1", "none", "none");
    }

    @Test
    void ctrlCInAPastedBlockEndsAllOfIt() throws Exception {
        try (Prompt prompt = Prompt.of(ftj())) {
            prompt.paste("get slow\nget ftj-2");
            prompt.type(ENTER);
            await().until(() -> api.asked().contains("slow"));
            prompt.type(CTRL_C);
            prompt.hear("ftj: stopped at line 1");
            prompt.enter("get ftj-1 --field id");
            prompt.read("ftj-1\n");
        }
        assertThat(api.asked()).containsExactly("slow", "ftj-1");
    }

    @Test
    void exitInAPastedBlockLeavesTheShell() throws Exception {
        try (Prompt prompt = Prompt.of(ftj())) {
            prompt.paste("get ftj-1 --field id\nexit\nget ftj-2 --field id");
            prompt.type(ENTER);

            assertThat(prompt.code()).isZero();
        }
        assertThat(api.asked()).containsExactly("ftj-1");
    }

    @Test
    void ctrlCInTheQuestionOfLoginIsNo() throws Exception {
        try (Prompt prompt = Prompt.of(ftj().without("ATAI_API_KEY"))) {
            prompt.enter("login");
            prompt.see("(not shown): ");
            prompt.type(CTRL_C);
            prompt.hear("ftj: login cancelled. The key was not kept.");
            prompt.enter("get ftj-1 --field id");
            prompt.hear("ftj: no API key. Type login");

            assertThat(prompt.isOpen()).isTrue();
            assertThat(api.requests()).isEmpty();
        }
    }

    @Test
    void aLoginIsTriedOnlyWhereThatIsAskedFor() throws Exception {
        try (Sandbox other = Sandbox.start();
                Prompt prompt = Prompt.of(ftj().without("ATAI_API_KEY"))) {
            String login = "login --check -v --endpoint " + other.endpoint();
            prompt.enter(login);
            prompt.see("(not shown): ");
            prompt.enter("wrong-key-0123456789");
            prompt.hear("GET /v0.5/fine-tune/jobs?limit=1&offset=0  401");
            prompt.hear("(401)");
            prompt.hear(" The key was not kept.");
            prompt.enter("get ftj-1");
            prompt.hear("ftj: no API key. Type login");
            assertThat(api.requests()).isEmpty();

            prompt.enter(login);
            await().until(() -> prompt.shown().split("not shown", -1).length == 3);
            prompt.enter(other.apiKey());
            prompt.hear("accepted sk_...0000: logged in, and the key is kept for this session");
            prompt.enter("get " + SAMPLE + " --field id");
            prompt.read(SAMPLE + "\n");
            assertThat(prompt.err()).doesNotContain("login-check");
        }
    }

    @Test
    void ctrlCWhileALoginIsTriedKeepsNoKey() throws Exception {
        try (MockWebServer silent = QuickServer.create();
                Prompt prompt = Prompt.of(ftj().without("ATAI_API_KEY"))) {
            silent.start();
            silent.enqueue(new MockResponse.Builder()
                    .onResponseStart(SocketEffect.Stall.INSTANCE)
                    .build());
            prompt.enter("login --check --endpoint " + silent.url("/"));
            prompt.see("(not shown): ");
            prompt.enter("sk_some_key_0123456789");
            silent.takeRequest();
            prompt.type(CTRL_C);
            prompt.hear("ftj: login cancelled. The key was not kept.");
            prompt.enter("get ftj-1 --field id");
            prompt.hear("ftj: no API key. Type login, or");

            assertThat(api.requests()).isEmpty();
        }
    }

    @Test
    void anEmptyKeyIsNone() throws Exception {
        try (Prompt prompt = Prompt.of(ftj().without("ATAI_API_KEY"))) {
            prompt.enter("login");
            prompt.see("(not shown): ");
            prompt.type(ENTER);
            prompt.hear("ftj: no API key was typed.");
        }
    }

    @Test
    void referencesMeanWhatThisShellShowed() throws Exception {
        ftj().run("get", "ftj-2");
        try (Prompt prompt = Prompt.of(ftj())) {
            prompt.enter("get @last");
            prompt.hear("no job was shown yet");
            prompt.enter("get ftj-1 --field id");
            prompt.read("ftj-1\n");
            ftj().run("get", "ftj-2");
            prompt.enter("get @last --field name");
            prompt.read("name of ftj-1\n");
        }
    }

    @Test
    void optionsOfTheCallApplyToEveryLine() throws Exception {
        try (Prompt prompt = Prompt.of(Program.in(home), "--sandbox", "-o", "json")) {
            prompt.enter("get " + SAMPLE + " --field status");
            prompt.read("\"COMPLETED\"\n");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "ge<tab>ftj-be<tab>--fi<tab>status ! RUNNING",
                "get --fi<tab>id ftj-be<tab> ! ftj-best",
                "get ftj-be<tab>'a <tab>--field id ! ftj-best",
                "get --field=sta<tab>ftj-be<tab> ! RUNNING",
                "get --field id --output=jso<tab>l @be<tab> ! \"ftj-best\"",
                "get --field id 'ftj-be<tab> ! ftj-best",
                "get --field id \"ftj-be<tab> ! ftj-best",
                "get --field id a<tab> ! a b's",
                "get --field id 'a<tab> ! a b's",
                "get --field id \"a b<tab> ! a b's",
                "get --field id -- ftj-be<tab> ! ftj-best",
                "get --field id 'ftj-be'<left><tab> ! ftj-best",
                "get --field id \"ftj-be\"<left><tab> ! ftj-best"
            })
    void tabCompletesCommandsOptionsValuesNamesAndIdsAnywhereInALine(String keys, String printed) throws Exception {
        api.job("ftj-best").answer("a%20b%27s", "{\"id\": \"a b's\"}");
        ftj().run("get", "ftj-best", "a b's");
        ftj().run("save", "ftj-best", "--as", "best");
        try (Prompt prompt = Prompt.of(ftj())) {
            prompt.enter(keys.replace("<tab>", TAB).replace("<left>", LEFT));
            prompt.read(printed + "\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"@", "x", "xy"})
    void tabAfterAShortWordThatNothingBeginsWithOffersNothing(String word) throws Exception {
        ftj().run("list");
        api.job("ftj-y").job("ftj-z");
        ftj().run("get", "ftj-y", "ftj-z");
        try (Prompt prompt = Prompt.of(ftj())) {
            prompt.type("get " + word + TAB + " -o");
            prompt.see(" -o");

            assertThat(prompt.shown()).doesNotContain("ftj-z").doesNotContain("original");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"check ~/tra<tab>", "check --train ~/'tra<tab>", "check --train=~/tra<tab>"})
    void tabCompletesAFileOfTheHomeDirectoryThatIsFoundThen(String keys) throws Exception {
        Files.writeString(home.resolve("train.jsonl"), "{\"a\": 1}\n");
        try (Prompt prompt = Prompt.of(ftj().with("HOME", home.toString()))) {
            prompt.enter(keys.replace("<tab>", TAB) + "-o json");
            prompt.read(home + "/train.jsonl");
        }
    }

    @Test
    void tabShowsStatusAndNameBesideEachId() throws Exception {
        api.answer("ftj-x", "{\"id\": \"ftj-x\", \"status\": \"RUNNING\", \"name\": \"\\u001b]0;owned\\u0007\"}");
        ftj().run("get", "ftj-x", "ftj-1");
        try (Prompt prompt = Prompt.of(ftj())) {
            prompt.type("get ftj-" + TAB);
            prompt.see("name of ftj-1");
            prompt.see("RUNNING");
            prompt.see("owned");

            assertThat(prompt.sent()).doesNotContain("\u001b]0;owned").doesNotContain("\u0007owned");
        }
    }

    @Test
    void tabShowsWhatEachReferenceMeans() throws Exception {
        try (Prompt prompt = Prompt.of(ftj(), "--sandbox")) {
            prompt.enter("list");
            prompt.read("ftj-my-finetune-run");
            prompt.enter("get ftj-my-finetune-run-3de60a5c --field id");
            prompt.type("get @" + TAB);
            prompt.see("@last");
            prompt.see("ftj-my-finetune-run-3de60a5c  COMPLETED  my-finetune-run");
            prompt.see("@9");
        }
    }

    @Test
    void theSandboxOfALineOffersItsIds() throws Exception {
        try (Prompt prompt = Prompt.of(ftj())) {
            prompt.enter("get --sandbox --field status ftj-my" + TAB);
            prompt.read("COMPLETED\n");
        }
    }

    private String files() throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                all.append(Files.readString(file));
            }
        }
        return all.toString();
    }
}
