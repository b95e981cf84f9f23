#!/usr/bin/env ftj-jshell
// Waits for a job to end, and prints where its inference config is:  wait.jsh JOB
// Exit code 0 with a path on stdout; else 10 FAILED, 11 STOPPED, 12 CANCELLED, 1 where it completed without a path.

if (args.length != 1) {
    System.err.println("usage: wait.jsh JOB");
    exit(2);
}

var job = await(args[0]);
// the path may come a moment after the status, and no later than a minute
for (int i = 0; i < 60 && JobStatus.COMPLETED.equals(job.status()) && job.inferenceConfigPath() == null; i++) {
    Thread.sleep(1000);
    job = job(args[0]);
}

System.err.println(job);
if (job.inferenceConfigPath() != null) {
    println(oneLine(job.inferenceConfigPath()));
    exit(0);
}
exit(Map.of("FAILED", 10, "STOPPED", 11, "CANCELLED", 12).getOrDefault(job.status().canonical().value(), 1));
