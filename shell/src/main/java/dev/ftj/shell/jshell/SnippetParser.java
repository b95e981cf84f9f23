package dev.ftj.shell.jshell;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewArrayTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.Trees;
import dev.ftj.shell.jshell.Javac.Problem;
import dev.ftj.shell.jshell.Snippet.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import org.jspecify.annotations.Nullable;

/** Parses snippets: distinguishes variables, other statements, and expressions that are not statements. */
final class SnippetParser {
    /** A variable: its written type, and the offsets in the script where its value begins and ends. */
    record Variable(String name, @Nullable String type, int from, int to, boolean elements, boolean withBody) {
        boolean hasValue() {
            return from >= 0;
        }
    }

    /** A parsed snippet: a label for people, and a key that is unique among the declarations of a class. */
    record Parsed(String label, String name, String key, List<Variable> variables) {}

    private final Javac javac;
    private final Lines lines;
    private final Map<Snippet, Parsed> parsed = new HashMap<>();

    /** Expressions that are not statements, with the parser's errors. */
    private final Map<Snippet, List<Problem>> values = new HashMap<>();

    SnippetParser(Javac javac, Lines lines) {
        this.javac = javac;
        this.lines = lines;
    }

    Parsed of(Snippet snippet) {
        return Objects.requireNonNull(parsed.get(snippet));
    }

    /**
     * Parses the snippets that were not parsed before.
     *
     * @param failed called with the first snippet that cannot be parsed, and its errors
     * @return false if it must be called again, as a snippet failed or is read in another way
     */
    boolean parse(List<Snippet> snippets, String name, BiConsumer<Snippet, List<Problem>> failed) {
        Unit unit = new Unit(name, lines);
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
        JavacTask task = javac.task(collector, List.of(unit));
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
        for (Map.Entry<Snippet, List<Problem>> each : javac.problems(collector).entrySet()) {
            Snippet snippet = each.getKey();
            boolean value = each.getValue().stream()
                    .allMatch(problem -> problem.diagnostic().getCode().equals("compiler.err.not.stmt"));
            if (value && snippet.kind() == Kind.STATEMENT && !values.containsKey(snippet)) {
                values.put(snippet, each.getValue());
                parsed.remove(snippet);
            } else {
                List<Problem> problems = values.getOrDefault(snippet, each.getValue());
                parsed.keySet().removeIf(after -> after.index() >= snippet.index());
                failed.accept(snippet, problems);
                return false;
            }
        }
        return javac.problems(collector).isEmpty();
    }

    /** Adds a snippet as a statement. */
    void statement(Unit unit, Snippet snippet) {
        if (snippet.kind() == Kind.EXIT) {
            int from = snippet.start() + "exit".length();
            unit.add(snippet, "exit$(", snippet.start())
                    .copy(snippet, from, snippet.end())
                    .add(");");
        } else if (values.containsKey(snippet)) {
            String text = snippet.text();
            int end = snippet.start() + (text.endsWith(";") ? text.length() - 1 : text.length());
            unit.add(snippet, "value$(", snippet.start())
                    .copy(snippet, snippet.start(), end)
                    .add(");");
        } else {
            unit.copy(snippet, snippet.start(), snippet.start() + snippet.text().length());
        }
    }

    private void parsed(Unit unit, CompilationUnitTree tree, ClassTree type, SourcePositions positions) {
        Tree member = type.getMembers().isEmpty() ? type : type.getMembers().get(0);
        List<? extends Tree> found = List.of(member);
        if (member instanceof MethodTree method && method.getName().contentEquals("p") && method.getBody() != null) {
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
}
