#!/usr/bin/env ftj-jshell
// Compares the configurations of two jobs, field by field:  compare.jsh JOB JOB
// Exit code 0 where they are the same, 1 where they differ.

// every value of a document under the path that leads to it
void flatten(String path, Object value, Map<String, String> into) {
    if (value instanceof Map<?, ?> map) {
        map.forEach((name, inner) -> flatten(path.isEmpty() ? "" + name : path + "." + name, inner, into));
    } else if (value instanceof List<?> list) {
        for (int i = 0; i < list.size(); i++) {
            flatten(path + "[" + i + "]", list.get(i), into);
        }
    } else {
        into.put(path, String.valueOf(value));
    }
}

Map<String, String> configOf(String id) {
    var config = job(id).config();
    Map<String, String> flat = new TreeMap<>();
    if (config != null) {
        flatten("", config.as(Map.class), flat);
    }
    return flat;
}

if (args.length != 2) {
    System.err.println("usage: compare.jsh JOB JOB");
    exit(2);
}

var left = configOf(args[0]);
var right = configOf(args[1]);
var paths = new TreeSet<>(left.keySet());
paths.addAll(right.keySet());
paths.removeIf(path -> Objects.equals(left.get(path), right.get(path)));
for (String path : paths) {
    println(oneLine(path));
    println("  - " + oneLine(left.getOrDefault(path, "(not there)")));
    println("  + " + oneLine(right.getOrDefault(path, "(not there)")));
}
exit(paths.isEmpty() ? 0 : 1);
