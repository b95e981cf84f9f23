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

/**
 * A script's text, with line feeds as line ends, without a byte order mark, and with an empty line in place of one that
 * makes the system run it with ftj-jshell.
 *
 * @param name as it was typed; {@code stdin} for {@code -}
 */
record ScriptSource(String name, String text) {
    private static final String STDIN = "-";

    /** @throws FineTuneException of kind {@code LOCAL} if there is no such text */
    static ScriptSource read(String name) {
        try {
            if (name.equals(STDIN)) {
                return of("stdin", decoded(System.in.readAllBytes()));
            }
            Path file = Path.of(name);
            if (name.isEmpty()) {
                throw FineTuneException.of(Kind.LOCAL, "no script: its name is empty", null);
            }
            if (Files.isDirectory(file)) {
                throw unreadable("is a directory, not a script", name);
            }
            return of(name, decoded(Files.readAllBytes(file)));
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
        String unix = content.replace("\r\n", "\n").replace('\r', '\n');
        return new ScriptSource(name, unix.startsWith("#!") ? unix.replaceFirst(".*", "") : unix);
    }

    private static String decoded(byte[] bytes) throws CharacterCodingException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes))
                .toString();
    }

    private static FineTuneException unreadable(String why, String name) {
        return FineTuneException.of(Kind.LOCAL, name + " " + why, null);
    }
}
