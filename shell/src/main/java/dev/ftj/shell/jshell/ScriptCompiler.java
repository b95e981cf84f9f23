package dev.ftj.shell.jshell;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewArrayTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import dev.ftj.shell.jshell.Snippet.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.lang.model.element.Element;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import org.jspecify.annotations.Nullable;

/**
 * Compiles the snippets of a script, as many at once as can be: its methods, types and variables are static members of a
 * class, and each statement is a method of a subclass. A variable that is declared again begins a subclass of its own,
 * where it hides the first.
 */
final class ScriptCompiler {
    /** The time to infer types grows with the cube of it. */
    private static final int SCOPES_OF_A_PART = 16;

    /** Far from the limit of a class file, 65,535 constants. */
    private static final int STATEMENTS_OF_A_CLASS = 250;

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

    /** A statement that can be run. */
    record Step(Snippet snippet, String className, String method) {}

    /**
     * What was compiled.
     *
     * @param next the index of the first snippet after it
     * @param failure how the script ends after the steps; null where it goes on
     */
    record Compiled(List<Step> steps, int next, @Nullable Ending failure) {}

    /** A variable, with its type where that is written, and with where in the script its value begins and ends. */
    private record Variable(String name, @Nullable String type, int from, int to, boolean elements, boolean withBody) {
        boolean hasValue() {
            return from >= 0;
        }
    }

    /** What the parser found in a snippet: a label for people, a key that no other declaration in the same class has. */
    private record Parsed(String label, String name, String key, List<Variable> variables) {}

    private record Problem(Snippet snippet, Diagnostic<?> diagnostic, int line) {}

    private final JavaCompiler javac;
    private final ScriptClasses classes;
    private final Lines lines;
    private final Explanation explanation;
    private final List<Unit> units = new ArrayList<>();

    /** Imports so far, by the name that each of them gives a meaning. */
    private final Map<String, Snippet> imports = new LinkedHashMap<>();

    private final List<String> usualImports;
    private final VariableTypes types = new VariableTypes();

    /** Methods and types that refer to what is not defined so far, with what is said of each. */
    private final Map<Snippet, List<String>> unresolved = new LinkedHashMap<>();

    private final Map<Snippet, Parsed> parsed = new HashMap<>();

    /** Expressions that are no statements, with what the parser said of them. */
    private final Map<Snippet, List<Problem>> values = new HashMap<>();

    /** What is declared so far: variables with their types, methods and types without. */
    private final Map<String, String> declared = new HashMap<>();

    private String superclass = "Object";
    private int group;

    ScriptCompiler(
            JavaCompiler javac,
            ScriptClasses classes,
            Lines lines,
            Explanation explanation,
            List<String> usualImports) {
        this.javac = javac;
        this.classes = classes;
        this.lines = lines;
        this.explanation = explanation;
        this.usualImports = usualImports;
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

    /** What is said of the methods and types that refer to something that is nowhere in the script. */
    List<String> unresolved() {
        return unresolved.values().stream().flatMap(List::stream).distinct().toList();
    }

    boolean isNew(Snippet imported) {
        String text = normal(imported);
        return !usualImports.contains(text)
                && imports.values().stream().noneMatch(each -> normal(each).equals(text));
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
        List<Snippet> snippets = new ArrayList<>(unresolved.keySet());
        unresolved.clear();
        Ending failure = null;
        for (Snippet snippet : part) {
            failure = explanation.ofCommand(snippet);
            if (failure != null) {
                break;
            }
            if (snippet.kind() == Kind.IMPORT) {
                // a second import of the same simple name takes the place of the first
                String imported = normal(snippet);
                String name = imported.replaceAll(".*[ .](\\w+);", "$1");
                boolean many = imported.endsWith("*;") || imported.startsWith("import module ");
                imports.put(many ? imported : name, snippet);
            } else {
                snippets.add(snippet);
            }
        }
        int next = part.get(part.size() - 1).index() + 1;
        return new Group(snippets, next, failure).compile();
    }

    /** One part of the script. */
    private final class Group {
        private final List<Snippet> snippets;
        private final Map<Snippet, Integer> scopes = new HashMap<>();
        private final Map<Snippet, TypeMirror> inferred = new HashMap<>();

        /** Where {@code var} declares a variable of the same scope again; those of another type, which may not. */
        private final Set<Snippet> repeated = new HashSet<>();

        private final Set<Snippet> unlike = new HashSet<>();

        /** Variables that are only assigned, as one of the same name and type was declared before. */
        private final Set<Variable> assigned = new HashSet<>();

        /** Variables that begin a scope: their values are computed where the variables of their names are the old ones. */
        private final Set<Snippet> begins = new HashSet<>();

        private int lastScope;
        private int limit = Integer.MAX_VALUE;
        private @Nullable Ending failure;

        private int next;

        Group(List<Snippet> snippets, int next, @Nullable Ending failure) {
            this.snippets = new ArrayList<>(snippets);
            this.next = next;
            this.failure = failure;
        }

        Compiled compile() {
            while (!parse()) {
                // again, with what is left
            }
            do {
                findScopes();
                infer();
            } while (!repeatedAlike());
            List<Step> steps = generate();
            while (steps == null) {
                steps = generate();
            }
            superclass = className(lastScope);
            remember();
            return new Compiled(
                    steps.stream()
                            .filter(step -> step.snippet().index() < limit)
                            .toList(),
                    next,
                    failure);
        }

        private String className(int scope) {
            return "$" + group + "$" + scope;
        }

        private void endBefore(Snippet failed, Ending how) {
            limit = failed.index();
            snippets.removeIf(each -> each.index() >= limit);
            imports.values().removeIf(each -> each.index() >= limit);
            failure = how;
        }

        // ---- the parser tells variables from other statements, and expressions that are none ----

        private boolean parse() {
            Unit unit = new Unit("Parse$" + group, lines);
            for (Snippet each : snippets) {
                if (parsed.containsKey(each)) {
                    continue;
                }
                if (each.kind().isDeclaration()) {
                    unit.add("\nclass P {").copy(each, each.start(), each.end()).add("\n}");
                } else {
                    unit.add("\nclass P { void p() {");
                    statement(unit, each);
                    unit.add("\n}}");
                }
            }
            DiagnosticCollector<JavaFileObject> collector = new DiagnosticCollector<>();
            JavacTask task = task(collector, List.of(unit));
            try {
                for (CompilationUnitTree tree : task.parse()) {
                    SourcePositions positions = Trees.instance(task).getSourcePositions();
                    for (Tree each : tree.getTypeDecls()) {
                        if (each instanceof ClassTree type) {
                            parsed(unit, tree, type, positions);
                        }
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            for (Map.Entry<Snippet, List<Problem>> each : problems(collector).entrySet()) {
                Snippet snippet = each.getKey();
                boolean value = each.getValue().stream()
                        .allMatch(problem -> problem.diagnostic().getCode().equals("compiler.err.not.stmt"));
                if (value && snippet.kind() == Kind.STATEMENT && !values.containsKey(snippet)) {
                    values.put(snippet, each.getValue());
                    parsed.remove(snippet);
                } else {
                    List<Problem> problems = values.getOrDefault(snippet, each.getValue());
                    parsed.keySet().removeIf(after -> after.index() >= snippet.index());
                    endBefore(snippet, explanation.ofErrors(errors(problems)));
                    return false;
                }
            }
            return problems(collector).isEmpty();
        }

        private void statement(Unit unit, Snippet snippet) {
            if (snippet.kind() == Kind.EXIT) {
                int from = snippet.start() + "exit".length();
                unit.add(snippet, "dev.ftj.shell.jshell.Prelude.exit(", snippet.start())
                        .copy(snippet, from, snippet.end())
                        .add(");");
            } else if (values.containsKey(snippet)) {
                String text = snippet.text();
                int end = snippet.start() + (text.endsWith(";") ? text.length() - 1 : text.length());
                unit.add(snippet, "java.util.Objects.isNull(", snippet.start())
                        .copy(snippet, snippet.start(), end)
                        .add(");");
            } else {
                unit.copy(
                        snippet,
                        snippet.start(),
                        snippet.start() + snippet.text().length());
            }
        }

        private void parsed(Unit unit, CompilationUnitTree tree, ClassTree type, SourcePositions positions) {
            Tree member = type.getMembers().isEmpty() ? type : type.getMembers().get(0);
            List<? extends Tree> found = List.of(member);
            if (member instanceof MethodTree method
                    && method.getName().contentEquals("p")
                    && method.getBody() != null) {
                found = method.getBody().getStatements();
            }
            if (found.isEmpty()) {
                return;
            }
            Snippet snippet = unit.snippet(positions.getStartPosition(tree, found.get(0)));
            if (snippet == null) {
                return;
            }
            Tree first = found.get(0);
            List<Variable> variables = new ArrayList<>();
            String label = "the statement";
            String name = "";
            String key = "";
            if (snippet.kind() == Kind.METHOD && first instanceof MethodTree method) {
                name = method.getName().toString();
                label = "method " + name;
                key = method.getParameters().stream()
                        .map(parameter -> String.valueOf(parameter.getType()))
                        .collect(Collectors.joining(",", name + "(", ")"));
            } else if (snippet.kind() == Kind.TYPE && first instanceof ClassTree declared) {
                name = declared.getSimpleName().toString();
                label = declared.getKind().name().toLowerCase(Locale.ROOT).replace('_', ' ') + " " + name;
                key = "class " + name;
            } else if (first instanceof VariableTree) {
                for (Tree each : found) {
                    if (each instanceof VariableTree variable) {
                        variables.add(variable(unit, tree, variable, positions));
                    }
                }
                name = variables.get(0).name();
                label = "variable " + name;
            }
            parsed.put(snippet, new Parsed(label, name, key, variables));
        }

        private static Variable variable(
                Unit unit, CompilationUnitTree tree, VariableTree variable, SourcePositions positions) {
            ExpressionTree value = variable.getInitializer();
            boolean elements = value instanceof NewArrayTree array && array.getType() == null;
            boolean withBody = value instanceof NewClassTree created
                    && created.getClassBody() != null
                    && created.getArguments().isEmpty()
                    && created.getEnclosingExpression() == null;
            return new Variable(
                    variable.getName().toString(),
                    variable.getType() == null ? null : variable.getType().toString(),
                    value == null ? -1 : unit.offset(positions.getStartPosition(tree, value)),
                    value == null ? -1 : unit.offset(positions.getEndPosition(tree, value)),
                    elements,
                    withBody);
        }

        // ---- scopes: what is declared again is declared in a subclass ----

        private void findScopes() {
            Map<String, String> known = new HashMap<>(declared);
            lastScope = 0;
            repeated.clear();
            assigned.clear();
            begins.clear();
            for (Snippet snippet : snippets) {
                Parsed found = Objects.requireNonNull(parsed.get(snippet));
                boolean again = !found.key().isEmpty() && known.containsKey(found.key());
                for (Variable each : found.variables()) {
                    String before = known.get(each.name());
                    if (before != null && isAssigned(snippet, each, before)) {
                        assigned.add(each);
                    } else {
                        again |= before != null;
                    }
                }
                if (again && lastScope == SCOPES_OF_A_PART - 1) {
                    next = snippet.index();
                    failure = null;
                    snippets.removeIf(each -> each.index() >= next);
                    return;
                }
                if (again) {
                    lastScope++;
                    if (found.variables().size() == 1) {
                        begins.add(snippet);
                    }
                }
                scopes.put(snippet, lastScope);
                if (!found.key().isEmpty()) {
                    known.put(found.key(), "");
                }
                for (Variable each : found.variables()) {
                    if (!assigned.contains(each)) {
                        String type = each.type() == null ? "var" : each.type();
                        known.put(each.name(), each.withBody() ? "" : type);
                    } else if (each.type() == null) {
                        repeated.add(snippet);
                    }
                }
            }
        }

        /** Whether to declare a variable again only assigns it, since its type stays what it was. */
        private boolean isAssigned(Snippet snippet, Variable variable, String before) {
            return variable.type() == null
                    ? !before.isEmpty() && !variable.withBody() && !unlike.contains(snippet)
                    : variable.hasValue() && variable.type().equals(before);
        }

        /** Whether each {@code var} that repeats a variable has its type; if not, it begins a scope the next time. */
        private boolean repeatedAlike() {
            int before = unlike.size();
            Map<String, String> known = new HashMap<>(declared);
            for (Snippet snippet : repeated.isEmpty() ? List.<Snippet>of() : snippets) {
                for (Variable each : variables(snippet)) {
                    String type = written(snippet, each);
                    if (!repeated.contains(snippet)) {
                        known.put(each.name(), type);
                    } else if (!type.equals(known.get(each.name()))) {
                        unlike.add(snippet);
                    }
                }
            }
            return unlike.size() == before;
        }

        /** What later parts may declare again. */
        private void remember() {
            for (Snippet snippet : snippets) {
                Parsed found = Objects.requireNonNull(parsed.get(snippet));
                if (!found.key().isEmpty()) {
                    declared.put(found.key(), "");
                }
                for (Variable each : found.variables()) {
                    declared.put(each.name(), each.withBody() ? "" : written(snippet, each));
                }
            }
        }

        private String written(Snippet snippet, Variable variable) {
            if (variable.type() != null) {
                return variable.type();
            }
            TypeMirror type = inferred.get(snippet);
            return type == null ? "Object" : types.visit(type);
        }

        private List<List<Snippet>> byScope() {
            List<List<Snippet>> all = new ArrayList<>();
            for (int scope = 0; scope <= lastScope; scope++) {
                all.add(new ArrayList<>());
            }
            snippets.forEach(
                    each -> all.get(Objects.requireNonNull(scopes.get(each))).add(each));
            return all;
        }

        // ---- the types of var: its variables are local ones for that ----

        private void infer() {
            if (snippets.stream()
                    .noneMatch(each -> variables(each).stream().anyMatch(variable -> variable.type() == null))) {
                return;
            }
            Unit unit = new Unit(VariableTypes.INFERRING + group, lines);
            header(unit);
            List<List<Snippet>> inScopes = byScope();
            for (int scope = 0; scope <= lastScope; scope++) {
                unit.add("\nclass " + VariableTypes.INFERRING + className(scope) + " extends "
                        + (scope == 0 ? superclass : VariableTypes.INFERRING + className(scope - 1)) + " {");
                for (Snippet each : inScopes.get(scope)) {
                    if (each.kind().isDeclaration()) {
                        unit.add("\n").copy(each, each.start(), each.end());
                    }
                }
                unit.add("\nvoid p() throws Throwable {");
                for (Snippet each : inScopes.get(scope)) {
                    if (!each.kind().isDeclaration()) {
                        unit.add("\n");
                        Variable variable = variables(each).isEmpty()
                                ? null
                                : variables(each).get(0);
                        if (variable != null && variable.type() == null && variable.hasValue()) {
                            // under another name first, so that the value can refer to what it hides
                            String other = variable.name() + "$" + each.index();
                            unit.add(each, "var " + other + " = ", each.start())
                                    .copy(each, variable.from(), variable.to())
                                    .add(";");
                            unit.add(repeated.contains(each) ? "" : "var " + variable.name() + " = " + other + ";");
                        } else {
                            statement(unit, each);
                        }
                    }
                }
            }
            unit.add("\n" + "}}".repeat(lastScope + 1));
            DiagnosticCollector<JavaFileObject> collector = new DiagnosticCollector<>();
            JavacTask task = task(collector, List.of(unit));
            try {
                Iterable<? extends CompilationUnitTree> trees = task.parse();
                task.analyze();
                for (CompilationUnitTree tree : trees) {
                    for (Tree each : tree.getTypeDecls()) {
                        if (each instanceof ClassTree type) {
                            inferred(unit, Trees.instance(task), new TreePath(new TreePath(tree), type));
                        }
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            for (Map.Entry<Snippet, List<Problem>> each : problems(collector).entrySet()) {
                if (each.getValue().stream()
                        .anyMatch(problem ->
                                problem.diagnostic().getCode().equals("compiler.err.cant.infer.local.var.type"))) {
                    endBefore(each.getKey(), explanation.ofErrors(errors(each.getValue())));
                    return;
                }
            }
        }

        private void inferred(Unit unit, Trees trees, TreePath path) {
            SourcePositions positions = trees.getSourcePositions();
            for (Tree member : ((ClassTree) path.getLeaf()).getMembers()) {
                if (!(member instanceof MethodTree method)
                        || !method.getName().contentEquals("p")
                        || method.getBody() == null) {
                    continue;
                }
                TreePath body = new TreePath(new TreePath(path, method), method.getBody());
                for (StatementTree statement : method.getBody().getStatements()) {
                    TreePath each = new TreePath(body, statement);
                    if (statement instanceof VariableTree) {
                        Snippet snippet =
                                unit.snippet(positions.getStartPosition(path.getCompilationUnit(), statement));
                        Element element = trees.getElement(each);
                        if (snippet != null && element != null) {
                            inferred.put(snippet, element.asType());
                        }
                    } else if (statement instanceof ClassTree type
                            && type.getSimpleName().toString().startsWith(VariableTypes.INFERRING)) {
                        inferred(unit, trees, each);
                    }
                }
            }
        }

        // ---- the classes that run ----

        /** @return null where something had to be left out first */
        private @Nullable List<Step> generate() {
            Unit members = new Unit("Members$" + group, lines);
            Unit statements = new Unit("Statements$" + group, lines);
            header(members);
            header(statements);
            List<Step> steps = new ArrayList<>();
            List<List<Snippet>> inScopes = byScope();
            for (int scope = 0; scope <= lastScope; scope++) {
                members.add("\nclass " + className(scope) + " extends "
                        + (scope == 0 ? superclass : className(scope - 1)) + " {");
                String host = "";
                String name = "";
                int count = 0;
                for (Snippet each : inScopes.get(scope)) {
                    if (each.kind().isDeclaration()) {
                        members.add("\n").add(each, "static ", each.start()).copy(each, each.start(), each.end());
                        continue;
                    }
                    String seen = className(begins.contains(each) ? scope - 1 : scope);
                    if (!seen.equals(host) || count == STATEMENTS_OF_A_CLASS) {
                        statements.add(host.isEmpty() ? "" : "\n}");
                        host = seen;
                        name = className(scope) + "$" + each.index();
                        count = 0;
                        statements.add("\nclass " + name + " extends " + host + " {");
                    }
                    count++;
                    Step step = new Step(each, name, "do$" + each.index());
                    statements
                            .add("\n")
                            .add(each, "static void " + step.method() + "() throws Throwable {", each.start());
                    if (variables(each).isEmpty()) {
                        statement(statements, each);
                    } else {
                        variables(each).forEach(variable -> assign(members, statements, each, variable));
                    }
                    statements.add("\n}");
                    steps.add(step);
                }
                members.add("\n}");
                statements.add(host.isEmpty() ? "" : "\n}");
            }
            return compiled(members, statements) ? steps : null;
        }

        private void assign(Unit members, Unit statements, Snippet snippet, Variable variable) {
            TypeMirror type = inferred.get(snippet);
            String written = written(snippet, variable);
            boolean withBody = variable.type() == null
                    && variable.withBody()
                    && type instanceof DeclaredType
                    && VariableTypes.isAnonymous(type);
            if (withBody && type instanceof DeclaredType anonymous) {
                // the members of a class without a name can be used where its type is inferred
                TypeMirror named = VariableTypes.named(anonymous);
                boolean isInterface =
                        ((DeclaredType) named).asElement().getKind().isInterface();
                int body = snippet.text().indexOf('{', variable.from() - snippet.start()) + snippet.start();
                String name = "Type$" + snippet.index() + variable.name();
                members.add("\n")
                        .add(
                                snippet,
                                "static class " + name + (isInterface ? " implements " : " extends ")
                                        + types.visit(named),
                                snippet.start())
                        .copy(snippet, body, variable.to());
                written = name;
            }
            if (!assigned.contains(variable)) {
                members.add("\n").add(snippet, "static " + written + " " + variable.name() + ";", snippet.start());
            }
            String prefix =
                    begins.contains(snippet) ? className(Objects.requireNonNull(scopes.get(snippet))) + "." : "";
            String target = prefix + variable.name();
            if (withBody) {
                statements.add(target + " = new " + prefix + written + "();");
            } else if (variable.hasValue()) {
                statements
                        .add(target + " = " + (variable.elements() ? "new " + written : ""))
                        .copy(snippet, variable.from(), variable.to())
                        .add(";\n");
            }
        }

        private boolean compiled(Unit members, Unit statements) {
            DiagnosticCollector<JavaFileObject> collector = new DiagnosticCollector<>();
            JavacTask task = task(collector, List.of(members, statements));
            try {
                Iterable<? extends CompilationUnitTree> trees = task.parse();
                task.analyze();
                Map<Snippet, List<Problem>> problems = problems(collector);
                if (!problems.isEmpty()) {
                    leaveOut(problems);
                    return false;
                }
                checkOrder(new References(Trees.instance(task), trees, List.of(members, statements)));
                task.generate();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            units.add(members);
            units.add(statements);
            return true;
        }

        /** What a method or a type refers to may follow in a later part; anything else ends the script. */
        private void leaveOut(Map<Snippet, List<Problem>> problems) {
            for (Map.Entry<Snippet, List<Problem>> each : problems.entrySet()) {
                Snippet snippet = each.getKey();
                List<Problem> all = each.getValue();
                boolean missing = all.stream().allMatch(problem -> isMissing(problem.diagnostic()));
                if (!missing || !snippet.kind().isDeclaration()) {
                    List<String> reasons = reasons(all);
                    endBefore(
                            snippet,
                            reasons.isEmpty()
                                    ? explanation.ofErrors(errors(all))
                                    : explanation.ofUnresolved(
                                            reasons, all.get(0).line()));
                    return;
                }
                if (Objects.requireNonNull(scopes.get(snippet)) < lastScope) {
                    scopes.put(snippet, lastScope);
                } else {
                    String label = Objects.requireNonNull(parsed.get(snippet)).label();
                    List<String> reasons = reasons(all);
                    unresolved.put(
                            snippet,
                            !reasons.isEmpty()
                                    ? reasons
                                    : all.stream()
                                            .map(problem -> explanation.missing(
                                                    problem.line(), label, symbol(problem.diagnostic())))
                                            .distinct()
                                            .toList());
                    snippets.remove(snippet);
                }
            }
        }

        /** Where something is missing only because it could not be compiled itself, the reasons for that. */
        private List<String> reasons(Collection<Problem> problems) {
            Set<String> names = problems.stream()
                    .filter(problem -> isMissing(problem.diagnostic()))
                    .map(problem -> symbol(problem.diagnostic()).replaceAll("^class |\\(.*", ""))
                    .collect(Collectors.toSet());
            return unresolved.entrySet().stream()
                    .filter(each -> names.contains(
                            Objects.requireNonNull(parsed.get(each.getKey())).name()))
                    .flatMap(each -> each.getValue().stream())
                    .toList();
        }

        // ---- a statement sees what is declared before it, and so do the methods that it calls ----

        private void checkOrder(References references) {
            for (Snippet snippet : snippets) {
                if (snippet.kind().isDeclaration()) {
                    continue;
                }
                References.TooEarly use = references.tooEarly(snippet);
                if (use != null) {
                    endBefore(
                            snippet,
                            explanation.ofTooEarly(
                                    lines.of(snippet.start()),
                                    use.user().equals(snippet) ? null : label(use.user()),
                                    lines.of(use.user().start()),
                                    use.used().kind() == Kind.METHOD
                                                    && !use.user().equals(snippet)
                                            ? Objects.requireNonNull(parsed.get(use.used()))
                                                    .key()
                                            : label(use.used()),
                                    lines.of(use.used().start())));
                    return;
                }
            }
        }

        private void header(Unit unit) {
            unit.add("package " + ScriptClasses.PACKAGE + "; ");
            usualImports.forEach(unit::add);
            for (Snippet each : imports.values()) {
                unit.add("\n")
                        .copy(each, each.start(), each.start() + each.text().length());
            }
        }
    }

    private String label(Snippet snippet) {
        return Objects.requireNonNull(parsed.get(snippet)).label();
    }

    private List<Variable> variables(Snippet snippet) {
        return Objects.requireNonNull(parsed.get(snippet)).variables();
    }

    private JavacTask task(DiagnosticCollector<JavaFileObject> collector, List<Unit> sources) {
        return (JavacTask) javac.getTask(null, classes, collector, OPTIONS, null, sources);
    }

    private Map<Snippet, List<Problem>> problems(DiagnosticCollector<JavaFileObject> collector) {
        Map<Snippet, List<Problem>> problems = new TreeMap<>((a, b) -> Integer.compare(a.index(), b.index()));
        for (Diagnostic<? extends JavaFileObject> each : collector.getDiagnostics()) {
            if (each.getKind() == Diagnostic.Kind.ERROR && each.getSource() instanceof Unit unit) {
                Snippet snippet = unit.snippet(each.getPosition());
                if (snippet == null) {
                    throw new IllegalStateException(each.toString());
                }
                problems.computeIfAbsent(snippet, key -> new ArrayList<>())
                        .add(new Problem(snippet, each, lines.of(unit.offset(each.getPosition()))));
            }
        }
        return problems;
    }

    private static Map<Diagnostic<?>, Integer> errors(List<Problem> problems) {
        Map<Diagnostic<?>, Integer> errors = new LinkedHashMap<>();
        problems.forEach(problem -> errors.put(problem.diagnostic(), problem.line()));
        return errors;
    }

    private static boolean isMissing(Diagnostic<?> diagnostic) {
        return diagnostic.getCode().startsWith("compiler.err.cant.resolve")
                || diagnostic.getCode().equals("compiler.err.doesnt.exist");
    }

    /** What a diagnostic says is missing: {@code job(String)}, {@code variable x}, {@code class Row}. */
    private static String symbol(Diagnostic<?> diagnostic) {
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
