package dev.ftj.shell.jshell;

import dev.ftj.FineTuneException;
import dev.ftj.FineTuneException.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A script as jshell shall see it, line for line: without a byte order mark, and with nothing in place of a first line
 * that tells the system how to run it.
 *
 * @param name as it was typed
 */
record ScriptSource(String name, List<String> lines) {

    /** @throws FineTuneException of kind {@code LOCAL} where there is no such text */
    static ScriptSource read(String name) {
        try {
            Path file = Path.of(name);
            if (name.isEmpty()) {
                throw FineTuneException.of(Kind.LOCAL, "no script: its name is empty", null);
            }
            if (Files.isDirectory(file)) {
                throw unreadable("is a directory, not a script", name);
            }
            return of(
                    name,
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                            .toString());
        } catch (NoSuchFileException | InvalidPathException e) {
            throw FineTuneException.of(Kind.LOCAL, "no such script: " + name, null);
        } catch (AccessDeniedException e) {
            throw unreadable("cannot be read: permission denied", name);
        } catch (CharacterCodingException e) {
            throw unreadable("is no UTF-8 text", name);
        } catch (IOException e) {
            throw unreadable("cannot be read (" + e.getMessage() + ")", name);
        }
    }

    static ScriptSource of(String name, String text) {
        String content = text.startsWith("\uFEFF") ? text.substring(1) : text;
        List<String> lines = new ArrayList<>(List.of(content.split("\r\n|\r|\n", -1)));
        if (lines.get(0).startsWith("#!")) {
            lines.set(0, "");
        }
        return new ScriptSource(name, List.copyOf(lines));
    }

    private static FineTuneException unreadable(String why, String name) {
        return FineTuneException.of(Kind.LOCAL, name + " " + why, null);
    }
}
