package dev.ftj.internal.dataset;

import dev.ftj.internal.json.JsonLine;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** JSON Lines: one object a line, all with the same keys. */
final class JsonLinesRules implements DatasetCheck.Rules {
    /** A dataset has a handful of keys; more are not counted. */
    static final int MAX_KEYS = 1000;

    private final FileReport report;
    private final Map<String, Key> keys = new LinkedHashMap<>();
    private final Set<String> inLine = new LinkedHashSet<>();
    private final LineIndex.Sum sum = new LineIndex.Sum();
    private long checksum;
    private long objects;
    private long firstObject;
    private boolean uncounted;

    private static final class Key {
        final long first;
        long count;
        long last;
        /** The first line without the key; 0 if there is none so far. */
        long firstWithout;

        Key(long first) {
            this.first = first;
        }
    }

    JsonLinesRules(FileReport report) {
        this.report = report;
    }

    @Override
    public boolean line(byte[] bytes, int length, long number) {
        inLine.clear();
        try {
            JsonLine line = JsonLine.read(bytes, length, name -> {
                if (!inLine.add(name)) {
                    report.add(Problem.REPEATED_KEY, number, 1, "the key \"" + name + "\" occurs twice");
                }
            });
            checksum = line.hash() == 0 ? 1 : line.hash();
            if (!line.isObject()) {
                report.add(Problem.NOT_AN_OBJECT, number, 1, "not a JSON object");
                return true;
            }
        } catch (JsonLine.MalformedException e) {
            sum.reset();
            sum.update(bytes, length);
            checksum = sum.value();
            report.add(Problem.NOT_JSON, number, Utf8.column(bytes, e.offset()), "not JSON: " + e.getMessage());
            return true;
        }
        firstObject = objects++ == 0 ? number : firstObject;
        inLine.forEach(name -> count(name, number));
        if (inLine.size() < keys.size()) {
            keys.forEach((name, key) -> {
                if (key.last != number && key.firstWithout == 0) {
                    key.firstWithout = number;
                }
            });
        }
        return true;
    }

    private void count(String name, long number) {
        Key key = keys.get(name);
        if (key == null) {
            if (keys.size() == MAX_KEYS) {
                uncounted = true;
                return;
            }
            key = new Key(number);
            key.firstWithout = objects > 1 ? firstObject : 0;
            keys.put(name, key);
        }
        key.count++;
        key.last = number;
    }

    @Override
    public boolean isContinued() {
        return false;
    }

    @Override
    public boolean isData() {
        return true;
    }

    @Override
    public long checksum() {
        return checksum;
    }

    @Override
    public void end() {
        keys.forEach((name, key) -> {
            report.key(name, key.count);
            if (key.count < objects) {
                missing(name, key);
            }
        });
        if (uncounted) {
            report.limit("keys: only the first " + MAX_KEYS + " different ones were counted");
        }
    }

    /** Blames the minority: the lines without the key, or those with it. */
    private void missing(String name, Key key) {
        boolean odd = key.count < objects - key.count;
        String have = key.count == 1 ? " lines has" : " lines have";
        report.add(
                Problem.MISSING_KEY,
                odd ? key.first : key.firstWithout,
                1,
                (odd ? "key \"" : "no key \"") + name + "\", which " + (odd ? "only " : "") + key.count + " of "
                        + objects + have);
    }
}
