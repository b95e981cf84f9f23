package dev.ftj.shell.jshell;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.lang.model.element.Element;
import org.jspecify.annotations.Nullable;

/** Which snippet refers to which declarations of the script. */
final class References extends TreePathScanner<@Nullable Void, @Nullable Void> {
    /**
     * A use of what is declared later.
     *
     * @param user the statement, or a method or type that it uses
     * @param used what comes after the statement
     */
    record TooEarly(Snippet user, Snippet used) {}

    private final Trees trees;
    private final Map<String, Unit> units;
    private final Map<Element, Snippet> declared = new HashMap<>();
    private final Map<Snippet, Set<Snippet>> uses = new HashMap<>();
    private final Map<Snippet, Integer> latest = new HashMap<>();
    private @Nullable Snippet current;

    /** @param analyzed the trees of {@code units}, whose classes have the snippets as members */
    References(Trees trees, Iterable<? extends CompilationUnitTree> analyzed, List<Unit> units) {
        this.trees = trees;
        this.units = units.stream().collect(Collectors.toMap(Unit::getName, Function.identity()));
        for (CompilationUnitTree unit : analyzed) {
            for (Tree type : unit.getTypeDecls()) {
                TreePath path = new TreePath(new TreePath(unit), type);
                for (Tree member : type instanceof ClassTree all ? all.getMembers() : List.<Tree>of()) {
                    Snippet snippet = snippet(unit, member);
                    Element element = trees.getElement(new TreePath(path, member));
                    if (snippet != null && element != null) {
                        declared.put(element, snippet);
                    }
                }
            }
        }
        analyzed.forEach(unit -> scan(new TreePath(unit), null));
        findLatest();
    }

    /** Null for a constructor that the compiler made, which is where its class begins. */
    private @Nullable Snippet snippet(CompilationUnitTree unit, Tree member) {
        if (member instanceof MethodTree method && method.getName().contentEquals("<init>")) {
            return null;
        }
        long position = trees.getSourcePositions().getStartPosition(unit, member);
        return Objects.requireNonNull(units.get(unit.getSourceFile().getName())).snippet(position);
    }

    @Override
    public @Nullable Void scan(@Nullable Tree tree, @Nullable Void unused) {
        TreePath path = getCurrentPath();
        if (tree != null
                && path != null
                && path.getLeaf() instanceof ClassTree
                && path.getParentPath().getLeaf() instanceof CompilationUnitTree) {
            current = snippet(path.getCompilationUnit(), tree);
        }
        return super.scan(tree, unused);
    }

    @Override
    public @Nullable Void visitIdentifier(IdentifierTree tree, @Nullable Void unused) {
        Snippet used = declared.get(trees.getElement(getCurrentPath()));
        if (used != null && current != null && used != current) {
            uses.computeIfAbsent(current, key -> new LinkedHashSet<>()).add(used);
        }
        return super.visitIdentifier(tree, unused);
    }

    /** For each declaration the last one that it needs, itself or by way of others. */
    private void findLatest() {
        declared.values().forEach(each -> latest.put(each, each.index()));
        boolean changed = true;
        while (changed) {
            changed = false;
            for (Map.Entry<Snippet, Set<Snippet>> each : uses.entrySet()) {
                int last = each.getValue().stream().mapToInt(this::latest).max().orElse(0);
                if (each.getKey().kind().isDeclaration() && last > latest(each.getKey())) {
                    latest.put(each.getKey(), last);
                    changed = true;
                }
            }
        }
    }

    private int latest(Snippet snippet) {
        return latest.getOrDefault(snippet, 0);
    }

    /** How a statement needs what comes after it; null if it does not. */
    @Nullable
    TooEarly tooEarly(Snippet statement) {
        Deque<Snippet> way = new ArrayDeque<>(List.of(statement));
        Set<Snippet> seen = new HashSet<>();
        while (!way.isEmpty()) {
            Snippet user = way.remove();
            for (Snippet used : uses.getOrDefault(user, Set.of())) {
                if (used.index() > statement.index()) {
                    return new TooEarly(user, used);
                }
                if (used.kind().isDeclaration() && latest(used) > statement.index() && seen.add(used)) {
                    way.add(used);
                }
            }
        }
        return null;
    }
}
