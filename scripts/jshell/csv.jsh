#!/usr/bin/env ftj-jshell
// A CSV of many jobs from ids on stdin, one a line:  csv.jsh <ids.txt >jobs.csv
// What could not be had is a line on stderr, and the exit code of the last failure.

// a cell that begins as a formula would be one in a spreadsheet
String cell(Object value) {
    String text = value == null ? "" : oneLine(value.toString());
    String harmless = text.matches("[=+@-].*") ? "'" + text : text;
    return harmless.matches(".*[\",].*") ? '"' + harmless.replace("\"", "\"\"") + '"' : harmless;
}

String line(Object... values) {
    return Arrays.stream(values).map(value -> cell(value)).collect(Collectors.joining(","));
}

String row(FineTuneJob job) {
    return line(job.id(), job.name(), job.status(), job.model(), job.createdAt(), job.updatedAt(),
            job.inferenceConfigPath());
}

int code = 0;
println("id,name,status,model,created_at,updated_at,inference_config_path");
var ids = new BufferedReader(new InputStreamReader(System.in, "UTF-8")).lines().map(String::strip)
        .filter(line -> !line.isEmpty());

// lazily: the first rows are there before the last id is read, and memory does not grow with their number
for (var results = client().jobs(ids::iterator).iterator(); results.hasNext(); ) {
    var result = results.next();
    if (result.job() != null) {
        println(row(result.job()));
    } else {
        System.err.println(result);
        code = result.failure().kind().exitCode();
    }
}
exit(code);
