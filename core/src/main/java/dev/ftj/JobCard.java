package dev.ftj;

import dev.ftj.FineTuneJob.Role;
import dev.ftj.FineTuneJob.Row;
import dev.ftj.internal.json.RawJson;
import dev.ftj.internal.text.Sanitizer;
import dev.ftj.internal.text.TimeText;
import dev.ftj.internal.text.ZonedClock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A job's record as labelled rows: the one list behind every display of it, so that all of them show the same. Every
 * label and value is safe to print.
 */
final class JobCard {
    private static final Set<String> TOP_FIELDS = Set.of(
            "name", "id", "uuid", "org_uuid", "status", "config", "created_at", "updated_at", "inference_config_path");
    private static final String MODEL = "fine_tuned_model";

    private final List<Row> rows = new ArrayList<>();
    private final FineTuneJob job;
    private final ZonedClock clock;
    private final Instant now;

    private JobCard(FineTuneJob job, ZonedClock clock) {
        this.job = job;
        this.clock = clock;
        this.now = clock.now();
        collect();
    }

    /** The card as of this moment, in the local zone: it does not age. */
    static JobCard of(FineTuneJob job) {
        return of(job, ZonedClock.system());
    }

    /** The card as a clock sees it, which is read once. */
    static JobCard of(FineTuneJob job, ZonedClock clock) {
        return new JobCard(job, clock);
    }

    /** Returns the rows, the most important first; never empty. */
    List<Row> rows() {
        return List.copyOf(rows);
    }

    /** The card as plain text, values in one column. */
    String text() {
        int column = 0;
        for (Row row : rows) {
            column = Math.max(column, row.label().length() + 2);
        }
        StringBuilder text = new StringBuilder();
        for (Row row : rows) {
            String label = row.label();
            for (String value : row.values()) {
                text.append(text.isEmpty() ? "" : "\n")
                        .append(label)
                        .append(" ".repeat(column - label.length()))
                        .append(value);
                label = "";
            }
        }
        return text.toString();
    }

    private void collect() {
        field("name", "name", Role.NAME);
        field("id", "id", Role.ID);
        field("status", "status", Role.STATUS);
        config();
        boolean ownModel = job.config() == null || job.config().model() == null;
        if (ownModel) {
            field("model", "model", Role.FIELD); // of the newer API
        }
        time("created", "created_at", job.createdAt());
        time("updated", "updated_at", job.updatedAt());
        outcome();
        field("uuid", "uuid", Role.ID);
        field("org", "org_uuid", Role.ID);
        for (Map.Entry<String, RawJson> field : job.json.fields().entrySet()) {
            String name = field.getKey();
            if (!TOP_FIELDS.contains(name)
                    && !(job.isOfNewerApi() && name.equals(MODEL))
                    && !(ownModel && name.equals("model") && !field.getValue().isNull())) {
                add(name, List.of(field.getValue().shown()), Role.OTHER);
            }
        }
    }

    private void field(String label, String name, Role role) {
        RawJson value = job.json.fields().get(name);
        if (value != null && !value.isNull()) {
            add(label, List.of(value.shown()), role);
        }
    }

    private void config() {
        JobConfig config = job.config();
        if (config == null) {
            field("config", "config", Role.FIELD);
            return;
        }
        for (Map.Entry<String, RawJson> member : config.json.fields().entrySet()) {
            RawJson value = member.getValue();
            if (member.getKey().equals("datasets") && value.isArray()) {
                List<String> lines = new ArrayList<>();
                for (RawJson dataset : value.elements()) {
                    lines.add(dataset(dataset));
                }
                add(lines.size() == 1 ? "dataset" : "datasets", lines.isEmpty() ? List.of("none") : lines, Role.FIELD);
            } else if (!value.isNull()) {
                boolean documented =
                        member.getKey().equals("model") || member.getKey().equals("datasets");
                add(
                        documented ? member.getKey() : "config." + member.getKey(),
                        List.of(value.shown()),
                        documented ? Role.FIELD : Role.OTHER);
            }
        }
    }

    /** Returns a dataset in words, or its JSON if words would leave something out. */
    private static String dataset(RawJson json) {
        boolean documented = json.isObject();
        for (Map.Entry<String, RawJson> field : json.fields().entrySet()) {
            documented &= isAsDocumented(field.getKey(), field.getValue());
        }
        return documented ? Dataset.of(json).toString() : json.compact();
    }

    private static boolean isAsDocumented(String name, RawJson value) {
        return switch (name) {
            case "name", "split" -> value.isNull() || value.text() != null;
            case "file_ids" -> value.isNull() || value.isArray();
            default -> false;
        };
    }

    private void time(String label, String name, @Nullable Instant moment) {
        if (moment == null) {
            field(label, name, Role.TIME);
        } else {
            String local = TimeText.local(moment, now, clock);
            add(label, List.of(local + ", " + TimeText.ago(moment, now)), Role.TIME);
        }
    }

    /** Shows the inference config or the model, or that there is none yet. */
    private void outcome() {
        JobStatus status = job.status();
        boolean never = status != null && status.isTerminal() && !status.equals(JobStatus.COMPLETED);
        String field = job.isOfNewerApi() ? MODEL : "inference_config_path";
        RawJson value = job.json.fields().get(field);
        String shown = value == null || value.isNull() ? never ? "none" : "not yet" : value.shown();
        add(job.isOfNewerApi() ? MODEL : "inference config", List.of(shown), Role.FIELD);
    }

    private void add(String label, List<String> values, Role role) {
        List<String> safe = new ArrayList<>(values.size());
        for (String value : values) {
            safe.add(Sanitizer.oneLine(value));
        }
        rows.add(new Row(Sanitizer.oneLine(label), safe, role));
    }
}
