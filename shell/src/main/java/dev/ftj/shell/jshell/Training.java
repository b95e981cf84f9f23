package dev.ftj.shell.jshell;

import java.io.OutputStream;
import java.io.PrintStream;

/**
 * What the launcher has the JVM watch, to keep the classes that a usual script loads: a small one, against the simulated
 * API.
 */
final class Training {
    private static final String SCRIPT = """
            record Row(String id, String status) {}
            String line(Row row) {
                return String.format("%s,%s", row.id(), row.status());
            }
            var sandbox = sandbox();
            if (args.length == 0) {
                println(job(sandbox.sampleId()));
            }
            List<Row> rows = new ArrayList<>();
            for (var job : jobs(sandbox.sampleId(), sandbox.sampleId())) {
                rows.add(new Row(job.id(), job.status().value()));
            }
            System.out.println(rows.stream().map(row -> line(row)).collect(Collectors.joining("\\n")));
            println(job("@last").card() + Duration.ofSeconds(1));
            job("ftj-error-404");
            """;

    private Training() {}

    /** Ends in the usual way, since that is when the JVM writes down what it saw. */
    public static void main(String[] argv) {
        System.setOut(new PrintStream(OutputStream.nullOutputStream(), true));
        Ending unused = new ScriptRun(ScriptSource.of("training", SCRIPT)).run();
        System.exit(0);
    }
}
