package dev.ftj.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AbandonableDnsTest {
    @Test
    void anInterruptLeavesAResolverThatHangs() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        FutureTask<Boolean> task = new FutureTask<>(() -> {
            assertThatThrownBy(() -> AbandonableDns.lookup(() -> {
                        asked.countDown();
                        never.await();
                        return List.of();
                    }))
                    .isInstanceOf(UnknownHostException.class);
            return Thread.currentThread().isInterrupted();
        });
        Thread thread = new Thread(task);
        thread.start();
        asked.await();
        thread.interrupt();
        assertThat(task.get(2, TimeUnit.SECONDS)).as("still interrupted").isTrue();
        never.countDown();
    }

    @Test
    void anUnknownHostKeepsItsMessage() {
        assertThatThrownBy(() -> AbandonableDns.lookup(() -> {
                    throw new UnknownHostException("nowhere");
                }))
                .isInstanceOf(UnknownHostException.class)
                .hasMessage("nowhere");
    }
}
