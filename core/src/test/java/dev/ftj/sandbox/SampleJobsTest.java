package dev.ftj.sandbox;

import static dev.ftj.sandbox.SandboxClient.START;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.aggregator.ArgumentsAccessor;
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
    void aJobStaysInEachDocumentedStatus() {
        client.setSeconds(86_400);

        List<JsonNode> unchanged = jobs().stream()
                .filter(job -> job.path("updated_at").stringValue().compareTo("2026-05-04T09:00:00.25") < 0)
                .toList();

        assertThat(texts(unchanged, "/status"))
                .contains("UNKNOWN", "REGISTERED", "STARTING", "RUNNING", "COMPLETED", "FINALIZING")
                .contains("STOPPING", "STOPPED", "CANCELLED", "FAILED", "PAUSED");
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
                .contains("2026-05-04T07:00:00.250000");
        assertThat(jobs).anyMatch(job -> job.path("inference_config_path").isNull());
        assertThat(jobs).anyMatch(job -> !job.has("inference_config_path"));
    }

    @Test
    void unusualFieldsAndDigitsAreSentUnchanged() {
        assertThat(client.get("ftj-unusual-fields-17d3b8a6").body())
                .contains("1.0E+2", "1e400", "-0", "12345678901234567890", "\"region\": \"u1\"");
        assertThat(client.job("ftj-unusual-fields-17d3b8a6").at("/labels/0").stringValue())
                .isEqualTo("night-shift");
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
        "ftj-live-completes, 0 REGISTERED, 1000 STARTING, 3000 RUNNING, 10000 FINALIZING, 12000 COMPLETED",
        "ftj-live-fails, 0 REGISTERED, 1000 STARTING, 3000 RUNNING, 8000 FAILED",
        "ftj-live-stops, 0 REGISTERED, 1000 STARTING, 3000 RUNNING, 8000 STOPPING, 10000 STOPPED"
    })
    void eachLiveJobHasItsStatusesAtTheirTimes(ArgumentsAccessor row) {
        String id = row.getString(0);
        String previous = "REGISTERED";
        for (int i = 1; i < row.size(); i++) {
            long millis = Long.parseLong(row.getString(i).split(" ")[0]);
            String status = row.getString(i).split(" ")[1];
            client.setMillis(millis - 1);
            assertThat(client.status(id)).isEqualTo(previous);
            client.setMillis(millis);
            assertThat(client.status(id)).isEqualTo(status);
            assertThat(time(id, "updated_at")).isEqualTo(START.plusMillis(millis));
            previous = status;
        }
        client.setSeconds(999);
        assertThat(client.status(id)).isEqualTo(previous);
        assertThat(time(id, "created_at")).isEqualTo(START);
    }

    @Test
    void onlyCompletedJobsHaveArtifactsAndTheyCanComeLater() {
        assertThat(jobs())
                .allMatch(job -> job.path("status").stringValue().equals("COMPLETED")
                        || job.path("inference_config_path").isMissingNode()
                        || job.path("inference_config_path").isNull());
        client.setSeconds(12);
        assertThat(client.job("ftj-live-completes")
                        .path("inference_config_path")
                        .isNull())
                .isTrue();
        client.setSeconds(13);
        assertThat(client.job("ftj-live-completes")
                        .path("inference_config_path")
                        .stringValue())
                .isEqualTo("s3://atai-finetune/inference-configs/ftj-live-completes.yaml");
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.MIN_VALUE, Double.MAX_VALUE})
    void anyPositiveSpeedWorks(double speed) {
        try (Sandbox extreme = Sandbox.builder().clock(client::now).speed(speed).start()) {
            SandboxClient other = new SandboxClient(extreme);
            client.setSeconds(1);
            assertThat(other.status("ftj-live-completes")).isEqualTo(speed < 1 ? "REGISTERED" : "COMPLETED");
            other.act("ftj-press-line-cycles-7a2f49be", "stop");
            assertThat(other.status("ftj-press-line-cycles-7a2f49be")).isEqualTo(speed < 1 ? "STOPPING" : "STOPPED");
        }
    }

    private Instant time(String id, String member) {
        return Instant.parse(client.job(id).path(member).stringValue());
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
