package dev.ftj.shell.jshell;

import dev.ftj.FineTuneException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import org.jspecify.annotations.Nullable;

/** Why a script stopped, in lines that begin with the place in its file, and the exit code for it. */
final class Explanation {
    private static final int MOST_LINES = 10;

    private final String name;
    private final Lines lines;

    Explanation(String name, Lines lines) {
        this.name = name;
        this.lines = lines;
    }

    /** The end of a script at a command of the jshell tool, or where its brackets do not match; null at any other. */
    @Nullable
    Ending ofCommand(Snippet snippet) {
        return switch (snippet.kind()) {
            case EXIT -> snippet.text().strip().equals("exit") ? Ending.WELL : null;
            case COMMAND ->
                of(
                        snippet,
                        snippet.text().split("\\s", 2)[0]
                                + " is a command of the jshell tool: only /exit works in a script");
            case FAULTY -> of(snippet, snippet.text());
            default -> null;
        };
    }

    private Ending of(Snippet snippet, String what) {
        return new Ending(1, List.of(at(lines.of(snippet.start())) + what));
    }

    /**
     * The compiler's own words.
     *
     * @param errors with the line of each
     */
    Ending ofErrors(Map<Diagnostic<?>, Integer> errors) {
        return new Ending(
                1,
                errors.entrySet().stream()
                        .map(each -> at(each.getValue()) + text(each.getKey()))
                        .distinct()
                        .limit(MOST_LINES)
                        .toList());
    }

    /** Something is used that could not be compiled, for the reasons given. */
    Ending ofUnresolved(List<String> reasons, int line) {
        return new Ending(
                1, Stream.concat(reasons.stream(), Stream.of(calledFrom(line))).toList());
    }

    String missing(int line, String label, String symbol) {
        return at(line) + label + " uses " + symbol + ", which is not defined";
    }

    /**
     * A statement uses what follows it.
     *
     * @param user the method or type that the statement uses and that needs it; null for the statement itself
     */
    Ending ofTooEarly(int line, @Nullable String user, int userLine, String used, int usedLine) {
        return user == null
                ? new Ending(1, List.of(at(line) + used + " is used before its definition in line " + usedLine))
                : new Ending(
                        1,
                        List.of(
                                at(userLine) + user + " uses " + used + ", which is not defined before line "
                                        + usedLine,
                                calledFrom(line)));
    }

    /**
     * A failure of this library's is reported as the shell reports it.
     *
     * @param passed the lines of the script that the exception passed, innermost first; not empty, 0 for an unknown one
     */
    Ending ofThrown(Throwable thrown, List<Integer> passed) {
        List<String> lines = new ArrayList<>();
        int code = 1;
        if (withoutWrapping(thrown) instanceof FineTuneException failure) {
            code = failure.kind().exitCode();
            String.valueOf(failure.getMessage()).lines().forEach(lines::add);
            lines.add(at(passed.get(0)) + "thrown here");
        } else {
            lines.add(at(passed.get(0)) + withCauses(thrown));
        }
        passed.stream().skip(1).limit(MOST_LINES).forEach(line -> lines.add(calledFrom(line)));
        return new Ending(code, lines);
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
        return asWritten(text.toString());
    }

    /** Without the place where the compiler searched, which is a class made for the script. */
    private static String text(Diagnostic<?> diagnostic) {
        return String.join(
                ", ",
                diagnostic
                        .getMessage(Locale.ROOT)
                        .lines()
                        .map(line -> asWritten(line).strip().replaceAll("\\s+", " "))
                        .filter(line -> !line.startsWith("location: class"))
                        .toList());
    }

    /** Without the names of the classes that a script's own are members of. */
    private static String asWritten(String text) {
        return text.replaceAll("(local variable \\w+)\\$\\d+", "$1")
                .replaceAll(" in class \\$[\\d$]+", "")
                .replaceAll("\\b" + ScriptClasses.PACKAGE + "\\.\\$[\\d$]+[.$]", "")
                .replaceAll("(?<![\\w$])\\$[\\d$]+\\.", "");
    }

    private String calledFrom(int line) {
        return at(line) + "called from here";
    }

    private String at(int line) {
        return line > 0 ? name + ":" + line + ": " : name + ": ";
    }
}
