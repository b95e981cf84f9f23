#!/usr/bin/env ftj-jshell
// Tells when a job has ended, how, and why it failed as far as its record says:  outcome.jsh JOB [HOURS]
// Exit code 0 COMPLETED, 10 FAILED, 11 STOPPED, 12 CANCELLED, 124 where the hours passed first.
import dev.ftj.FineTuneJob.Role;

if (args.length < 1 || args.length > 2) {
    System.err.println("usage: outcome.jsh JOB [HOURS]");
    exit(2);
}

// a failure to learn it, or hours that passed, end the script with the exit code that ftj would have
var job = args.length == 1 ? await(args[0]) : await(args[0], Duration.ofHours(Long.parseLong(args[1])));
println(job);
// what the documentation does not know, an error above all, is on the card by its own name
job.rows().stream()
        .filter(row -> row.role() == Role.OTHER)
        .forEach(row -> println("  " + row.label() + ": " + String.join("; ", row.values())));

exit(Map.of("COMPLETED", 0, "FAILED", 10, "STOPPED", 11, "CANCELLED", 12).getOrDefault(job.status().canonical().value(), 1));
