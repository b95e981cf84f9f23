package dev.ftj.shell.jshell;

import dev.ftj.shell.jshell.Javac.Problem;
import dev.ftj.shell.jshell.Snippet.Kind;
import dev.ftj.shell.jshell.SnippetParser.Variable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The state that the parts of a script share while they are compiled. */
final class ScriptState {
    final Javac javac;
    final SnippetParser parser;
    final Lines lines;
    final Explanation explanation;

    /** By their simple name; all members of a package or class by their text. */
    final Map<String, Snippet> imports = new LinkedHashMap<>();

    /** The types of variables, empty for methods and types, which later parts may declare again. */
    final Map<String, String> declared = new HashMap<>();

    /** Methods and types that use what is not declared yet, with the errors. */
    final Map<Snippet, List<String>> unresolved = new LinkedHashMap<>();

    final List<Unit> units = new ArrayList<>();

    ScriptState(Javac javac, Lines lines, Explanation explanation) {
        this.javac = javac;
        this.parser = new SnippetParser(javac, lines);
        this.lines = lines;
        this.explanation = explanation;
    }

    /** The line of the script for a frame of a stack trace; 0 for one that is not the script's. */
    int line(StackTraceElement frame) {
        String file = frame.getFileName();
        return file != null && frame.getClassName().startsWith(ScriptClasses.PACKAGE + ".")
                ? units.stream()
                        .filter(unit -> unit.getName().endsWith("/" + file))
                        .findFirst()
                        .map(unit -> unit.line(frame.getLineNumber()))
                        .orElse(0)
                : 0;
    }

    boolean isNew(Snippet imported) {
        String text = normal(imported);
        return !ScriptRun.IMPORTS.contains(text)
                && imports.values().stream().noneMatch(each -> normal(each).equals(text));
    }

    /** A second import of the same simple name takes the place of the first. */
    void add(Snippet snippet) {
        // See JShellAssumptionsTest.importsInOneSnippetAreReplacedTogether.
        String imported = normal(snippet);
        String name = imported.replaceAll(".*[ .](\\w+);", "$1");
        boolean many = imported.endsWith("*;") || imported.startsWith("import module ");
        imports.put(many ? imported : name, snippet);
    }

    private static String normal(Snippet imported) {
        return imported.text()
                .replaceAll("\\s*([.;])\\s*", "$1")
                .replaceAll("\\s+", " ")
                .strip();
    }

    /** Begins a source file. */
    Unit unit(String name) {
        Unit unit = new Unit(name, lines).add("package " + ScriptClasses.PACKAGE + "; ");
        ScriptRun.IMPORTS.forEach(unit::add);
        for (Snippet each : imports.values()) {
            unit.add("\n").copy(each, each.start(), each.start() + each.text().length());
        }
        return unit;
    }

    String label(Snippet snippet) {
        return parser.of(snippet).label();
    }

    /** Where something is missing only because it could not be compiled itself, the reasons for that. */
    List<String> reasons(Collection<Problem> problems) {
        Set<String> names = problems.stream()
                .filter(problem -> Javac.isMissing(problem.diagnostic()))
                .map(problem -> Javac.symbol(problem.diagnostic()).replaceAll("^class |\\(.*", ""))
                .collect(Collectors.toSet());
        return unresolved.entrySet().stream()
                .filter(each -> names.contains(parser.of(each.getKey()).name()))
                .flatMap(each -> each.getValue().stream())
                .toList();
    }

    /** The end of a script at a statement that uses, itself or by a method, what is declared after it. */
    Ending tooEarly(Snippet statement, References.TooEarly use) {
        boolean direct = use.user().equals(statement);
        boolean isCall = use.used().kind() == Kind.METHOD && !direct;
        return explanation.ofTooEarly(
                lines.of(statement.start()),
                direct ? null : label(use.user()),
                lines.of(use.user().start()),
                isCall ? parser.of(use.used()).key() : label(use.used()),
                lines.of(use.used().start()));
    }

    List<Variable> variables(Snippet snippet) {
        return parser.of(snippet).variables();
    }
}
