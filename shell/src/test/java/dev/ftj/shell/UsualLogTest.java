package dev.ftj.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UsualLogTest {
    private static final Logger USUAL = Logger.getLogger("a-script");

    private static final class Lines extends Handler {
        private final List<LogRecord> records = new ArrayList<>();

        @Override
        public void publish(LogRecord line) {
            records.add(line);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    private final Lines lines = new Lines();

    @BeforeEach
    void listen() {
        USUAL.setUseParentHandlers(false);
        USUAL.addHandler(lines);
    }

    @AfterEach
    void leave() {
        USUAL.removeHandler(lines);
        USUAL.setUseParentHandlers(true);
    }

    @Test
    void javaFindsItByItself() {
        assertThat(System.LoggerFinder.getLoggerFinder()).isInstanceOf(UsualLog.class);
    }

    @Test
    void whatIsLoggedGoesTheUsualWay() {
        System.Logger logger = System.getLogger("a-script");
        logger.log(Level.DEBUG, "too fine");
        logger.log(Level.INFO, "{0} of {1}", 1, 2);
        logger.log(Level.ERROR, "it failed", new IllegalStateException("so"));
        logger.log(Level.OFF, "never");

        assertThat(lines.records)
                .extracting(LogRecord::getLevel)
                .containsExactly(java.util.logging.Level.INFO, java.util.logging.Level.SEVERE);
        assertThat(new SimpleFormatter().format(lines.records.get(0)))
                .contains(" a-script")
                .contains("INFO: 1 of 2");
        assertThat(lines.records.get(1).getThrown()).hasMessage("so");
    }
}
