package dev.ftj.internal.store;

import java.nio.file.Path;
import java.util.Map;

/**
 * Where local files live, below {@code FTJ_HOME}, else where XDG says; and whether there are to be any.
 *
 * @param data the job books; absolute
 * @param state the prompt's history; absolute
 * @param remembers false for {@code FTJ_REMEMBER=off}: what was shown is not written down
 */
public record LocalDirectories(Path data, Path state, boolean remembers) {

    /**
     * What the environment says.
     *
     * @param environment the variables to read, such as {@link System#getenv()}
     * @return two directories, which need not be there
     */
    public static LocalDirectories of(Map<String, String> environment) {
        boolean remembers = !environment.getOrDefault("FTJ_REMEMBER", "").equalsIgnoreCase("off");
        String home = environment.getOrDefault("FTJ_HOME", "");
        if (!home.isEmpty()) {
            Path root = Path.of(home).toAbsolutePath();
            return new LocalDirectories(root.resolve("data"), root.resolve("state"), remembers);
        }
        return new LocalDirectories(
                xdg(environment, "XDG_DATA_HOME", ".local/share"),
                xdg(environment, "XDG_STATE_HOME", ".local/state"),
                remembers);
    }

    private static Path xdg(Map<String, String> environment, String variable, String otherwise) {
        Path set = Path.of(environment.getOrDefault(variable, ""));
        // XDG: a relative path is invalid and to be ignored
        Path base = set.isAbsolute() ? set : userHome(environment).resolve(otherwise);
        return base.resolve("ftj");
    }

    private static Path userHome(Map<String, String> environment) {
        String home = environment.getOrDefault("HOME", "");
        return Path.of(home.isEmpty() ? System.getProperty("user.home", ".") : home)
                .toAbsolutePath();
    }
}
