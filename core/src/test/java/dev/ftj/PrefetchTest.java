package dev.ftj;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

class PrefetchTest {
    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = ThreadMode.SEPARATE_THREAD)
    void aProductionThatEndsBeforeTheFirstElementIsTakenFillsTheQueueAndBlocksNobody() {
        AtomicReference<Prefetch<String>> itself = new AtomicReference<>();
        Prefetch<String> elements = new Prefetch<>(2, () -> {
            requireNonNull(itself.get()).hand("first");
            requireNonNull(itself.get()).hand("second");
            return CompletableFuture.completedFuture(null);
        });
        itself.set(elements);

        assertThat(elements.next()).isEqualTo("first");
        assertThat(elements.next()).isEqualTo("second");
        assertThat(elements.next()).isNull();
    }
}
