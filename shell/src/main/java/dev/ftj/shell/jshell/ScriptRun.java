package dev.ftj.shell.jshell;

import dev.ftj.FineTuneException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.Diag;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.Snippet.Kind;
import jdk.jshell.Snippet.Status;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.Completeness;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import jdk.jshell.UnresolvedReferenceException;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;
import org.jspecify.annotations.Nullable;

/**
 * One run of a script: read as jshell reads a file, line by line until a snippet is whole, and unlike jshell ended by the
 * first snippet that does not compile, or throws.
 */
final class ScriptRun implements AutoCloseable {
    /** What jshell imports by itself, and what a script of ftj's has beside. */
    private static final List<String> IMPORTS = List.of(
            "java.io.*",
            "java.math.*",
            "java.net.*",
            "java.nio.file.*",
            "java.time.*",
            "java.util.*",
            "java.util.concurrent.*",
            "java.util.function.*",
            "java.util.prefs.*",
            "java.util.regex.*",
            "java.util.stream.*",
            "static dev.ftj.script.FineTune.*",
            "static dev.ftj.shell.jshell.Prelude.*");

    private static final Pattern COMMAND = Pattern.compile("\\s*(/[a-zA-Z!?-]\\S*)\\s*(.*)");
    private static final int MOST_LINES = 10;

    private final DirectExecution execution = new DirectExecution();
    private final JShell shell;
    private final SourceCodeAnalysis analysis;
    private final Whereabouts whereabouts;
    private final ScriptSource script;

    /** What was read and is not yet a whole snippet, and the line that it begins on, counted from 1. */
    private String pending = "";

    private int pendingLine = 1;

    ScriptRun(ScriptSource script) {
        this.script = script;
        shell = JShell.builder()
                .executionEngine(
                        new ExecutionControlProvider() {
                            @Override
                            public String name() {
                                return "direct";
                            }

                            @Override
                            public ExecutionControl generate(ExecutionEnv env, Map<String, String> parameters) {
                                return execution;
                            }
                        },
                        Map.of())
                .build();
        analysis = shell.sourceCodeAnalysis();
        whereabouts = new Whereabouts(shell);
    }

    /** Runs the script to its end, unless it ends the process itself. */
    Ending run() {
        for (String name : IMPORTS) {
            shell.eval("import " + name + ";");
        }
        for (int i = 0; i < script.lines().size(); i++) {
            Ending ending = line(script.lines().get(i), i + 1);
            if (ending != null) {
                return ending;
            }
        }
        if (!pending.isBlank()) {
            CompletionInfo info = analysis.analyzeCompletion(pending);
            if (info.completeness() == Completeness.DEFINITELY_INCOMPLETE) {
                int begin = pending.length() - pending.stripLeading().length();
                int line = pendingLine + lineEnds(pending.substring(0, begin));
                return new Ending(1, List.of(at(line) + "what begins here has no end"));
            }
            Ending ending = evaluate(pending);
            if (ending != null) {
                return ending;
            }
        }
        return unresolved();
    }

    private @Nullable Ending line(String line, int number) {
        if (pending.isBlank()) {
            pending = "";
            pendingLine = number;
            Matcher command = COMMAND.matcher(line);
            if (command.matches()) {
                return command(command.group(1), command.group(2), number);
            }
        }
        pending = pending.isEmpty() ? line : pending + "\n" + line;
        while (!pending.isBlank()) {
            CompletionInfo info = analysis.analyzeCompletion(pending);
            if (info.completeness() == Completeness.EMPTY) {
                pending = "";
            }
            if (!info.completeness().isComplete() || pending.isEmpty()) {
                return null;
            }
            Ending ending = evaluate(info.source());
            if (ending != null) {
                return ending;
            }
            String consumed =
                    pending.substring(0, pending.length() - info.remaining().length());
            pendingLine += lineEnds(consumed);
            pending = info.remaining();
        }
        return null;
    }

    /** Of the tool's own commands, a script can mean only its end. */
    private @Nullable Ending command(String name, String expression, int line) {
        if (!name.equals("/exit")) {
            return new Ending(
                    1, List.of(at(line) + name + " is a command of the jshell tool, and only /exit is known here"));
        }
        return expression.isBlank() ? Ending.WELL : evaluate("exit(" + expression + ");");
    }

    private @Nullable Ending evaluate(String source) {
        for (SnippetEvent event : shell.eval(source)) {
            Snippet snippet = event.snippet();
            if (event.causeSnippet() != null) {
                continue; // an earlier one that this one made whole
            }
            int offset = Math.max(0, source.indexOf(snippet.source()));
            whereabouts.began(snippet, pendingLine + lineEnds(source.substring(0, offset)));
            if (event.status() == Status.REJECTED) {
                return rejected(snippet);
            }
            if (isUnresolved(event.status()) && snippet.kind() != Kind.METHOD && snippet.kind() != Kind.TYPE_DECL) {
                return new Ending(1, List.of(unresolved((DeclarationSnippet) snippet)));
            }
            if (event.exception() != null) {
                return thrown(event.exception(), Objects.requireNonNull(execution.thrown()));
            }
        }
        return null;
    }

    private Ending rejected(Snippet snippet) {
        List<String> lines = shell.diagnostics(snippet)
                .filter(Diag::isError)
                .limit(MOST_LINES)
                .map(diag -> at(whereabouts.line(snippet, diag.getPosition())) + text(diag))
                .distinct()
                .toList();
        return new Ending(1, lines.isEmpty() ? List.of(at(whereabouts.line(snippet, 0)) + "does not compile") : lines);
    }

    /** The compiler's words without where it looked, which is a class that jshell made up. */
    private static String text(Diag diag) {
        return String.join(
                ", ",
                diag.getMessage(Locale.ROOT)
                        .lines()
                        .map(line -> line.strip().replaceAll("\\s+", " "))
                        .filter(line -> !line.startsWith("location: class"))
                        .toList());
    }

    private Ending thrown(Exception event, Throwable thrown) {
        List<Integer> lines = whereabouts.lines(thrown);
        List<String> told = new ArrayList<>();
        Throwable cause = withoutWrapping(thrown);
        int code = 1;
        if (cause instanceof FineTuneException failure) {
            code = failure.kind().exitCode();
            String.valueOf(failure.getMessage()).lines().forEach(told::add);
            lines.stream().limit(1).forEach(line -> told.add(at(line) + "thrown here"));
        } else {
            String what = event instanceof UnresolvedReferenceException unresolved
                    ? missing(unresolved.getSnippet())
                    : withCauses(thrown);
            told.add((lines.isEmpty() ? script.name() + ": " : at(lines.get(0))) + what);
        }
        lines.stream().skip(1).limit(MOST_LINES).forEach(line -> told.add(at(line) + "called from here"));
        return new Ending(code, told);
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

    /** What a method or a class refers to may follow it, but somewhere in the script it must be. */
    private Ending unresolved() {
        List<String> lines = shell.snippets()
                .filter(snippet -> isUnresolved(shell.status(snippet)))
                .map(snippet -> unresolved((DeclarationSnippet) snippet))
                .toList();
        return lines.isEmpty() ? Ending.WELL : new Ending(1, lines);
    }

    private String unresolved(DeclarationSnippet snippet) {
        return at(whereabouts.line(snippet, 0)) + missing(snippet);
    }

    private String missing(DeclarationSnippet snippet) {
        return snippet.name() + " needs what is not there: "
                + String.join(", ", shell.unresolvedDependencies(snippet).toList());
    }

    private static boolean isUnresolved(Status status) {
        return status == Status.RECOVERABLE_DEFINED || status == Status.RECOVERABLE_NOT_DEFINED;
    }

    private String at(int line) {
        return script.name() + ":" + line + ": ";
    }

    private static int lineEnds(String text) {
        return (int) text.chars().filter(c -> c == '\n').count();
    }

    @Override
    public void close() {
        shell.close();
    }
}
