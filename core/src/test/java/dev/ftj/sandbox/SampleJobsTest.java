package dev.ftj.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class SampleJobsTest {
    @RegisterExtension
    final SandboxClient client = new SandboxClient();

    @Test
    void theSampleJobIsThatOfTheReferencePage() {
        assertThat(client.get(Sandbox.SAMPLE_JOB_ID).body()).isEqualTo("""
                {
                  "name": "my-finetune-run",
                  "id": "ftj-my-finetune-run-3de60a5c",
                  "uuid": "8f2c1e5a-7b3d-4d9e-9c1a-2f5b7d8e4a6c",
                  "org_uuid": "0a1b2c3d-4e5f-6789-abcd-ef0123456789",
                  "status": "COMPLETED",
                  "config": {
                    "model": "Newton::c2_4_7b_251215a172f6d7",
                    "datasets": [
                      { "name": "training-set", "split": "train", "file_ids": ["file-abc123"] }
                    ]
                  },
                  "created_at": "2026-04-27T14:32:18.421000Z",
                  "updated_at": "2026-04-27T15:48:05.910000Z",
                  "inference_config_path": "s3://atai-finetune/inference-configs/ftj-my-finetune-run-3de60a5c.yaml"
                }""");
    }

    @Test
    void theSampleJobIsTheSameAtAnyTime() {
        for (String other : List.of("1999-12-31T23:59:59Z", "2100-01-01T00:00:00Z")) {
            try (Sandbox then = Sandbox.builder()
                    .clock(() -> Instant.parse(other))
                    .speed(1000)
                    .start()) {
                assertThat(new SandboxClient(then).get(Sandbox.SAMPLE_JOB_ID).body())
                        .isEqualTo(client.get(Sandbox.SAMPLE_JOB_ID).body());
            }
        }
    }

    @Test
    void aJobStaysInEachDocumentedStatus() {
        List<String> early = statusesOfUnchangingJobs();
        client.setSeconds(86_400);

        assertThat(statusesOfUnchangingJobs())
                .isEqualTo(early)
                .contains(
                        "UNKNOWN",
                        "REGISTERED",
                        "STARTING",
                        "RUNNING",
                        "COMPLETED",
                        "FINALIZING",
                        "STOPPING",
                        "STOPPED",
                        "CANCELLED",
                        "FAILED");
    }

    @Test
    void everyPublicVariantOfARecordOccurs() {
        List<JsonNode> jobs = jobs();

        assertThat(texts(jobs, "/config/model"))
                .containsOnly("Newton::c2_4_7b_251215a172f6d7", "Newton::c2_4_3b_251215dfe6a746");
        assertThat(texts(jobs, "/name")).doesNotHaveDuplicates();
        assertThat(texts(jobs, "/uuid"))
                .doesNotHaveDuplicates()
                .anyMatch(uuid -> uuid.startsWith("job_"))
                .anyMatch(uuid -> uuid.length() == 36);
        assertThat(texts(jobs, "/org_uuid"))
                .containsOnly("0a1b2c3d-4e5f-6789-abcd-ef0123456789", "org_2wh4zfagp480wbt3nhm8tcqw6z");
        assertThat(texts(jobs, "/id")).anyMatch(id -> id.startsWith("ft-job-")).anyMatch(id -> id.startsWith("ftj_"));
        assertThat(texts(jobs, "/config/datasets/0/file_ids/0"))
                .anyMatch(file -> file.startsWith("file-"))
                .anyMatch(file -> file.endsWith(".jsonl"));
        assertThat(texts(jobs, "/config/datasets/1/split")).contains("eval");
        assertThat(texts(jobs, "/created_at"))
                .anyMatch(time -> time.endsWith("Z"))
                .anyMatch(time -> !time.endsWith("Z"));
        assertThat(jobs).anyMatch(job -> job.path("inference_config_path").isNull());
        assertThat(jobs).anyMatch(job -> !job.has("inference_config_path"));
    }

    @Test
    void onlyCompletedJobsHaveAnInferencePathAndOneHasNoneYet() {
        for (JsonNode job : jobs()) {
            if (!job.path("status").stringValue().equals("COMPLETED")) {
                assertThat(job.path("inference_config_path").isString())
                        .as(job.toString())
                        .isFalse();
            }
        }
        assertThat(client.job("ftj-pump-cavitation-e90b7d14")
                        .path("inference_config_path")
                        .stringValue())
                .isEqualTo("s3://atai-finetune/inference-configs/ftj-pump-cavitation-e90b7d14.yaml");
        JsonNode early = client.job("ft-job-cold-chain-lapses-4c7d02ba");
        assertThat(early.path("status").stringValue()).isEqualTo("COMPLETED");
        assertThat(early.path("inference_config_path").isNull()).isTrue();
    }

    @Test
    void timesAreRelativeToTheStartOfTheSandbox() {
        JsonNode running = client.job("ftj-press-line-cycles-7a2f49be");

        assertThat(running.path("created_at").stringValue()).isEqualTo("2026-05-04T07:00:00.250000");
        assertThat(running.path("updated_at").stringValue()).isEqualTo("2026-05-04T07:08:00.250000");
    }

    @Test
    void unusualFieldsAndDigitsAreSentUnchanged() {
        assertThat(client.get("ftj-unusual-fields-17d3b8a6").body())
                .contains("1.0E+2", "1e400", "-0", "12345678901234567890", "\"region\": \"u1\"");
        assertThat(client.job("ftj-unusual-fields-17d3b8a6").at("/labels/0").stringValue())
                .isEqualTo("night-shift");
        assertThat(client.status("ftj-unusual-status-a4f0c92e")).isEqualTo("PAUSED");
    }

    @Test
    void unusualNamesAreSentUnchanged() {
        assertThat(client.job("ftj-unusual-name-c05e71f4").path("name").stringValue())
                .isEqualTo("工場の異音検知 🔊🏭");
        assertThat(client.get("ftj-hostile-name-e6b29d07").body())
                .contains("\\u001B]0;owned\\u0007", "\\r\\n", "<script>", "\\\" \\\\ ", "\u202e")
                .doesNotContain("\033", "\007");
        assertThat(client.job("ftj-hostile-name-e6b29d07").path("name").stringValue())
                .startsWith("\033]0;owned\007\033[2J")
                .endsWith("\" \\ \u202egnp.exe\u2028");
    }

    @ParameterizedTest
    @CsvSource({
        "0, REGISTERED, 0",
        "999, REGISTERED, 0",
        "1000, STARTING, 1000",
        "2999, STARTING, 1000",
        "3000, RUNNING, 3000",
        "9999, RUNNING, 3000",
        "10000, FINALIZING, 10000",
        "12000, COMPLETED, 12000",
        "13000, COMPLETED, 13000",
        "999000, COMPLETED, 13000",
        "-5000, REGISTERED, 0"
    })
    void aSuccessfulJobHasEachStatusInItsTime(long millis, String status, long updated) {
        client.setMillis(millis);

        JsonNode job = client.job("ftj-live-completes");

        assertThat(job.path("status").stringValue()).isEqualTo(status);
        assertThat(Instant.parse(job.path("created_at").stringValue())).isEqualTo(SandboxClient.START);
        assertThat(Instant.parse(job.path("updated_at").stringValue()))
                .isEqualTo(SandboxClient.START.plusMillis(updated));
        assertThat(job.path("inference_config_path").isString()).isEqualTo(millis >= 13000);
    }

    @ParameterizedTest
    @CsvSource({
        "ftj-live-completes, REGISTERED STARTING RUNNING FINALIZING COMPLETED",
        "ftj-live-fails, REGISTERED STARTING RUNNING FAILED",
        "ftj-live-stops, REGISTERED STARTING RUNNING STOPPING STOPPED"
    })
    void eachLiveJobHasItsOwnStatuses(String id, String statuses) {
        Set<String> seen = new LinkedHashSet<>();
        for (int second = 0; second <= 20; second++) {
            client.setSeconds(second);
            seen.add(client.status(id));
        }
        assertThat(seen).containsExactly(statuses.split(" "));
    }

    @Test
    void atSpeedSixtyAJobTakesAFifthOfASecond() {
        try (Sandbox fast = Sandbox.builder().clock(client::now).speed(60).start()) {
            SandboxClient other = new SandboxClient(fast);
            client.setMillis(199);
            assertThat(other.status("ftj-live-completes")).isEqualTo("FINALIZING");
            client.setMillis(200);
            JsonNode job = other.job("ftj-live-completes");
            assertThat(job.path("status").stringValue()).isEqualTo("COMPLETED");
            assertThat(Instant.parse(job.path("updated_at").stringValue()))
                    .isEqualTo(SandboxClient.START.plusMillis(200));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.MIN_VALUE, Double.MAX_VALUE})
    void anyPositiveSpeedWorks(double speed) {
        try (Sandbox extreme = Sandbox.builder().clock(client::now).speed(speed).start()) {
            client.setSeconds(1);
            assertThat(new SandboxClient(extreme).status("ftj-live-completes"))
                    .isEqualTo(speed < 1 ? "REGISTERED" : "COMPLETED");
        }
    }

    private List<String> statusesOfUnchangingJobs() {
        return jobs().stream()
                .filter(job -> !job.path("id").stringValue().startsWith("ftj-live-"))
                .map(job -> job.path("status").stringValue())
                .toList();
    }

    private List<JsonNode> jobs() {
        return client.sandbox.jobIds().stream()
                .filter(id -> !id.startsWith("ftj-error-"))
                .map(client::job)
                .toList();
    }

    private static List<String> texts(List<JsonNode> jobs, String pointer) {
        return jobs.stream()
                .map(job -> job.at(pointer))
                .filter(JsonNode::isString)
                .map(JsonNode::stringValue)
                .toList();
    }
}
