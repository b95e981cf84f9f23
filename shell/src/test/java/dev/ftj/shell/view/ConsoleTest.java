package dev.ftj.shell.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ftj.shell.view.Console.Terminals;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConsoleTest {
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Console console =
            new Console(OutputStream.nullOutputStream(), err, Terminals.of("ioe"), Map.of("TERM", "dumb"));

    @Test
    void aMessageDuringAQuestionBeginsOnALineOfItsOwn() {
        console.ask("Stop it? [y/N] ");
        console.say("ftj: cancelled.");
        console.say("again");

        assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("Stop it? [y/N] \nftj: cancelled.\nagain\n");
    }

    @Test
    void afterTheAnswerTheLineIsEnded() {
        console.ask("Stop it? [y/N] ");
        console.answered();
        console.say("ftj: stopped");

        assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("Stop it? [y/N] ftj: stopped\n");
    }
}
