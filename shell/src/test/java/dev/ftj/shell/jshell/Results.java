package dev.ftj.shell.jshell;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Where the scripts of these tests put what they computed. */
public final class Results {
    private static final List<String> ALL = Collections.synchronizedList(new ArrayList<>());

    /** A type of the same name as one of the library. */
    public static final class Endpoint {}

    private Results() {}

    /** For scripts. */
    public static void put(Object value) {
        ALL.add(String.valueOf(value));
    }

    /** Runs a script, and returns what it put here, with the lines of its end behind that. */
    static List<String> of(String script) {
        ALL.clear();
        Ending ending =
                new ScriptRun(ScriptSource.of("s", "import static dev.ftj.shell.jshell.Results.put; " + script)).run();
        List<String> results = new ArrayList<>(ALL);
        results.addAll(ending.lines());
        return results;
    }
}
