package dev.ftj.shell.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ftj.FineTuneException;
import dev.ftj.FineTuneException.Kind;
import org.junit.jupiter.api.Test;

class ErrorViewTest {
    @Test
    void whatNobodyForesawIsALineThatKeepsItsCause() {
        RuntimeException defect = new IllegalStateException("a\nlong story");
        FineTuneException told = ErrorView.unforeseen(defect);

        assertThat(told.kind()).isEqualTo(Kind.LOCAL);
        assertThat(told).hasCause(defect);
        assertThat(told.getMessage())
                .isEqualTo("ftj itself failed (IllegalStateException: a\\nlong story). This is a defect: report it with"
                        + " the output of -vv.");
    }
}
