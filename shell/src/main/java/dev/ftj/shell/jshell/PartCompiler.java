package dev.ftj.shell.jshell;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.Trees;
import dev.ftj.shell.jshell.Javac.Problem;
import dev.ftj.shell.jshell.SnippetParser.Parsed;
import dev.ftj.shell.jshell.SnippetParser.Variable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import org.jspecify.annotations.Nullable;

/**
 * Compiles one part of a script: finds its scopes, infers the types of {@code var}, and generates its classes. A
 * variable that is declared again begins a scope: a subclass, where it hides the first.
 */
final class PartCompiler {
    /** Far from the limit of a class file, 65,535 constants. */
    private static final int STATEMENTS_OF_A_CLASS = 250;

    /** A statement that can be run. */
    record Step(Snippet snippet, String className, String method) {}

    /**
     * What was compiled.
     *
     * @param next the index of the first snippet after it
     * @param lastClass the class that the next part extends
     * @param failure how the script ends after the steps; null if it goes on
     */
    record Compiled(
            List<Step> steps,
            int next,
            String lastClass,
            @Nullable Ending failure) {}

    private final ScriptState script;
    private final Scopes scopes;
    private final List<Snippet> snippets;
    private final VarInference inference;
    private final Map<Snippet, Ending> early = new HashMap<>();
    private int limit = Integer.MAX_VALUE;
    private @Nullable Ending failure;
    private int next;

    /**
     * @param next the index of the first snippet after the part
     * @param failure how the script ends after the part; null if it goes on
     */
    PartCompiler(ScriptState script, Scopes scopes, List<Snippet> snippets, int next, @Nullable Ending failure) {
        this.script = script;
        this.scopes = scopes;
        this.inference = new VarInference(script, scopes);
        this.snippets = snippets;
        this.next = next;
        this.failure = failure;
    }

    Compiled compile() {
        while (!script.parser.parse(snippets, "Parse$" + scopes.part(), this::fail)) {
            // again, with what is left
        }
        do {
            findScopes();
            inference.infer(snippets, this::fail);
        } while (!scopes.repeatedAlike(snippets, script.declared, inference::written));
        List<Step> steps = generate();
        while (steps == null) {
            steps = generate();
        }
        remember();
        return new Compiled(
                steps.stream().filter(step -> step.snippet().index() < limit).toList(),
                next,
                scopes.className(scopes.last()),
                failure);
    }

    private void fail(Snippet failed, List<Problem> problems) {
        endBefore(failed, script.explanation.ofErrors(Javac.errors(problems)));
    }

    private void endBefore(Snippet failed, Ending how) {
        limit = failed.index();
        snippets.removeIf(each -> each.index() >= limit);
        script.imports.values().removeIf(each -> each.index() >= limit);
        failure = how;
    }

    private void findScopes() {
        Snippet tooMuch = scopes.find(snippets, script.declared);
        if (tooMuch != null) {
            next = tooMuch.index();
            failure = null;
            snippets.removeIf(each -> each.index() >= next);
        }
    }

    /** What later parts may declare again. */
    private void remember() {
        for (Snippet snippet : snippets) {
            Parsed found = script.parser.of(snippet);
            if (!found.key().isEmpty()) {
                script.declared.put(found.key(), "");
            }
            for (Variable each : found.variables()) {
                script.declared.put(each.name(), each.withBody() ? "" : inference.written(snippet, each));
            }
        }
    }

    // ---- the classes that run ----

    /** @return null if something had to be left out first */
    private @Nullable List<Step> generate() {
        Unit members = script.unit("Members$" + scopes.part());
        Unit statements = script.unit("Statements$" + scopes.part());
        List<Step> steps = new ArrayList<>();
        List<List<Snippet>> inScopes = scopes.byScope(snippets);
        for (int scope = 0; scope <= scopes.last(); scope++) {
            members.add("\nclass " + scopes.className(scope) + " extends " + scopes.superclass(scope, "") + " {");
            String host = "";
            String name = "";
            int count = 0;
            for (Snippet each : inScopes.get(scope)) {
                if (each.kind().isDeclaration()) {
                    members.add("\n").add(each, "static ", each.start()).copy(each, each.start(), each.end());
                    continue;
                }
                String seen = scopes.className(scopes.begins(each) ? scope - 1 : scope);
                if (!seen.equals(host) || count == STATEMENTS_OF_A_CLASS) {
                    statements.add(host.isEmpty() ? "" : "\n}");
                    host = seen;
                    name = scopes.className(scope) + "$" + each.index();
                    count = 0;
                    statements.add("\nclass " + name + " extends " + host + " {");
                }
                count++;
                Step step = new Step(each, name, "do$" + each.index());
                statements.add("\n").add(each, "static void " + step.method() + "() throws Throwable {", each.start());
                if (script.variables(each).isEmpty()) {
                    script.parser.statement(statements, each);
                } else {
                    script.variables(each).forEach(variable -> assign(members, statements, each, variable));
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
        TypeMirror type = inference.type(snippet);
        String written = inference.written(snippet, variable);
        boolean withBody = variable.type() == null
                && variable.withBody()
                && type instanceof DeclaredType
                && VariableTypes.isAnonymous(type);
        if (withBody && type instanceof DeclaredType anonymous) {
            // the members of a class without a name can be used where its type is inferred
            TypeMirror named = VariableTypes.named(anonymous);
            boolean isInterface = ((DeclaredType) named).asElement().getKind().isInterface();
            int body = snippet.text().indexOf('{', variable.from() - snippet.start()) + snippet.start();
            String name = "Type$" + snippet.index() + variable.name();
            members.add("\n")
                    .add(
                            snippet,
                            "static class " + name + (isInterface ? " implements " : " extends ")
                                    + VarInference.TYPES.visit(named),
                            snippet.start())
                    .copy(snippet, body, variable.to());
            written = name;
        }
        if (!scopes.isAssigned(variable)) {
            members.add("\n").add(snippet, "static " + written + " " + variable.name() + ";", snippet.start());
        }
        boolean inferred =
                variable.type() == null && type != null && !type.getKind().isPrimitive();
        String prefix = scopes.begins(snippet) ? scopes.className(scopes.of(snippet)) + "." : "";
        String target = prefix + variable.name();
        if (withBody) {
            statements.add(target + " = new " + prefix + written + "();");
        } else if (variable.hasValue()) {
            statements
                    .add(target + " =\n"
                            + (inferred ? "(" + written + ") (Object) (" : variable.elements() ? "new " + written : ""))
                    .copy(snippet, variable.from(), variable.to())
                    .add(inferred ? ");\n" : ";\n");
        }
    }

    private boolean compiled(Unit members, Unit statements) {
        DiagnosticCollector<JavaFileObject> collector = new DiagnosticCollector<>();
        JavacTask task = script.javac.task(collector, List.of(members, statements));
        try {
            Iterable<? extends CompilationUnitTree> trees = task.parse();
            task.analyze();
            Map<Snippet, List<Problem>> problems = script.javac.problems(collector);
            if (!problems.isEmpty()) {
                leaveOut(problems);
                return false;
            }
            if (!checkOrder(new References(Trees.instance(task), trees, List.of(members, statements)))) {
                return false;
            }
            task.generate();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        script.units.add(members);
        script.units.add(statements);
        return true;
    }

    /** What a method or a type refers to may follow in a later part; anything else ends the script. */
    private void leaveOut(Map<Snippet, List<Problem>> problems) {
        for (Map.Entry<Snippet, List<Problem>> each : problems.entrySet()) {
            Snippet snippet = each.getKey();
            List<Problem> all = each.getValue();
            List<Problem> missed = all.stream()
                    .filter(problem -> Javac.isMissing(problem.diagnostic()))
                    .toList();
            boolean missing = !missed.isEmpty()
                    && all.stream()
                            .allMatch(problem -> missed.contains(problem) || Javac.mayFollow(problem.diagnostic()));
            if (!missing || !snippet.kind().isDeclaration()) {
                List<String> reasons = script.reasons(all);
                withoutWhatFollows(
                        snippet,
                        snippet.index() + 1,
                        reasons.isEmpty()
                                ? script.explanation.ofErrors(Javac.errors(all))
                                : script.explanation.ofUnresolved(
                                        reasons, all.get(0).line()));
                return;
            }
            if (scopes.of(snippet) < scopes.last()) {
                scopes.move(snippet, scopes.last());
            } else {
                String label = script.label(snippet);
                List<String> reasons = script.reasons(all);
                script.unresolved.put(
                        snippet,
                        !reasons.isEmpty()
                                ? reasons
                                : missed.stream()
                                        .map(problem -> script.explanation.missing(
                                                problem.line(), label, Javac.symbol(problem.diagnostic())))
                                        .distinct()
                                        .toList());
                snippets.remove(snippet);
            }
        }
    }

    // ---- a statement sees what is declared before it, and so do the methods that it calls ----

    private boolean checkOrder(References references) {
        for (Snippet snippet : snippets) {
            if (snippet.kind().isDeclaration()) {
                continue;
            }
            References.TooEarly use = references.tooEarly(snippet);
            if (use != null) {
                withoutWhatFollows(snippet, use.used().index(), script.tooEarly(snippet, use));
                return false;
            }
        }
        return true;
    }

    /** Tries a statement again without what is declared after it, as it may then mean what is declared before. */
    private void withoutWhatFollows(Snippet statement, int end, Ending how) {
        Ending first = early.putIfAbsent(statement, how);
        boolean last = snippets.stream().noneMatch(each -> each.index() >= end);
        if (first != null || last || statement.kind().isDeclaration()) {
            endBefore(statement, first != null ? first : how);
            return;
        }
        next = end;
        failure = null;
        snippets.removeIf(each -> each.index() >= end);
    }
}
