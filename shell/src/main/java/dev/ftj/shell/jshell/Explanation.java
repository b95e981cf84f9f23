package dev.ftj.shell.jshell;

import dev.ftj.FineTuneException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.Diag;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.UnresolvedReferenceException;

/** Why a script stopped, in lines that begin with the place in its file, and the exit code that this gives. */
final class Explanation {
    private static final int MOST_LINES = 10;

    private final JShell shell;
    private final String name;
    private final Whereabouts whereabouts;

    Explanation(JShell shell, String name, Whereabouts whereabouts) {
        this.shell = shell;
        this.name = name;
        this.whereabouts = whereabouts;
    }

    Ending of(int line, String what) {
        return new Ending(1, List.of(at(line) + what));
    }

    /** The compiler's own words. */
    Ending ofRejected(Snippet snippet) {
        List<String> lines = shell.diagnostics(snippet)
                .filter(Diag::isError)
                .limit(MOST_LINES)
                .map(diag -> at(whereabouts.line(snippet, diag.getPosition())) + text(diag))
                .distinct()
                .toList();
        return lines.isEmpty() ? of(whereabouts.line(snippet, 0), "does not compile") : new Ending(1, lines);
    }

    /** @param snippets what refers to something that is nowhere in the script; none is well */
    Ending ofUnresolved(Stream<Snippet> snippets) {
        List<String> lines = snippets.map(DeclarationSnippet.class::cast)
                .map(snippet -> at(whereabouts.line(snippet, 0)) + missing(snippet))
                .toList();
        return lines.isEmpty() ? Ending.WELL : new Ending(1, lines);
    }

    /**
     * A failure of this library's is told as the shell tells it.
     *
     * @param running the snippet that ended so
     * @param event what jshell says of it
     * @param thrown what was really thrown
     */
    Ending ofThrown(Snippet running, Exception event, Throwable thrown) {
        List<Integer> lines = lines(running, thrown);
        List<String> told = new ArrayList<>();
        int code = 1;
        if (withoutWrapping(thrown) instanceof FineTuneException failure) {
            code = failure.kind().exitCode();
            String.valueOf(failure.getMessage()).lines().forEach(told::add);
            told.add(at(lines.get(0)) + "thrown here");
        } else if (event instanceof UnresolvedReferenceException unresolved) {
            told.add(at(lines.get(0)) + missing(unresolved.getSnippet()));
        } else {
            told.add(at(lines.get(0)) + withCauses(thrown));
        }
        lines.stream().skip(1).limit(MOST_LINES).forEach(line -> told.add(at(line) + "called from here"));
        return new Ending(code, told);
    }

    /** What another thread threw has left no trace on this one, but for the statement that ended so. */
    private List<Integer> lines(Snippet running, Throwable thrown) {
        List<Integer> lines = whereabouts.lines(thrown);
        return lines.isEmpty() ? List.of(whereabouts.line(running, 0)) : lines;
    }

    /** What a future threw is what its task threw. */
    private static Throwable withoutWrapping(Throwable thrown) {
        Throwable inner = thrown;
        while ((inner instanceof CompletionException || inner instanceof ExecutionException)
                && inner.getCause() != null) {
            inner = inner.getCause();
        }
        return inner;
    }

    private static String withCauses(Throwable thrown) {
        StringBuilder text = new StringBuilder(String.valueOf(thrown));
        Throwable cause = thrown.getCause();
        for (int depth = 0; cause != null && depth < MOST_LINES; depth++) {
            text.append(", caused by ").append(cause);
            cause = cause.getCause();
        }
        return text.toString();
    }

    /** Where jshell names nothing that is missing, the compiler says what is wrong: an overload that sees only itself. */
    private String missing(DeclarationSnippet snippet) {
        List<String> names = shell.unresolvedDependencies(snippet).toList();
        return names.isEmpty()
                ? shell.diagnostics(snippet).map(Explanation::text).findFirst().orElse("does not compile")
                : snippet.name() + " needs what is not there: " + String.join(", ", names);
    }

    /** Without where the compiler looked, which is a class that jshell made up. */
    private static String text(Diag diag) {
        return String.join(
                ", ",
                diag.getMessage(Locale.ROOT)
                        .lines()
                        .map(line -> line.strip().replaceAll("\\s+", " "))
                        .filter(line -> !line.startsWith("location: class"))
                        .toList());
    }

    private String at(int line) {
        return name + ":" + line + ": ";
    }
}
