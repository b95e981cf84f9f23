package dev.ftj.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LocalDirectoriesTest {
    @Test
    void ftjHomeHoldsAllAndXdgDirectoriesComeBeforeHome() {
        assertThat(LocalDirectories.of(Map.of("FTJ_HOME", "/f", "HOME", "/h", "XDG_DATA_HOME", "/d")))
                .isEqualTo(new LocalDirectories(Path.of("/f/data"), Path.of("/f/state"), true));
        assertThat(LocalDirectories.of(Map.of("HOME", "/h", "XDG_DATA_HOME", "/d", "XDG_STATE_HOME", "relative")))
                .isEqualTo(new LocalDirectories(Path.of("/d/ftj"), Path.of("/h/.local/state/ftj"), true));
        assertThat(LocalDirectories.of(
                        Map.of("HOME", "/h", "FTJ_HOME", "", "XDG_DATA_HOME", "", "FTJ_REMEMBER", "off")))
                .isEqualTo(new LocalDirectories(Path.of("/h/.local/share/ftj"), Path.of("/h/.local/state/ftj"), false));
    }

    @Test
    void aRelativeHomeGivesNoDirectoryAndABookThatRefusesChanges() {
        for (Map<String, String> environment : List.of(
                Map.of("HOME", "relative"),
                Map.of("HOME", "./h", "XDG_DATA_HOME", "relative"),
                Map.of("FTJ_HOME", "relative", "HOME", "/h"))) {
            LocalDirectories places = LocalDirectories.of(environment);
            assertThat(places).isEqualTo(new LocalDirectories(null, null, true));
            assertThatThrownBy(() -> places.book("http://127.0.0.1").save("ftj-1", null, null, Instant.EPOCH))
                    .isInstanceOf(IOException.class)
                    .hasMessage(LocalDirectories.NO_HOME);
        }
    }

    @Test
    void withoutHomeTheUserDatabaseTellsIt() {
        String known = System.getProperty("user.home");
        try {
            assertThat(LocalDirectories.of(Map.of()).data()).isEqualTo(Path.of(known, ".local/share/ftj"));
            System.setProperty("user.home", "?");
            assertThat(LocalDirectories.of(Map.of())).isEqualTo(new LocalDirectories(null, null, true));
        } finally {
            System.setProperty("user.home", known);
        }
    }
}
