package dev.ftj.shell;

import java.util.ResourceBundle;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Has {@link System.Logger} write to {@code java.util.logging}, as it does without this. It stands in the first two jars,
 * since Java begins every log with a search for such a class, which looks at all jars until it has found one and the next:
 * 10 ms of a start over http. (Over https, Java searches them for something else, too.)
 */
public final class UsualLog extends System.LoggerFinder {
    @Override
    public System.Logger getLogger(String name, Module module) {
        // a Java may be made without it, and has to tell what else it lacks
        boolean hasLogging = ModuleLayer.boot().findModule("java.logging").isPresent();
        return new Usual(name, hasLogging ? Logger.getLogger(name) : null);
    }

    private record Usual(String name, @Nullable Logger logger) implements System.Logger {
        @Override
        public String getName() {
            return name;
        }

        @Override
        public boolean isLoggable(Level level) {
            return logger != null && level != Level.OFF && logger.isLoggable(same(level));
        }

        @Override
        public void log(
                Level level, @Nullable ResourceBundle texts, @Nullable String message, @Nullable Throwable thrown) {
            log(level, texts, message, thrown, null);
        }

        @Override
        public void log(
                Level level, @Nullable ResourceBundle texts, @Nullable String format, @Nullable Object... values) {
            log(level, texts, format, null, values);
        }

        private void log(
                Level level,
                @Nullable ResourceBundle texts,
                @Nullable String message,
                @Nullable Throwable thrown,
                @Nullable Object @Nullable [] values) {
            if (logger != null && isLoggable(level)) {
                LogRecord line = new LogRecord(same(level), message);
                line.setLoggerName(name);
                line.setSourceClassName(name); // its caller cannot be told from here
                line.setResourceBundle(texts);
                line.setThrown(thrown);
                line.setParameters(values);
                logger.log(line);
            }
        }

        private static java.util.logging.Level same(Level level) {
            return java.util.logging.Level.parse(Integer.toString(level.getSeverity()));
        }
    }
}
