package dev.ftj.shell.jshell;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import jdk.jshell.execution.DirectExecutionControl;
import org.jspecify.annotations.Nullable;

/**
 * Runs a snippet here and now, on the thread that asked for it, with the process's own streams. jshell hands on no more
 * than the text of an exception; this keeps the exception.
 */
final class DirectExecution extends DirectExecutionControl {
    private @Nullable Throwable thrown;

    /** What the last snippet threw; null where it threw nothing. */
    @Nullable
    Throwable thrown() {
        return thrown;
    }

    /** The value of a snippet is nobody's concern here: to show it would call its toString. */
    @Override
    protected String invoke(Method snippet) throws Exception {
        thrown = null;
        try {
            snippet.invoke(null);
            return "";
        } catch (InvocationTargetException e) {
            thrown = e.getCause();
            throw e;
        }
    }
}
