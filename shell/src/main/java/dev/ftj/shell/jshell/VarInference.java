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
    private final Javac javac;
    private final Map<Snippet, TypeMirror> inferred = new HashMap<>();

    VarInference(Javac javac) {
        this.javac = javac;
    }

    @Nullable
    TypeMirror type(Snippet snippet) {
        return inferred.get(snippet);
    }

    /**
     * Infers the types.
     *
     * @param unit the part, with its variables as local ones
     * @param failed called with the first snippet whose type cannot be inferred, and its errors
     */
    void infer(Unit unit, BiConsumer<Snippet, List<Problem>> failed) {
        DiagnosticCollector<JavaFileObject> collector = new DiagnosticCollector<>();
        JavacTask task = javac.task(collector, List.of(unit));
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
        for (Map.Entry<Snippet, List<Problem>> each : javac.problems(collector).entrySet()) {
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
