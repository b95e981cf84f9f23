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
    }

    @ParameterizedTest
    @CsvSource({
        "completed, COMPLETED",
        "' Completed\n', COMPLETED",
        "SUCCEEDED, COMPLETED",
        "succeeded, COMPLETED",
        "Running, RUNNING",
        "canceled, CANCELLED",
        "CANCELED, CANCELLED",
        "Error, FAILED",
        "FAILURE, FAILED",
        "unknown, UNKNOWN",
        "paused, PAUSED"
    })
    void statusesAreComparedByWhatTheyMeanAndShownAsSent(String sent, String meant) {
        JobStatus status = JobStatus.of(sent);
        JobStatus same = JobStatus.of(meant);

        assertThat(status).isEqualTo(same).hasSameHashCodeAs(same);
        assertThat(status.value()).isEqualTo(sent);
        assertThat(status.canonical().value()).isEqualTo(meant);
        assertThat(status.isTerminal()).isEqualTo(same.isTerminal());
        assertThat(status.isDocumented()).isEqualTo(same.isDocumented());
        assertThat(status.hasReached(JobStatus.STARTING)).isEqualTo(same.hasReached(JobStatus.STARTING));
    }

    @ParameterizedTest
    @CsvSource({
        "RUNNING, RUNNING, true", "COMPLETED, REGISTERED, true", "COMPLETED, FINALIZING, true",
        "RUNNING, FINALIZING, false", "STOPPED, RUNNING, false", "FAILED, COMPLETED, false",
        "STOPPED, STOPPING, false", "COMPLETED, STOPPED, false", "UNKNOWN, UNKNOWN, true",
        "PAUSED, REGISTERED, false", "PAUSED, PAUSED, true", "COMPLETED, PAUSED, false",
        "succeeded, Running, true", "canceled, COMPLETED, false", "paused, PAUSED, true"
    })
    void aStatusIsReachedByALaterOneOfTheUsualCourseAndElseByItselfAlone(String now, String goal, boolean reached) {
        assertThat(JobStatus.of(now).hasReached(JobStatus.of(goal))).isEqualTo(reached);
    }
}
