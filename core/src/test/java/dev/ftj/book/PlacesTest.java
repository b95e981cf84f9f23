package dev.ftj.book;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlacesTest {
    @Test
    void ftjHomeHoldsAllAndXdgDirectoriesComeBeforeHome() {
        assertThat(Places.of(Map.of("FTJ_HOME", "/f", "HOME", "/h", "XDG_DATA_HOME", "/d")))
                .isEqualTo(new Places(Path.of("/f/data"), Path.of("/f/state"), true));
        assertThat(Places.of(Map.of("HOME", "/h", "XDG_DATA_HOME", "/d", "XDG_STATE_HOME", "relative")))
                .isEqualTo(new Places(Path.of("/d/ftj"), Path.of("/h/.local/state/ftj"), true));
        assertThat(Places.of(Map.of("HOME", "/h", "FTJ_HOME", "", "XDG_DATA_HOME", "", "FTJ_REMEMBER", "off")))
                .isEqualTo(new Places(Path.of("/h/.local/share/ftj"), Path.of("/h/.local/state/ftj"), false));
    }

    @Test
    void aRelativeHomeGivesNoDirectoryAndABookThatRefusesChanges() {
        for (Map<String, String> environment : List.of(
                Map.of("HOME", "relative"),
                Map.of("HOME", "./h", "XDG_DATA_HOME", "relative"),
                Map.of("FTJ_HOME", "relative", "HOME", "/h"))) {
            Places places = Places.of(environment);
            assertThat(places).isEqualTo(new Places(null, null, true));
            assertThatThrownBy(() -> places.book("http://127.0.0.1").save("ftj-1", null, null, Instant.EPOCH))
                    .isInstanceOf(IOException.class)
                    .hasMessage(Places.NO_HOME);
        }
    }

    @Test
    void withoutHomeTheUserDatabaseTellsIt() {
        String known = System.getProperty("user.home");
        try {
            assertThat(Places.of(Map.of()).data()).isEqualTo(Path.of(known, ".local/share/ftj"));
            System.setProperty("user.home", "?");
            assertThat(Places.of(Map.of())).isEqualTo(new Places(null, null, true));
        } finally {
            System.setProperty("user.home", known);
        }
    }
}
