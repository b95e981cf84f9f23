package dev.ftj.shell.view;

import dev.ftj.FineTuneJob;
import dev.ftj.FineTuneJob.Role;
import dev.ftj.JobStatus;
import dev.ftj.internal.text.Sanitizer;
import dev.ftj.shell.args.ShellLine;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The next command to run for a job, by its status. */
public final class NextStep {
    private static final Pattern REASON = Pattern.compile("error|reason|fail|message", Pattern.CASE_INSENSITIVE);

    private NextStep() {}

    /**
     * Returns one line with a command; null if there is nothing to do.
     *
     * @param typed completes a command with the options of the line
     */
    public static @Nullable String after(FineTuneJob job, UnaryOperator<String> typed) {
        String id = job.id();
        JobStatus status = job.status();
        if (id == null || status == null) {
            return null;
        }
        String word = ShellLine.quoteId(id);
        String line;
        if (whyItFailed(job, typed) != null) {
            return null; // it names the command
        } else if (job.isOfNewerApi()) {
            line = job.fineTunedModel() != null
                    ? "get " + word + " --field fine_tuned_model"
                    : (status.isTerminal() ? "events " : "watch ") + word;
        } else if (job.inferenceConfigPath() != null || status.equals(JobStatus.COMPLETED)) {
            line = "get " + word + " --field inference_config_path";
        } else if (status.equals(JobStatus.CANCELLED)) {
            return null;
        } else {
            line = (status.isTerminal() ? "metrics " : "watch ") + word;
        }
        return Sanitizer.oneLine("next: " + typed.apply(line));
    }

    /** Returns a hint for finding the reason of a failure; null for other jobs, and if the record has a field for it. */
    public static @Nullable String whyItFailed(FineTuneJob job, UnaryOperator<String> typed) {
        if (!JobStatus.FAILED.equals(job.status())) {
            return null;
        }
        boolean stated = job.rows().stream()
                .filter(row -> row.role() == Role.OTHER)
                .anyMatch(row -> REASON.matcher(row.label()).find());
        if (stated) {
            return null;
        }
        String id = ShellLine.quoteId(String.valueOf(job.idOrUuid()));
        return Sanitizer.oneLine(
                job.isOfNewerApi()
                        ? "see what happened with `" + typed.apply("events " + id) + "`"
                        : "the API gives no reason for " + job.status() + ". Look at the last values with `"
                                + typed.apply("metrics " + id)
                                + "`, check the training files, or ask the vendor's support with the job's id");
    }
}
