package dev.ftj.internal.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class LineIndexTest {
    private static final Path FILE = Path.of("a");

    private static long sum(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        LineIndex.Sum sum = new LineIndex.Sum();
        sum.update(bytes, bytes.length);
        return sum.value();
    }

    @Test
    void aMillionDifferentLinesAreDifferentAndAllAreFoundAgain() {
        LineIndex index = new LineIndex();
        index.begin(FILE);
        for (int i = 1; i <= 1_000_000; i++) {
            assertThat(index.add(sum("line " + i), i)).isNull();
        }
        for (int i = 1; i <= 1_000_000; i++) {
            assertThat(index.find(sum("line " + i))).isEqualTo(new LineIndex.Place(FILE, i));
        }
        assertThat(index.find(sum("another"))).isNull();
    }

    @Test
    void beyondItsBoundLinesAreComparedWithTheFirstOnly() {
        LineIndex index = new LineIndex(2);
        index.begin(FILE);
        index.add(sum("a"), 1);
        index.add(sum("b"), 2);
        assertThat(index.isFull()).isFalse();
        assertThat(index.add(sum("c"), 3)).isNull();
        assertThat(index.isFull()).isTrue();
        assertThat(index.add(sum("c"), 4)).isNull();
        assertThat(index.add(sum("b"), 5)).isEqualTo(new LineIndex.Place(FILE, 2));
    }
}
