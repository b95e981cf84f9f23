package dev.ftj.shell.jshell;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.Snippet.Kind;
import jdk.jshell.Snippet.Status;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.Completeness;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
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
    /**
     * How no snippet begins, so that it goes on with the snippet before: jshell, which cannot look ahead, takes a line for
     * whole when it could be.
     */
    private static final Pattern CONTINUATION =
            Pattern.compile("\\s*(\\.\\s*[a-zA-Z_$<]|(else|catch|finally)\\b|[*%=&|^?:<>]|[/+-]\\s).*");

    private final DirectExecution execution = new DirectExecution();
    private final JShell shell;
    private final SourceCodeAnalysis analysis;
    private final Whereabouts whereabouts;
    private final Explanation explanation;
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
        explanation = new Explanation(shell, script.name(), whereabouts);
    }

    /** Runs the script to its end, unless it ends the process itself. */
    Ending run() {
        importAll();
        for (int i = 0; i < script.lines().size(); i++) {
            Ending ending = line(script.lines().get(i), i + 1, goesOn(i + 1));
            if (ending != null) {
                return ending;
            }
        }
        if (!pending.isBlank()) {
            CompletionInfo info = analysis.analyzeCompletion(pending);
            if (info.completeness() == Completeness.DEFINITELY_INCOMPLETE) {
                int begin = pending.length() - pending.stripLeading().length();
                int line = pendingLine + lineEnds(pending.substring(0, begin));
                return explanation.of(line, "what begins here has no end");
            }
            Ending ending = evaluate(pending);
            if (ending != null) {
                return ending;
            }
        }
        return explanation.ofUnresolved(shell.snippets().filter(snippet -> isUnresolved(shell.status(snippet))));
    }

    /**
     * In one snippet, which takes a tenth of the time that thirteen take: jshell puts the text of an import before what
     * follows it, whatever else that text holds. Where a later one does not, each is a snippet of its own.
     */
    private void importAll() {
        List<String> imports =
                IMPORTS.stream().map(name -> "import " + name + ";").toList();
        shell.eval(String.join(" ", imports));
        if (!analysis.wrappers("0").get(0).wrapped().contains(imports.get(imports.size() - 1))) {
            imports.forEach(shell::eval);
        }
    }

    private boolean goesOn(int index) {
        return script.lines().stream()
                .skip(index)
                .filter(line -> !line.isBlank() && !line.strip().startsWith("//"))
                .findFirst()
                .map(line -> CONTINUATION.matcher(line).matches())
                .orElse(false);
    }

    private @Nullable Ending line(String line, int number, boolean goesOn) {
        if (pending.isBlank()) {
            pending = "";
            pendingLine = number;
            Matcher command = COMMAND.matcher(line);
            if (command.matches()) {
                return command(command.group(1), command.group(2), number);
            }
        }
        pending = pending.isEmpty() ? line : pending + "\n" + line;
        while (!pending.isBlank() && !goesOn) {
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
            return explanation.of(line, name + " is a command of the jshell tool, and only /exit is known here");
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
                return explanation.ofRejected(snippet);
            }
            // what a method or a class refers to may follow it; a variable would be left without its value
            if (isUnresolved(event.status()) && snippet.kind() != Kind.METHOD && snippet.kind() != Kind.TYPE_DECL) {
                return explanation.ofUnresolved(Stream.of(snippet));
            }
            if (event.exception() != null) {
                return explanation.ofThrown(snippet, event.exception(), Objects.requireNonNull(execution.thrown()));
            }
        }
        return null;
    }

    private static boolean isUnresolved(Status status) {
        return status == Status.RECOVERABLE_DEFINED || status == Status.RECOVERABLE_NOT_DEFINED;
    }

    private static int lineEnds(String text) {
        return (int) text.chars().filter(c -> c == '\n').count();
    }

    @Override
    public void close() {
        shell.close();
    }
}
