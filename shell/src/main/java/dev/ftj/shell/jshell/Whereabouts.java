package dev.ftj.shell.jshell;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SourceCodeAnalysis.SnippetWrapper;

/**
 * Which line of the script something is on. jshell numbers the lines of the class that it makes of a snippet; its own
 * translation of a stack trace is a line or two off, so that each frame is looked up in the text of that class.
 */
final class Whereabouts {
    private static final Pattern SNIPPET_CLASS = Pattern.compile("REPL\\.\\$JShell\\$(\\d+)(?:\\D.*)?");

    private final JShell shell;
    private final Map<String, Integer> firstLines = new HashMap<>();

    Whereabouts(JShell shell) {
        this.shell = shell;
    }

    /** @param line where the snippet's source begins, counted from 1 */
    void began(Snippet snippet, int line) {
        firstLines.put(snippet.id(), line);
    }

    /** @param position in the snippet's source */
    int line(Snippet snippet, long position) {
        String source = snippet.source();
        int begin = source.length() - source.stripLeading().length();
        int until = Math.min(source.length(), Math.max(begin, (int) position));
        return firstLines.getOrDefault(snippet.id(), 1)
                + (int) source.substring(0, until)
                        .chars()
                        .filter(c -> c == '\n')
                        .count();
    }

    /** The lines that an exception passed on its way out, innermost first, each once where several frames share it. */
    List<Integer> lines(Throwable thrown) {
        List<Integer> lines = new ArrayList<>();
        String inner = "";
        for (StackTraceElement frame : thrown.getStackTrace()) {
            Matcher name = SNIPPET_CLASS.matcher(frame.getClassName());
            if (!name.matches()) {
                continue;
            }
            String id = name.group(1);
            // what jshell wraps around an initializer is not a place of its own
            boolean wrapping = frame.getMethodName().equals("do_it$") && inner.equals(id + "do_it$Aux");
            Optional<Snippet> snippet =
                    shell.snippets().filter(each -> each.id().equals(id)).findFirst();
            if (snippet.isPresent() && firstLines.containsKey(id) && !wrapping) {
                int line = line(snippet.get(), frame);
                if (lines.isEmpty() || lines.get(lines.size() - 1) != line) {
                    lines.add(line);
                }
            }
            inner = id + frame.getMethodName();
        }
        return lines;
    }

    private int line(Snippet snippet, StackTraceElement frame) {
        SnippetWrapper wrapper = shell.sourceCodeAnalysis().wrapper(snippet);
        String text = wrapper.wrapped();
        int begin = 0;
        for (int line = 1; line < frame.getLineNumber() && begin >= 0; line++) {
            begin = text.indexOf('\n', begin) + 1;
        }
        while (begin < text.length() && (text.charAt(begin) == ' ' || text.charAt(begin) == '\t')) {
            begin++;
        }
        return line(snippet, wrapper.wrappedToSourcePosition(begin));
    }
}
