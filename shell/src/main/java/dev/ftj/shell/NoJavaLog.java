package dev.ftj.shell;

import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/**
 * What Java itself would log is nothing that a user of ftj asked for. Found in the first jar, it also spares each start
 * the search of all others for one of its kind (10 ms).
 */
public final class NoJavaLog extends System.LoggerFinder {
    @Override
    public System.Logger getLogger(String name, Module module) {
        return new Silent(name);
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
                Level level, @Nullable ResourceBundle bundle, @Nullable String message, @Nullable Throwable thrown) {}

        @Override
        public void log(
                Level level, @Nullable ResourceBundle bundle, @Nullable String format, @Nullable Object... values) {}
    }
}
