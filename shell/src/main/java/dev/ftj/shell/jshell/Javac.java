package dev.ftj.shell.jshell;

import com.sun.source.util.JavacTask;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;

/** The compiler with the options of a script, and its errors by snippet. */
final class Javac {
    private static final List<String> OPTIONS = List.of(
            "-proc:none",
            "-nowarn",
            "-Xlint:none",
            "-g",
            "-implicit:none",
            "-Xmaxerrs",
            "1000000",
            "-XDshould-stop.ifError=FLOW",
            "-sourcepath",
            "",
            "-classpath",
            System.getProperty("java.class.path"));

    /** An error, with its line in the script. */
    record Problem(Diagnostic<?> diagnostic, int line) {}

    private final JavaCompiler compiler;
    private final ScriptClasses classes;
    private final Lines lines;

    Javac(JavaCompiler compiler, ScriptClasses classes, Lines lines) {
        this.compiler = compiler;
        this.classes = classes;
        this.lines = lines;
    }

    JavacTask task(DiagnosticCollector<JavaFileObject> collector, List<Unit> sources) {
        return (JavacTask) compiler.getTask(null, classes, collector, OPTIONS, null, sources);
    }

    Map<Snippet, List<Problem>> problems(DiagnosticCollector<JavaFileObject> collector) {
        Map<Snippet, List<Problem>> problems = new TreeMap<>((a, b) -> Integer.compare(a.index(), b.index()));
        for (Diagnostic<? extends JavaFileObject> each : collector.getDiagnostics()) {
            if (each.getKind() == Diagnostic.Kind.ERROR && each.getSource() instanceof Unit unit) {
                Snippet snippet = unit.snippet(each.getPosition());
                if (snippet == null) {
                    throw new IllegalStateException(each.toString());
                }
                problems.computeIfAbsent(snippet, key -> new ArrayList<>())
                        .add(new Problem(each, lines.of(unit.offset(each.getPosition()))));
            }
        }
        return problems;
    }

    static Map<Diagnostic<?>, Integer> errors(List<Problem> problems) {
        Map<Diagnostic<?>, Integer> errors = new LinkedHashMap<>();
        problems.forEach(problem -> errors.put(problem.diagnostic(), problem.line()));
        return errors;
    }

    static boolean isMissing(Diagnostic<?> diagnostic) {
        return diagnostic.getCode().startsWith("compiler.err.cant.resolve")
                || diagnostic.getCode().equals("compiler.err.doesnt.exist");
    }

    /** Whether this error beside a missing type may be due to it: the class whose method is overridden. */
    static boolean mayFollow(Diagnostic<?> diagnostic) {
        return diagnostic.getCode().equals("compiler.err.method.does.not.override.superclass");
    }

    /** Returns the missing symbol of a diagnostic: {@code job(String)}, {@code variable x}, {@code class Row}. */
    static String symbol(Diagnostic<?> diagnostic) {
        String message = diagnostic.getMessage(Locale.ROOT);
        return message.lines()
                .map(String::strip)
                .filter(line -> line.startsWith("symbol:"))
                .map(line -> line.substring("symbol:".length()).strip())
                .map(symbol -> symbol.startsWith("method ") ? symbol.substring("method ".length()) : symbol)
                .findFirst()
                .orElse(message);
    }
}
