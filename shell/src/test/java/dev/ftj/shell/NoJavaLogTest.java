package dev.ftj.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NoJavaLogTest {
    @Test
    void javaFindsItByItself() {
        assertThat(System.LoggerFinder.getLoggerFinder()).isInstanceOf(NoJavaLog.class);
    }

    @ParameterizedTest
    @EnumSource(Level.class)
    void nothingIsLogged(Level level) {
        Logger logger = System.getLogger("jdk.anything");
        logger.log(level, "not shown");
        assertThat(logger.isLoggable(level)).isFalse();
    }
}
