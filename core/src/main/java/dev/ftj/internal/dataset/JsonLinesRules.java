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
    private long objects;
    private long firstObject;
    private boolean uncounted;

    private static final class Key {
        long count;
        long last;
        /** The first line without the key; 0 if there is none so far. */
        long firstWithout;
    }

    JsonLinesRules(FileReport report) {
        this.report = report;
    }

    @Override
    public boolean line(byte[] bytes, int length, long number) {
        inLine.clear();
        try {
            boolean object = JsonLine.isObject(bytes, length, name -> {
                if (!inLine.add(name)) {
                    report.add(Problem.REPEATED_KEY, number, 1, "the key \"" + name + "\" occurs twice");
                }
            });
            if (!object) {
                report.add(Problem.NOT_AN_OBJECT, number, 1, "not a JSON object");
                return true;
            }
        } catch (JsonLine.MalformedException e) {
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
            key = new Key();
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
    public void end() {
        keys.forEach((name, key) -> {
            report.key(name, key.count);
            if (key.count < objects) {
                report.add(
                        Problem.MISSING_KEY,
                        key.firstWithout,
                        1,
                        "no key \"" + name + "\", which " + key.count + " of " + objects + " lines have");
            }
        });
        if (uncounted) {
            report.limit("keys: only the first " + MAX_KEYS + " different ones were counted");
        }
    }
}
