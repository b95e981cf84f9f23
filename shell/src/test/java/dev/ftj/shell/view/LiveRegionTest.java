package dev.ftj.shell.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class LiveRegionTest {
    private final StringWriter terminal = new StringWriter();
    private final LiveRegion block = new LiveRegion(new PrintWriter(terminal));

    private String sent(Runnable action) {
        terminal.getBuffer().setLength(0);
        action.run();
        return terminal.toString().replaceAll("\u001b\\[\\?2026[hl]", "");
    }

    @Test
    void linesAreDrawnInTheirPlace() {
        assertThat(sent(() -> block.draw(List.of("a", "b"), 80))).isEqualTo("a\u001b[K\nb\u001b[K\n\u001b[J");
        assertThat(sent(() -> block.draw(List.of("c"), 80))).isEqualTo("\r\u001b[2Ac\u001b[K\n\u001b[J");
    }

    @Test
    void whatHasNotChangedIsNotDrawn() {
        block.draw(List.of("a"), 80);
        assertThat(sent(() -> block.draw(List.of("a"), 80))).isEmpty();
    }

    @Test
    void aTerminalThatBecameNarrowerHasBrokenTheLines() {
        block.draw(List.of("0123456789", "\u001b[32m工場の異音検知\u001b[0m"), 80);
        assertThat(sent(() -> block.draw(List.of("x"), 5))).startsWith("\r\u001b[5A");
    }

    @Test
    void whatIsForgottenIsNotDrawnOver() {
        block.draw(List.of("a", "b"), 80);
        block.forget();
        assertThat(sent(() -> block.draw(List.of("a", "b"), 80))).isEqualTo("a\u001b[K\nb\u001b[K\n\u001b[J");
        block.forget();
        assertThat(sent(() -> block.above("said"))).isEqualTo("\u001b[Jsaid\n");
    }

    @Test
    void talkStandsAbove() {
        block.draw(List.of("a", "b"), 80);
        assertThat(sent(() -> block.above("said"))).isEqualTo("\r\u001b[2A\u001b[Jsaid\na\nb\n");
    }
}
