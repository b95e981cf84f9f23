package dev.ftj.shell.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UploadProgressTest {
    private static final List<String> FIGURES = List.of(
            "  [##..]  30%  1 MB of 3 MB  2 MB/s  1 s left",
            "  30%  1 MB of 3 MB  2 MB/s", "  30%  1 MB of 3 MB", "  30%");

    @ParameterizedTest
    @CsvSource({"80, 0", "53, 0", "52, 1", "40, 1", "35, 1", "34, 2", "27, 2", "26, 3", "13, 3", "12, 4"})
    void aNarrowTerminalHasOneLineWithFewerFigures(int width, int index) {
        String line = UploadProgress.line("train.jsonl", FIGURES, width);

        assertThat(line).startsWith("train").endsWith(index == 4 ? "" : FIGURES.get(index));
        assertThat(CardView.columns(line)).isLessThanOrEqualTo(width);
        if (index > 0) {
            assertThat(line).doesNotContain(FIGURES.get(index - 1));
        }
    }
}
