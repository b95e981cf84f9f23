package dev.ftj.shell.jshell;

import dev.ftj.shell.jshell.SnippetParser.Parsed;
import dev.ftj.shell.jshell.SnippetParser.Variable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** The scopes of one part: a name that is declared again begins a subclass, where it hides the first. */
final class Scopes {
    /** The time to infer types grows with the cube of it. */
    private static final int MAX = 16;

    private final SnippetParser parser;
    private final int part;
    private final String superclass;
    private final Map<Snippet, Integer> scopes = new HashMap<>();

    /** Snippets where {@code var} declares a variable of the same scope again. */
    private final Set<Snippet> repeated = new HashSet<>();

    /** Those of them whose type differs, so that they begin a scope. */
    private final Set<Snippet> unlike = new HashSet<>();

    /** Variables that are only assigned: one of the same name and type was declared before. */
    private final Set<Variable> assigned = new HashSet<>();

    /** Variables that begin a scope: their values see the old variables of their names. */
    private final Set<Snippet> begins = new HashSet<>();

    private int last;

    /**
     * @param part its number
     * @param superclass the class that holds what earlier parts declare
     */
    Scopes(ScriptState script, int part, String superclass) {
        this.parser = script.parser;
        this.part = part;
        this.superclass = superclass;
    }

    int part() {
        return part;
    }

    String className(int scope) {
        return "$" + part + "$" + scope;
    }

    /** @param prefix of the names of the classes of this part */
    String superclass(int scope, String prefix) {
        return scope == 0 ? superclass : prefix + className(scope - 1);
    }

    int last() {
        return last;
    }

    int of(Snippet snippet) {
        return Objects.requireNonNull(scopes.get(snippet));
    }

    void move(Snippet snippet, int scope) {
        scopes.put(snippet, scope);
    }

    boolean isRepeated(Snippet snippet) {
        return repeated.contains(snippet);
    }

    boolean isAssigned(Variable variable) {
        return assigned.contains(variable);
    }

    boolean begins(Snippet snippet) {
        return begins.contains(snippet);
    }

    /**
     * Finds the scope of each snippet.
     *
     * @param declared the variables of earlier parts with their types; methods and types without
     * @return the snippet that would need one scope too many; null if all fit
     */
    @Nullable
    Snippet find(List<Snippet> snippets, Map<String, String> declared) {
        Map<String, String> known = new HashMap<>(declared);
        last = 0;
        repeated.clear();
        assigned.clear();
        begins.clear();
        for (Snippet snippet : snippets) {
            Parsed found = parser.of(snippet);
            boolean again = !found.key().isEmpty() && known.containsKey(found.key());
            for (Variable each : found.variables()) {
                String before = known.get(each.name());
                if (before != null && isAssigned(snippet, each, before)) {
                    assigned.add(each);
                } else {
                    again |= before != null;
                }
            }
            if (again && last == MAX - 1) {
                return snippet;
            }
            if (again) {
                last++;
                if (found.variables().size() == 1) {
                    begins.add(snippet);
                }
            }
            scopes.put(snippet, last);
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
        return null;
    }

    /** Whether to declare a variable again only assigns it, since its type stays what it was. */
    private boolean isAssigned(Snippet snippet, Variable variable, String before) {
        return variable.type() == null
                ? !before.isEmpty() && !variable.withBody() && !unlike.contains(snippet)
                : variable.hasValue() && variable.type().equals(before);
    }

    /** Whether each {@code var} that repeats a variable has its type; if not, it begins a scope the next time. */
    boolean repeatedAlike(
            List<Snippet> snippets, Map<String, String> declared, BiFunction<Snippet, Variable, String> written) {
        int before = unlike.size();
        Map<String, String> known = new HashMap<>(declared);
        for (Snippet snippet : repeated.isEmpty() ? List.<Snippet>of() : snippets) {
            for (Variable each : parser.of(snippet).variables()) {
                String type = written.apply(snippet, each);
                if (!repeated.contains(snippet)) {
                    known.put(each.name(), type);
                } else if (!type.equals(known.get(each.name()))) {
                    unlike.add(snippet);
                }
            }
        }
        return unlike.size() == before;
    }

    List<List<Snippet>> byScope(List<Snippet> snippets) {
        List<List<Snippet>> all = new ArrayList<>();
        for (int scope = 0; scope <= last; scope++) {
            all.add(new ArrayList<>());
        }
        snippets.forEach(each -> all.get(of(each)).add(each));
        return all;
    }
}
