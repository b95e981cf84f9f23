package dev.ftj.shell;

import java.util.ResourceBundle;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;

/**
 * Where {@link System.Logger} writes: what Java itself logs is nothing that a user of ftj asked for; what a script logs
 * goes to {@code java.util.logging}, as without this. Found in the first jars, it spares each start the search of all
 * others for one of its kind (10 ms).
 */
public final class NoJavaLog extends System.LoggerFinder {
    @Override
    public System.Logger getLogger(String name, Module module) {
        return module.isNamed() ? new Silent(name) : new Script(java.util.logging.Logger.getLogger(name));
    }

    private record Silent(String name) implements System.Logger {
        @Override
        public String getName() {
            return name;
        }

        @Override
        public boolean isLoggable(Level level) {
            return false;
        }

        @Override
        public void log(
                Level level, @Nullable ResourceBundle texts, @Nullable String message, @Nullable Throwable thrown) {}

        @Override
        public void log(
                Level level, @Nullable ResourceBundle texts, @Nullable String format, @Nullable Object... values) {}
    }

    private record Script(java.util.logging.Logger logger) implements System.Logger {
        @Override
        public String getName() {
            return logger.getName();
        }

        @Override
        public boolean isLoggable(Level level) {
            return level != Level.OFF && logger.isLoggable(same(level));
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
            if (isLoggable(level)) {
                LogRecord line = new LogRecord(same(level), message);
                line.setLoggerName(getName());
                line.setSourceClassName(getName()); // its caller cannot be told from here
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
