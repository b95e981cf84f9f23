package dev.ftj.internal.store;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The directories of local files: below {@code FTJ_HOME}, else the XDG directories; and whether anything is kept.
 *
 * @param data the directory of the job books; absolute; null if no absolute home directory is known
 * @param state the directory of the prompt's history; absolute; null if no absolute home directory is known
 * @param remembers false for {@code FTJ_REMEMBER=off}: shown jobs and typed lines are not written down
 */
public record LocalDirectories(
        @Nullable Path data, @Nullable Path state, boolean remembers) {
    /** Why a directory is null, and what to do about it. */
    public static final String NO_HOME =
            "no absolute home directory is known, so nothing is kept: set HOME or FTJ_HOME to an absolute path";

    /**
     * {@return the directories that the environment names; they need not exist} A relative {@code FTJ_HOME} or
     * {@code HOME} would put files into the working directory, so it gives none; a relative XDG directory is ignored,
     * as its specification asks.
     *
     * @param environment the variables to read, such as {@link System#getenv()}
     */
    public static LocalDirectories of(Map<String, String> environment) {
        boolean remembers = !environment.getOrDefault("FTJ_REMEMBER", "").equalsIgnoreCase("off");
        String home = environment.getOrDefault("FTJ_HOME", "");
        if (!home.isEmpty()) {
            return new LocalDirectories(below(home, "data"), below(home, "state"), remembers);
        }
        return new LocalDirectories(
                xdg(environment, "XDG_DATA_HOME", ".local/share"),
                xdg(environment, "XDG_STATE_HOME", ".local/state"),
                remembers);
    }

    /**
     * {@return the job book of an endpoint; one that refuses every change if there is no directory for it}
     *
     * @param endpoint its base URL, always spelled the same way
     */
    public JobBook book(String endpoint) {
        return data == null ? JobBook.nowhere(NO_HOME) : JobBook.open(data, endpoint);
    }

    private static @Nullable Path xdg(Map<String, String> environment, String variable, String otherwise) {
        Path base = below(environment.getOrDefault(variable, ""), "ftj");
        if (base != null) {
            return base;
        }
        return below(home(environment), otherwise + "/ftj");
    }

    /**
     * {@return the home directory, as {@code HOME} or the user database names it; it may be relative}
     *
     * @param environment the variables to read, such as {@link System#getenv()}
     */
    public static String home(Map<String, String> environment) {
        String home = environment.getOrDefault("HOME", "");
        // Java knows the home directory of the user database; "?" if the user is not in it.
        return home.isEmpty() ? System.getProperty("user.home", "") : home;
    }

    private static @Nullable Path below(String directory, String name) {
        Path path = Path.of(directory);
        return path.isAbsolute() ? path.resolve(name) : null;
    }
}
