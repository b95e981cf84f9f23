package dev.ftj;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ftj.FineTuneException.Kind;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FineTuneJobTest {
    private static final String SAMPLE = """
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
            }""";

    @Test
    void theDocumentedSampleIsReadWhole() {
        FineTuneJob job = FineTuneJob.fromJson(SAMPLE);
        assertThat(job.name()).isEqualTo("my-finetune-run");
        assertThat(job.id()).isEqualTo("ftj-my-finetune-run-3de60a5c");
        assertThat(job.uuid()).isEqualTo("8f2c1e5a-7b3d-4d9e-9c1a-2f5b7d8e4a6c");
        assertThat(job.orgUuid()).isEqualTo("0a1b2c3d-4e5f-6789-abcd-ef0123456789");
        assertThat(job.status()).isEqualTo(JobStatus.COMPLETED);
        JobConfig config = Objects.requireNonNull(job.config());
        assertThat(config.model()).isEqualTo("Newton::c2_4_7b_251215a172f6d7");
        assertThat(config.datasets()).containsExactly(new Dataset("training-set", "train", List.of("file-abc123")));
        assertThat(config).hasToString("Newton::c2_4_7b_251215a172f6d7, 1 dataset");
        assertThat(job.createdAt()).isEqualTo(Instant.parse("2026-04-27T14:32:18.421Z"));
        assertThat(job.updatedAt()).isEqualTo(Instant.parse("2026-04-27T15:48:05.910Z"));
        assertThat(job.inferenceConfigPath()).endsWith("3de60a5c.yaml");
        assertThat(job.json()).isEqualTo(SAMPLE);
        assertThat(job)
                .hasToString("ftj-my-finetune-run-3de60a5c  COMPLETED  my-finetune-run  " + job.inferenceConfigPath());
    }

    @Test
    void aRecordWithNothingButAUuidIsOne() {
        FineTuneJob job = FineTuneJob.fromJson("{\"uuid\":\"job_0n5e9s0w2s9kkrvr8p9fq7sk8w\"}");
        assertThat(job.id()).isNull();
        assertThat(job.name()).isNull();
        assertThat(job.status()).isNull();
        assertThat(job.config()).isNull();
        assertThat(job.createdAt()).isNull();
        assertThat(job.inferenceConfigPath()).isNull();
        assertThat(job).hasToString("job_0n5e9s0w2s9kkrvr8p9fq7sk8w  no status");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-5", "true", "[]", "{}", "{\"a\": [1, {}]}", "null", "NaN", "1e400"})
    void aFieldOfAnotherTypeIsNullAndStaysInTheText(String value) {
        String text = ("{\"id\":\"a\",\"name\":X,\"uuid\":X,\"org_uuid\":X,\"status\":X,\"config\":X,\"created_at\":X,"
                        + "\"updated_at\":X,\"inference_config_path\":X,\"new\":X}")
                .replace("X", value);
        FineTuneJob job = FineTuneJob.fromJson(text);
        assertThat(job.name()).isNull();
        assertThat(job.uuid()).isNull();
        assertThat(job.status()).isNull();
        assertThat(job.createdAt()).isNull();
        assertThat(job.inferenceConfigPath()).isNull();
        assertThat(job.config() == null || job.config().datasets().isEmpty()).isTrue();
        assertThat(job.json()).isEqualTo(text);
        assertThat(job.card()).contains("id");
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "true", "\"x\"", "{}", "null", "[5, null, \"x\", []]"})
    void partsOfAConfigurationOfAnotherTypeDoNotFail(String value) {
        String text = "{\"id\":\"a\",\"config\":{\"model\":[1],\"datasets\":X}}".replace("X", value);
        JobConfig config = Objects.requireNonNull(FineTuneJob.fromJson(text).config());
        assertThat(config.model()).isNull();
        assertThat(config.datasets()).isEmpty();
        String files = "{\"id\":\"a\",\"config\":{\"datasets\":[{\"name\":X,\"split\":3,\"file_ids\":X}]}}"
                .replace("X", value);
        assertThat(Objects.requireNonNull(FineTuneJob.fromJson(files).config()).datasets())
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "2026-04-27T14:32:18Z, 2026-04-27T14:32:18Z",
                "2026-04-27T14:32:18.421000Z, 2026-04-27T14:32:18.421Z",
                "2026-04-27T14:32:18.421, 2026-04-27T14:32:18.421Z",
                "2026-04-27 14:32:18, 2026-04-27T14:32:18Z",
                "2026-04-27t14:32:18z, 2026-04-27T14:32:18Z",
                "2026-04-27T14:32, 2026-04-27T14:32:00Z",
                "2026-04-27T14:32:18+02:00, 2026-04-27T12:32:18Z",
                "2026-04-27T14:32:18-0530, 2026-04-27T20:02:18Z",
                "2026-04-27T14:32:18+02, 2026-04-27T12:32:18Z",
                "2026-04-27, 2026-04-27T00:00:00Z",
                "2026-02-30, -",
                "2026-02-30T00:00:00Z, -",
                "1714228338, -",
                "yesterday, -",
                "+999999999-12-31T23:59:59Z, -",
                "2026-04-27T14:32:18 Europe/Berlin, -"
            })
    void aTimestampIsReadWithAndWithoutAZone(String text, @Nullable Instant moment) {
        FineTuneJob job = FineTuneJob.fromJson("{\"id\":\"a\",\"created_at\":\"" + text + "\"}");
        assertThat(job.createdAt()).isEqualTo(moment);
        assertThat(job.card()).contains("created");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "1777300338, 2026-04-27T14:32:18Z",
                "1777300338.5, 2026-04-27T14:32:18.500Z",
                "1777300338000, -",
                "NaN, -",
                "-1, -",
                "true, -"
            })
    void aNumberIsSecondsSince1970(String number, @Nullable Instant moment) {
        FineTuneJob job =
                FineTuneJob.fromJson("{\"id\":\"a\",\"created_at\":" + number + ",\"updated_at\":" + number + "}");
        assertThat(job.createdAt()).isEqualTo(moment);
        assertThat(job.updatedAt()).isEqualTo(moment);
        assertThat(job.card().contains(" ago")).isEqualTo(moment != null);
    }

    @Test
    void everyDigitAndDuplicateSurvives() {
        String text =
                "{ \"id\" : \"a\",\t\"x\":1.0E+2,\"y\":1e400, \"z\":NaN,\"id\":\"b\", \"w\":123456789012345678901234567890.10 }";
        FineTuneJob job = FineTuneJob.fromJson("\uFEFF \n" + text + "\n ");
        assertThat(job.json()).isEqualTo(text);
        assertThat(job.id()).isEqualTo("b");
    }

    @Test
    void twoRecordsAreEqualWhenTheirTextsAre() {
        assertThat(FineTuneJob.fromJson(SAMPLE))
                .isEqualTo(FineTuneJob.fromJson(SAMPLE))
                .hasSameHashCodeAs(FineTuneJob.fromJson(SAMPLE));
        assertThat(FineTuneJob.fromJson("{\"id\":\"a\"}")).isNotEqualTo(FineTuneJob.fromJson("{\"id\": \"a\"}"));
    }

    @Test
    void aHostileNameIsHarmlessInItsLine() {
        FineTuneJob job =
                FineTuneJob.fromJson("{\"id\":\"a\",\"name\":\"\\u001b[31m\\n\\u202ex\u009b\",\"status\":\"\\u0007\"}");
        assertThat(job.name()).startsWith("\u001b[31m\n");
        assertThat(job).hasToString("a  \\u0007  \\u001b[31m\\n\\u202ex\\u009b");
    }

    record ByApiNames(String id, Instant created_at, BigDecimal loss) {}

    record InCamelCase(String id, Instant createdAt, Config config) {
        record Config(String model) {}
    }

    @Test
    void aRecordFitsACallersOwnType() {
        FineTuneJob job = FineTuneJob.fromJson(SAMPLE.replaceFirst("\\{", "{\"loss\": 1.50,"));
        assertThat(job.as(ByApiNames.class))
                .isEqualTo(new ByApiNames(
                        "ftj-my-finetune-run-3de60a5c",
                        Instant.parse("2026-04-27T14:32:18.421Z"),
                        new BigDecimal("1.50")));
        assertThat(job.as(InCamelCase.class).createdAt()).isEqualTo(job.createdAt());
        assertThat(job.as(InCamelCase.class).config().model()).isEqualTo("Newton::c2_4_7b_251215a172f6d7");
        assertThat(Objects.requireNonNull(job.config())
                        .as(InCamelCase.Config.class)
                        .model())
                .startsWith("Newton");
    }

    @Test
    void aRecordThatDoesNotFitSaysSo() {
        FineTuneJob job = FineTuneJob.fromJson("{\"id\":\"a\",\"created_at\":\"soon\"}");
        FineTuneException e = catchThrowableOfType(FineTuneException.class, () -> job.as(InCamelCase.class));
        assertThat(e.kind()).isEqualTo(Kind.UNREADABLE);
        assertThat(e).hasMessageStartingWith("the record of a does not fit dev.ftj.FineTuneJobTest$InCamelCase");
    }

    record InUtc(Instant createdAt) {}

    record WithOffset(OffsetDateTime createdAt) {}

    record WithZone(ZonedDateTime createdAt) {}

    record Local(LocalDateTime createdAt) {}

    record Old(Date createdAt) {}

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-04-27T14:32:18Z",
                "2026-04-27T14:32:18",
                "2026-04-27T14:32:18.000000",
                "2026-04-27 14:32:18",
                "2026-04-27 14:32:18Z",
                "2026-04-27t14:32:18z",
                "2026-04-27T14:32:18+00:00",
                "2026-04-27T16:32:18+02:00",
                "2026-04-27T16:32:18+0200",
                "2026-04-27T16:32:18+02"
            })
    void aTimeIsTheSameMomentInTheAccessorAndInEveryTypeOfACallers(String text) {
        FineTuneJob job = FineTuneJob.fromJson("{\"id\":\"a\",\"created_at\":\"" + text + "\"}");
        Instant moment = Instant.parse("2026-04-27T14:32:18Z");

        assertThat(job.createdAt()).isEqualTo(moment);
        assertThat(job.as(InUtc.class).createdAt()).isEqualTo(moment);
        assertThat(job.as(WithOffset.class).createdAt()).isEqualTo(moment.atOffset(ZoneOffset.UTC));
        assertThat(job.as(WithZone.class).createdAt().toInstant()).isEqualTo(moment);
        assertThat(job.as(Local.class).createdAt()).isEqualTo("2026-04-27T14:32:18");
        assertThat(job.as(Old.class).createdAt()).isEqualTo(moment);
    }

    record Primitive(String id, int epochs) {}

    @Test
    void aPrimitiveIsZeroWhereItsFieldIsMissingAndFailsWhereItIsNull() {
        assertThat(FineTuneJob.fromJson("{\"id\":\"a\"}").as(Primitive.class)).isEqualTo(new Primitive("a", 0));
        FineTuneJob ofNull = FineTuneJob.fromJson("{\"id\":\"a\",\"epochs\":null}");
        assertThat(catchThrowableOfType(FineTuneException.class, () -> ofNull.as(Primitive.class)))
                .hasMessageContaining("does not fit");
    }

    static final class Broken {
        static final int VALUE = Integer.parseInt("no number");

        public int id = VALUE;
    }

    @Test
    void aTypeOfTheCallersThatDoesNotLoadIsTheCallersFailure() {
        assertThatThrownBy(() -> FineTuneJob.fromJson("{\"id\":\"a\"}").as(Broken.class))
                .isInstanceOf(ExceptionInInitializerError.class);
    }
}
