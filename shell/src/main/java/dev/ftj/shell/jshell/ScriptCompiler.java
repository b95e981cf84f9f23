package dev.ftj.shell.jshell;

import dev.ftj.shell.jshell.PartCompiler.Context;
import dev.ftj.shell.jshell.Snippet.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import javax.tools.JavaCompiler;
import org.jspecify.annotations.Nullable;

/**
 * Compiles the snippets of a script, as many at once as can be: its methods, types and variables are static members of a
 * class, and each statement is a method of a subclass. A variable that is declared again begins a subclass of its own,
 * where it hides the first.
 */
final class ScriptCompiler {
    /** A statement that can be run. */
    record Step(Snippet snippet, String className, String method) {}

    /**
     * What was compiled.
     *
     * @param next the index of the first snippet after it
     * @param failure how the script ends after the steps; null if it goes on
     */
    record Compiled(List<Step> steps, int next, @Nullable Ending failure) {}

    private final Context context;
    private String superclass = "Object";
    private int group;

    ScriptCompiler(
            JavaCompiler javac,
            ScriptClasses classes,
            Lines lines,
            Explanation explanation,
            List<String> usualImports) {
        Javac compiler = new Javac(javac, classes, lines);
        context = new Context(
                compiler,
                new SnippetParser(compiler, lines),
                lines,
                explanation,
                new VariableTypes(),
                usualImports,
                new LinkedHashMap<>(),
                new HashMap<>(),
                new LinkedHashMap<>(),
                new ArrayList<>());
    }

    /** The line of the script for a frame of a stack trace; 0 for one that is not the script's. */
    int line(StackTraceElement frame) {
        String file = frame.getFileName();
        return file != null && frame.getClassName().startsWith(ScriptClasses.PACKAGE + ".")
                ? context.units().stream()
                        .filter(unit -> unit.getName().endsWith("/" + file))
                        .findFirst()
                        .map(unit -> unit.line(frame.getLineNumber()))
                        .orElse(0)
                : 0;
    }

    /** What is said of the methods and types that refer to something that is nowhere in the script. */
    List<String> unresolved() {
        return context.unresolved().values().stream()
                .flatMap(List::stream)
                .distinct()
                .toList();
    }

    boolean isNew(Snippet imported) {
        String text = normal(imported);
        return !context.usualImports().contains(text)
                && context.imports().values().stream()
                        .noneMatch(each -> normal(each).equals(text));
    }

    private static String normal(Snippet imported) {
        return imported.text()
                .replaceAll("\\s*([.;])\\s*", "$1")
                .replaceAll("\\s+", " ")
                .strip();
    }

    /**
     * Compiles a part of the script that begins with its imports, up to the first snippet that does not compile.
     *
     * @param part snippets of one part, in their order
     */
    Compiled compile(List<Snippet> part) {
        group++;
        List<Snippet> snippets = new ArrayList<>(context.unresolved().keySet());
        context.unresolved().clear();
        Ending failure = null;
        for (Snippet snippet : part) {
            failure = context.explanation().ofCommand(snippet);
            if (failure != null) {
                break;
            }
            if (snippet.kind() == Kind.IMPORT) {
                // a second import of the same simple name takes the place of the first
                // See JShellAssumptionsTest.importsInOneSnippetAreReplacedTogether.
                String imported = normal(snippet);
                String name = imported.replaceAll(".*[ .](\\w+);", "$1");
                boolean many = imported.endsWith("*;") || imported.startsWith("import module ");
                context.imports().put(many ? imported : name, snippet);
            } else {
                snippets.add(snippet);
            }
        }
        int next = part.get(part.size() - 1).index() + 1;
        PartCompiler compiler = new PartCompiler(context, group, superclass, snippets, next, failure);
        Compiled compiled = compiler.compile();
        superclass = compiler.lastClass();
        return compiled;
    }
}
