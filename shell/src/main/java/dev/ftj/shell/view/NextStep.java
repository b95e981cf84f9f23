package dev.ftj.shell.view;

import dev.ftj.FineTuneJob;
import dev.ftj.JobStatus;
import dev.ftj.shell.line.JobWord;
import dev.ftj.text.Sanitizer;
import java.util.Optional;

/** The command that is of use next, for a job in its status. */
public final class NextStep {
    private NextStep() {}

    /** One line to type; none where nothing is of use. */
    public static Optional<String> after(FineTuneJob job, boolean atPrompt, boolean sandbox) {
        String id = job.id();
        JobStatus status = job.status();
        if (id == null || status == null) {
            return Optional.empty();
        }
        String ftj = atPrompt ? "" : sandbox ? "ftj --sandbox " : "ftj ";
        String word = JobWord.of(id);
        String line;
        if (job.inferenceConfigPath() != null || status.equals(JobStatus.COMPLETED)) {
            line = ftj + "get " + word + " --field inference_config_path";
        } else if (status.equals(JobStatus.CANCELLED)) {
            return Optional.empty();
        } else {
            line = ftj + (status.isTerminal() ? "metrics " : "watch ") + word;
        }
        return Optional.of(Sanitizer.oneLine("next: " + line));
    }
}
