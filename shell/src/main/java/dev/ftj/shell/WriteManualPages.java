package dev.ftj.shell;

import dev.ftj.shell.args.ManualPages;
import dev.ftj.shell.session.Session;
import dev.ftj.shell.session.Stdin;
import dev.ftj.shell.view.Console;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;

/** The step of the build that writes the manual pages of the release. */
public final class WriteManualPages {
    private WriteManualPages() {}

    /**
     * Writes them.
     *
     * @param argv the directory, ftj's version, and the release's time in ISO 8601
     * @throws IOException if a page cannot be written
     */
    public static void main(String[] argv) throws IOException {
        Console console = Console.ofProcess(Map.of());
        try (Session session = new Session(Map.of(), console, new Stdin(InputStream.nullInputStream()))) {
            new ManualPages(new CommandTable(session, console).commands(), argv[1], argv[2].substring(0, 10))
                    .writeTo(Path.of(argv[0]));
        }
    }
}
