#!/usr/bin/env ftj-jshell
// Waits for a job to end, and prints where its inference config is:  wait.jsh JOB
// Exit code 0 with a path on stdout; else 10 FAILED, 11 STOPPED, 12 CANCELLED, 1 where it completed without a path.
import dev.ftj.FineTuneJob;
import dev.ftj.JobStatus;
import dev.ftj.text.Sanitizer;

boolean isAtItsEnd(FineTuneJob job) {
    JobStatus status = job.status();
    boolean pathIsToCome = JobStatus.COMPLETED.equals(status) && job.inferenceConfigPath() == null;
    return status != null && status.isTerminal() && !pathIsToCome;
}

if (args.length != 1) {
    System.err.println("usage: wait.jsh JOB");
    exit(2);
}

// the path may come a moment after the status, and no later than a minute
var job = job(args[0]);
var patience = Instant.MAX;
while (!isAtItsEnd(job) && Instant.now().isBefore(patience)) {
    Thread.sleep(500);
    job = job(args[0]);
    if (JobStatus.COMPLETED.equals(job.status()) && patience == Instant.MAX) {
        patience = Instant.now().plusSeconds(60);
    }
}

System.err.println(job);
if (job.inferenceConfigPath() != null) {
    println(Sanitizer.oneLine(job.inferenceConfigPath()));
    exit(0);
}
exit(Map.of("FAILED", 10, "STOPPED", 11, "CANCELLED", 12).getOrDefault(job.status().value(), 1));
