package dev.ftj.internal.dataset;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The result of a check of one file. */
public final class FileReport {
    /** The most findings of one kind that are kept; all are counted. */
    public static final int MAX_OF_A_KIND = 20;

    private final Path file;
    private final boolean csv;
    private final Map<Problem, Long> counts = new EnumMap<>(Problem.class);
    private final List<Finding> findings = new ArrayList<>();
    private final Map<String, Long> keys = new LinkedHashMap<>();
    private final List<String> limits = new ArrayList<>();
    private long lines;
    private long bytes;

    FileReport(Path file, boolean csv) {
        this.file = file;
        this.csv = csv;
    }

    void add(Problem problem, long line, long column, String message) {
        if (counts.merge(problem, 1L, Long::sum) <= MAX_OF_A_KIND) {
            findings.add(new Finding(problem, line, column, message));
        }
    }

    void key(String name, long count) {
        keys.put(name, count);
    }

    /** Notes something that the check could not judge. */
    void limit(String note) {
        limits.add(note);
    }

    void size(long lineCount, long byteCount) {
        lines = lineCount;
        bytes = byteCount;
    }

    public Path file() {
        return file;
    }

    public boolean isCsv() {
        return csv;
    }

    /** Returns the number of lines; of CSV, the number of rows without the header. */
    public long lines() {
        return lines;
    }

    public long bytes() {
        return bytes;
    }

    /** Returns how many lines have each key, or the column names of CSV, in the order of the file. */
    public Map<String, Long> keys() {
        return keys;
    }

    public boolean isGood() {
        return counts.isEmpty();
    }

    /** Returns how often each kind of problem was found. */
    public Map<Problem, Long> counts() {
        return counts;
    }

    /** Returns the first findings of each kind, in the order of the file. */
    public List<Finding> findings() {
        return findings.stream()
                .sorted(Comparator.comparingLong(Finding::line).thenComparingLong(Finding::column))
                .toList();
    }

    /** Returns the parts that were not checked, and why; empty if everything was. */
    public List<String> limits() {
        return limits;
    }
}
