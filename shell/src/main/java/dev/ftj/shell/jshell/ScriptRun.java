package dev.ftj.shell.jshell;

import dev.ftj.internal.concurrent.Daemons;
import dev.ftj.shell.jshell.PartCompiler.Compiled;
import dev.ftj.shell.jshell.PartCompiler.Step;
import dev.ftj.shell.jshell.Snippet.Kind;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * One run of a script, with jshell's rules for what a script may hold, ended by the first snippet that does not compile or
 * throws. It is compiled in as few parts as its imports allow: jshell, which compiles each snippet by itself, takes 20 ms
 * for each.
 */
final class ScriptRun {
    /** The imports of jshell, and those of a script of ftj's. */
    static final List<String> IMPORTS = List.of(
            "import java.io.*;",
            "import java.math.*;",
            "import java.net.*;",
            "import java.nio.file.*;",
            "import java.time.*;",
            "import java.util.*;",
            "import java.util.concurrent.*;",
            "import java.util.function.*;",
            "import java.util.prefs.*;",
            "import java.util.regex.*;",
            "import java.util.stream.*;",
            "import dev.ftj.*;",
            "import static dev.ftj.script.FineTune.*;",
            "import static dev.ftj.shell.jshell.Prelude.*;");

    /** The compiler descends into nested source by recursion. */
    private static final long COMPILER_STACK = 256L << 20;

    private final List<Snippet> snippets;
    private final ScriptClasses classes;
    private final ScriptState script;
    private String superclass = "Object";
    private int parts;

    ScriptRun(ScriptSource source) {
        snippets = Splitter.split(source.text());
        Lines lines = new Lines(source.text());
        JavaCompiler javac = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler());
        classes = new ScriptClasses(javac.getStandardFileManager(null, Locale.ROOT, StandardCharsets.UTF_8));
        script = new ScriptState(new Javac(javac, classes, lines), lines, new Explanation(source.name(), lines));
    }

    /** Runs the script to its end, unless it ends the process itself. */
    Ending run() {
        int from = 0;
        while (from < snippets.size()) {
            List<Snippet> part = snippets.subList(from, endOfPart(from));
            Compiled compiled = onADeepStack(() -> compile(part));
            Ending ending = run(compiled.steps());
            ending = ending == null ? compiled.failure() : ending;
            if (ending != null) {
                return ending;
            }
            from = compiled.next();
        }
        List<String> unresolved = script.unresolved.values().stream()
                .flatMap(List::stream)
                .distinct()
                .toList();
        return unresolved.isEmpty() ? Ending.WELL : new Ending(1, unresolved);
    }

    /** An import is of effect from where it is on, so that one which is new begins a part. */
    private int endOfPart(int from) {
        int i = from;
        while (i < snippets.size() && snippets.get(i).kind() == Kind.IMPORT) {
            i++;
        }
        while (i < snippets.size() && (snippets.get(i).kind() != Kind.IMPORT || !script.isNew(snippets.get(i)))) {
            i++;
        }
        return i;
    }

    /**
     * Compiles a part of the script that begins with its imports, up to the first snippet that does not compile.
     *
     * @param part snippets of one part, in their order
     */
    private Compiled compile(List<Snippet> part) {
        List<Snippet> snippets = new ArrayList<>(script.unresolved.keySet());
        script.unresolved.clear();
        Ending failure = null;
        for (Snippet snippet : part) {
            failure = script.explanation.ofCommand(snippet);
            if (failure != null) {
                break;
            }
            if (snippet.kind() == Kind.IMPORT) {
                script.add(snippet);
            } else {
                snippets.add(snippet);
            }
        }
        int next = part.get(part.size() - 1).index() + 1;
        Compiled compiled =
                new PartCompiler(script, new Scopes(script, ++parts, superclass), snippets, next, failure).compile();
        superclass = compiled.lastClass();
        return compiled;
    }

    private @Nullable Ending run(List<Step> steps) {
        Map<String, Map<String, Method>> methods = new HashMap<>();
        for (Step step : steps) {
            try {
                Map<String, Method> ofClass = methods.get(step.className());
                if (ofClass == null) {
                    ofClass = new HashMap<>();
                    for (Method each : classes.load(step.className()).getDeclaredMethods()) {
                        each.setAccessible(true);
                        ofClass.put(each.getName(), each);
                    }
                    methods.put(step.className(), ofClass);
                }
                Objects.requireNonNull(ofClass.get(step.method())).invoke(null);
            } catch (InvocationTargetException e) {
                return thrown(
                        Objects.requireNonNull(e.getCause()),
                        script.lines.of(step.snippet().start()));
            } catch (ReflectiveOperationException e) {
                throw new LinkageError(step.className(), e);
            }
        }
        return null;
    }

    /**
     * What is said of an exception.
     *
     * @param line for one that has left no trace in the script; 0 for none
     */
    Ending thrown(Throwable thrown, int line) {
        List<Integer> passed = new ArrayList<>();
        for (StackTraceElement frame : thrown.getStackTrace()) {
            int each = script.line(frame);
            if (each > 0 && (passed.isEmpty() || passed.get(passed.size() - 1) != each)) {
                passed.add(each);
            }
        }
        return script.explanation.ofThrown(thrown, passed.isEmpty() ? List.of(line) : passed);
    }

    private static <T> T onADeepStack(Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        Daemons.start("ftj-compiler", COMPILER_STACK, task);
        try {
            return task.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
