package dev.ftj;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobStatusTest {
    @Test
    void theTenDocumentedOnesAreKnownAndFourHaveEnded() {
        assertThat(JobStatus.documented()).hasSize(10).allMatch(JobStatus::isDocumented);
        assertThat(JobStatus.documented().stream().filter(JobStatus::isTerminal))
                .containsExactly(JobStatus.COMPLETED, JobStatus.STOPPED, JobStatus.CANCELLED, JobStatus.FAILED);
        assertThat(JobStatus.of("RUNNING")).isSameAs(JobStatus.RUNNING);
    }

    @Test
    void anyOtherTextIsKept() {
        JobStatus paused = JobStatus.of("pau\u001bsed");
        assertThat(paused.value()).isEqualTo("pau\u001bsed");
        assertThat(paused).hasToString("pau\\u001bsed").isEqualTo(JobStatus.of("pau\u001bsed"));
        assertThat(paused.isDocumented()).isFalse();
        assertThat(paused.isTerminal()).isFalse();
        assertThat(JobStatus.of("completed").isTerminal()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "RUNNING, RUNNING, true", "COMPLETED, REGISTERED, true", "COMPLETED, FINALIZING, true",
        "RUNNING, FINALIZING, false", "STOPPED, RUNNING, false", "FAILED, COMPLETED, false",
        "STOPPED, STOPPING, false", "COMPLETED, STOPPED, false", "UNKNOWN, UNKNOWN, true",
        "PAUSED, REGISTERED, false", "PAUSED, PAUSED, true", "COMPLETED, PAUSED, false"
    })
    void aStatusIsReachedByALaterOneOfTheUsualCourseAndElseByItselfAlone(String now, String goal, boolean reached) {
        assertThat(JobStatus.of(now).hasReached(JobStatus.of(goal))).isEqualTo(reached);
    }
}
