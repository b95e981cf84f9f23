package dev.ftj.shell.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExitCodeTest {
    private static final List<Integer> GRAVEST_FIRST = List.of(130, 3, 2, 1, 6, 5, 4, 7, 10, 12, 11, 124, 0);

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void theGravestThatOccurredWinsInWhateverOrder(int from) {
        List<Integer> occurred = new ArrayList<>(GRAVEST_FIRST.subList(from, GRAVEST_FIRST.size()));
        int gravest = occurred.get(0);

        assertThat(code(occurred)).isEqualTo(gravest);
        Collections.reverse(occurred);
        assertThat(code(occurred)).isEqualTo(gravest);
    }

    private static int code(List<Integer> occurred) {
        return occurred.stream().reduce(0, ExitCode::gravest);
    }
}
