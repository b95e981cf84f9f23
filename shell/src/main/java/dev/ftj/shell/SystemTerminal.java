package dev.ftj.shell;

import java.io.IOException;
import java.util.Map;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.InfoCmp;

/**
 * Opens the terminal of this process for the prompt. JLine's JNI provider comes first: on Java 22 and newer, JLine's own
 * order loads 282 classes that no class-data archive can hold.
 */
final class SystemTerminal {
    private SystemTerminal() {}

    static Terminal open() throws IOException {
        return open(System.getenv());
    }

    static Terminal open(Map<String, String> environment) throws IOException {
        Terminal terminal =
                builder(environment.getOrDefault("TERM", "")).system(true).build();
        return PlainTerminal.is(terminal) ? new PlainTerminal(terminal, environment) : terminal;
    }

    /** Uses JLine's own capabilities of the type, if it has any: running infocmp(1) takes time. */
    static TerminalBuilder builder(String type) {
        String capabilities = InfoCmp.getDefaultInfoCmp(type);
        if (capabilities != null) {
            InfoCmp.setLoadedInfoCmp(type, capabilities);
        }
        TerminalBuilder builder = TerminalBuilder.builder().name("ftj");
        // trying again to load the library would leave it in the temporary directory
        return NativeLibrary.isLoaded() ? builder.provider("jni") : builder.jni(false);
    }
}
