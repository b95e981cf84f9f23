package dev.ftj.shell.jshell;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import dev.ftj.shell.jshell.Javac.Problem;
import dev.ftj.shell.jshell.SnippetParser.Variable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import javax.lang.model.element.Element;
import javax.lang.model.type.TypeMirror;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import org.jspecify.annotations.Nullable;

/** The types that the compiler infers for the {@code var} of a part. */
final class VarInference {
    static final VariableTypes TYPES = new VariableTypes();

    private final ScriptState script;
    private final Scopes scopes;
    private final Map<Snippet, TypeMirror> inferred = new HashMap<>();

    VarInference(ScriptState script, Scopes scopes) {
        this.script = script;
        this.scopes = scopes;
    }

    @Nullable
    TypeMirror type(Snippet snippet) {
        return inferred.get(snippet);
    }

    /** Returns the type of a variable as source text: as written, or as inferred. */
    String written(Snippet snippet, Variable variable) {
        if (variable.type() != null) {
            return variable.type();
        }
        TypeMirror type = inferred.get(snippet);
        return type == null ? "Object" : TYPES.visit(type);
    }

    /**
     * Infers the types: the variables are local ones for that.
     *
     * @param failed called with the first snippet whose type cannot be inferred, and its errors
     */
    void infer(List<Snippet> snippets, BiConsumer<Snippet, List<Problem>> failed) {
        if (snippets.stream()
                .noneMatch(each -> script.variables(each).stream().anyMatch(variable -> variable.type() == null))) {
            return;
        }
        Unit unit = script.unit(VariableTypes.INFERRING + scopes.part());
        List<List<Snippet>> inScopes = scopes.byScope(snippets);
        for (int scope = 0; scope <= scopes.last(); scope++) {
            unit.add("\nclass " + VariableTypes.INFERRING + scopes.className(scope) + " extends "
                    + scopes.superclass(scope, VariableTypes.INFERRING) + " {");
            for (Snippet each : inScopes.get(scope)) {
                if (each.kind().isDeclaration()) {
                    unit.add("\n").copy(each, each.start(), each.end());
                }
            }
            unit.add("\nvoid p() throws Throwable {");
            for (Snippet each : inScopes.get(scope)) {
                if (!each.kind().isDeclaration()) {
                    statement(unit.add("\n"), each);
                }
            }
        }
        unit.add("\n" + "}}".repeat(scopes.last() + 1));
        infer(unit, failed);
    }

    private void statement(Unit unit, Snippet snippet) {
        List<Variable> variables = script.variables(snippet);
        Variable variable = variables.isEmpty() ? null : variables.get(0);
        if (variable == null || variable.type() != null || !variable.hasValue()) {
            script.parser.statement(unit, snippet);
            return;
        }
        // under another name first, so that the value can refer to what it hides
        String other = variable.name() + "$" + snippet.index();
        unit.add(snippet, "var " + other + " = ", snippet.start())
                .copy(snippet, variable.from(), variable.to())
                .add(";");
        unit.add(scopes.isRepeated(snippet) ? "" : "var " + variable.name() + " = " + other + ";");
    }

    private void infer(Unit unit, BiConsumer<Snippet, List<Problem>> failed) {
        DiagnosticCollector<JavaFileObject> collector = new DiagnosticCollector<>();
        JavacTask task = script.javac.task(collector, List.of(unit));
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
        for (Map.Entry<Snippet, List<Problem>> each :
                script.javac.problems(collector).entrySet()) {
            if (each.getValue().stream()
                    .anyMatch(problem ->
                            problem.diagnostic().getCode().equals("compiler.err.cant.infer.local.var.type"))) {
                failed.accept(each.getKey(), each.getValue());
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
                    Snippet snippet = unit.snippet(positions.getStartPosition(path.getCompilationUnit(), statement));
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
}
