#!/usr/bin/env ftj-jshell
// Tells what became of a job, and why it failed as far as its record says:  outcome.jsh JOB
// Exit code 0 COMPLETED, 10 FAILED, 11 STOPPED, 12 CANCELLED, 124 not ended yet.
import dev.ftj.FineTuneJob.Role;
import dev.ftj.JobStatus;

if (args.length != 1) {
    System.err.println("usage: outcome.jsh JOB");
    exit(2);
}

var job = job(args[0]);
println(job);
// what the documentation does not know, an error above all, is on the card by its own name
job.rows().stream()
        .filter(row -> row.role() == Role.OTHER)
        .forEach(row -> println("  " + row.label() + ": " + String.join("; ", row.values())));

int code = job.status() == null ? 124 : switch (job.status().value()) {
    case "COMPLETED" -> 0;
    case "FAILED" -> 10;
    case "STOPPED" -> 11;
    case "CANCELLED" -> 12;
    default -> 124;
};
exit(code);
