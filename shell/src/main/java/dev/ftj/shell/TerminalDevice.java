package dev.ftj.shell;

import dev.ftj.shell.view.TerminalControl;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jline.nativ.CLibrary;
import org.jline.nativ.CLibrary.Termios;
import org.jline.nativ.CLibrary.WinSize;
import org.jline.utils.Signals;
import org.jspecify.annotations.Nullable;

/**
 * The terminal of this process by its file descriptor, for commands that open none: its size and its echo, by JLine's
 * native library. The echo is restored however the process ends, except by SIGKILL.
 */
final class TerminalDevice implements TerminalControl {
    private record Size(int rows, int columns) {
        static final Size UNKNOWN = new Size(0, 0);
    }

    /** The bit of {@code c_lflag}; 8 on Linux, macOS and the BSDs. */
    private static final long ECHO = 8;

    private static final int[] DESCRIPTORS = {2, 1, 0};

    private final boolean columnsSet;

    /** Restores the echo when a signal ends the process; null if the echo is not switched off. */
    private @Nullable Thread hook;

    private @Nullable Object continued;

    /** @param environment if it has {@code COLUMNS}, that is the width */
    TerminalDevice(Map<String, String> environment) {
        columnsSet = !environment.getOrDefault("COLUMNS", "").isEmpty();
    }

    @Override
    public int columns() {
        return columnsSet ? 0 : size().columns();
    }

    @Override
    public int rows() {
        return size().rows();
    }

    private static Size size() {
        if (!NativeLibrary.isLoaded()) {
            return sizeByStty();
        }
        int terminal = descriptor();
        WinSize size = terminal < 0 ? null : new WinSize();
        return size != null && CLibrary.ioctl(terminal, CLibrary.TIOCGWINSZ, size) == 0
                ? new Size(Short.toUnsignedInt(size.ws_row), Short.toUnsignedInt(size.ws_col))
                : Size.UNKNOWN;
    }

    /** For systems on which the library cannot be loaded, such as with a temporary directory mounted noexec. */
    private static Size sizeByStty() {
        try {
            Process stty = new ProcessBuilder("sh", "-c", "exec stty size </dev/tty 2>/dev/null").start();
            String[] size = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)
                    .strip()
                    .split(" ");
            return size.length == 2 ? new Size(Integer.parseInt(size[0]), Integer.parseInt(size[1])) : Size.UNKNOWN;
        } catch (IOException | NumberFormatException e) {
            return Size.UNKNOWN;
        }
    }

    /** The file descriptor of the terminal; -1 if there is none, or no library to ask it with. */
    private static int descriptor() {
        if (NativeLibrary.isLoaded()) {
            for (int descriptor : DESCRIPTORS) {
                if (CLibrary.isatty(descriptor) == 1) {
                    return descriptor;
                }
            }
        }
        return -1;
    }

    @Override
    public synchronized void hideKeys(Runnable resumed) {
        continued = Signals.register("CONT", () -> {
            resumed.run();
            hideAgain();
        });
        echoOff();
    }

    @Override
    public synchronized void showKeys() {
        if (continued != null) {
            Signals.unregister("CONT", continued);
            continued = null;
        }
        echoOn();
    }

    private synchronized void hideAgain() {
        if (continued != null) {
            echoOff();
        }
    }

    /**
     * Switches the echo off, also if another program has switched it on since the last call.
     *
     * @return false if the echo is still on, or was off before and is not ours to restore
     */
    synchronized boolean echoOff() {
        int terminal = descriptor();
        Termios modes = terminal < 0 ? null : modes(terminal);
        if (modes == null || (modes.c_lflag & ECHO) == 0 || !isInForeground()) {
            return hook != null;
        }
        if (hook == null) {
            Thread restore = new Thread(this::echoOn, "ftj-echo");
            try {
                Runtime.getRuntime().addShutdownHook(restore);
            } catch (IllegalStateException e) {
                return false; // the process is ending
            }
            hook = restore;
        }
        modes.c_lflag &= ~ECHO;
        return CLibrary.tcsetattr(terminal, CLibrary.TCSANOW, modes) == 0;
    }

    /** Switches the echo on if {@link #echoOff} has switched it off. */
    synchronized void echoOn() {
        Thread restore = hook;
        if (restore == null) {
            return;
        }
        hook = null;
        int terminal = descriptor();
        Termios modes = modes(terminal);
        if (modes != null && isInForeground()) {
            modes.c_lflag |= ECHO;
            CLibrary.tcsetattr(terminal, CLibrary.TCSANOW, modes);
        }
        try {
            Runtime.getRuntime().removeShutdownHook(restore);
        } catch (IllegalStateException e) {
            // called by the hook itself
        }
    }

    private static @Nullable Termios modes(int terminal) {
        Termios modes = new Termios();
        return CLibrary.tcgetattr(terminal, modes) == 0 ? modes : null;
    }

    /** In the background, the terminal belongs to another program and changing it stops this process (SIGTTOU). */
    private static boolean isInForeground() {
        String[] groups = groups().strip().split("\\s+");
        return groups.length == 2 && groups[0].equals(groups[1]);
    }

    /** The process groups of this process and of the terminal's foreground; empty if they are not known. */
    private static String groups() {
        try {
            String stat = Files.readString(Path.of("/proc/self/stat"));
            // after the name, in parentheses: state, parent, group, session, terminal, its group
            String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ");
            return fields[2] + " " + fields[5];
        } catch (IOException e) {
            return groupsByPs(); // macOS
        }
    }

    private static String groupsByPs() {
        String self = String.valueOf(ProcessHandle.current().pid());
        try {
            Process ps = new ProcessBuilder("ps", "-o", "pgid=", "-o", "tpgid=", "-p", self).start();
            return new String(ps.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            return "";
        }
    }
}
