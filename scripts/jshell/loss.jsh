#!/usr/bin/env ftj-jshell
// The loss curve of a job as text, one line a checkpoint:  loss.jsh JOB [SERIES]
// Exit code 1 where there is nothing to draw yet.

if (args.length < 1 || args.length > 2) {
    System.err.println("usage: loss.jsh JOB [SERIES]");
    exit(2);
}

var metrics = metrics(args[0]);
var loss = metrics.series(args.length == 2 ? args[1] : "loss");
if (loss.count() == 0) {
    System.err.println(oneLine(args[0] + " has no " + loss.name() + " yet"));
    exit(1);
}

// a bar from zero, or from the lowest value where that is below
double[] places = loss.places();
double[] values = loss.values();
double low = Math.min(0, Arrays.stream(values).filter(Double::isFinite).min().getAsDouble());
double high = Arrays.stream(values).filter(Double::isFinite).max().getAsDouble();
double unit = high == low ? 1 : (high - low) / 60;
println(String.format("%8s  %10s", metrics.axis(), "value"));
for (int i = 0; i < values.length; i++) {
    double value = values[i];
    String bar = Double.isFinite(value) ? "#".repeat((int) Math.round((value - low) / unit)) : "";
    println(String.format(Locale.ROOT, "%8.0f  %10s  %s", places[i],
            Double.isFinite(value) ? String.format(Locale.ROOT, "%.4f", value) : "-", bar));
}
println(loss);
