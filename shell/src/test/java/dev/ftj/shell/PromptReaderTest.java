package dev.ftj.shell;

import static dev.ftj.shell.Prompt.ENTER;
import static dev.ftj.shell.Prompt.TAB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ftj.testing.QuickServer;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import mockwebserver3.MockWebServer;
import mockwebserver3.junit5.StartStop;
import org.jline.terminal.Size;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class PromptReaderTest {
    /** Accepts what is suggested behind the cursor. */
    private static final String CTRL_E = "\u0005";

    @StartStop
    public final MockWebServer server = QuickServer.create();

    @TempDir
    Path home;

    private final Api api = new Api();

    @BeforeEach
    void serve() {
        server.setDispatcher(api);
        api.job("ftj-1").job("ftj-2");
    }

    private Program ftj() {
        return Program.of(server, home);
    }

    /** A serial line, or a pseudo-terminal before its first resize. */
    @Test
    void aTerminalWithoutASizeShowsWhatIsTyped() throws Exception {
        try (Prompt prompt = Prompt.of(ftj(), new Size(0, 0))) {
            prompt.type("get ftj-1 --field id");
            prompt.see("--field id");
            prompt.type(ENTER);
            prompt.read("ftj-1\n");
        }
    }

    @Test
    void moreThanTheScreenHoldsIsShownWithoutAQuestionAndNoKeyIsLost() throws Exception {
        String id = "ftj-one-of-very-many-jobs-whose-ids-are-long-";
        ftj().stdin(IntStream.range(0, 300).mapToObj(i -> "save " + id + i).collect(Collectors.joining("\n")))
                .run();
        api.job(id + 299);
        try (Prompt prompt = Prompt.of(ftj())) {
            prompt.type("get --field id ftj-one" + TAB);
            prompt.see("... and ");
            prompt.see(" more");
            assertThat(prompt.shown())
                    .contains(id + 7)
                    .doesNotContain("do you wish")
                    .doesNotContain(id + 250);

            prompt.enter("299");
            prompt.read(id + 299 + "\n");
        }
    }

    @Test
    void whatFitsIsShownWhole() throws Exception {
        ftj().stdin(IntStream.range(0, 150).mapToObj(i -> "save ftj-few-" + i).collect(Collectors.joining("\n")))
                .run();
        try (Prompt prompt = Prompt.of(ftj())) {
            prompt.type("get ftj-few" + TAB);
            prompt.see("ftj-few-149");
            assertThat(prompt.shown()).doesNotContain("do you wish").doesNotContain(" more");
        }
    }

    @Test
    void aLineThatWasWrongIsNotSuggestedAndOneThatFailedComesAfterOneThatWorked() throws Exception {
        try (Prompt prompt = Prompt.of(ftj())) {
            prompt.enter("get ftj-1 --field name");
            prompt.read("name of ftj-1\n");
            prompt.enter("get none");
            prompt.hear("ftj: none: not found");
            prompt.enter("get ftj-2 --nonsense");
            prompt.hear("unknown option: --nonsense");
            prompt.enter("list --limit many");
            prompt.hear("invalid value for --limit");

            prompt.type("get " + CTRL_E + ENTER);
            prompt.read("name of ftj-1\nname of ftj-1\n");
            prompt.type("get n" + CTRL_E + ENTER);
            await().untilAsserted(() ->
                    assertThat(prompt.err().split("ftj: none: not found")).hasSize(3));
            prompt.enter("list --l" + CTRL_E);
            prompt.hear("unknown option: --l. ");
        }
    }
}
