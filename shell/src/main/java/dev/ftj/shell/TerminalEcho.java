package dev.ftj.shell;

import dev.ftj.shell.view.Keyboard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jline.utils.Signals;
import org.jspecify.annotations.Nullable;

/**
 * The keys of the terminal of this process, for a command that opens none. What was hidden is shown again however the
 * process ends, but for a kill that asks nobody.
 */
final class TerminalEcho implements Keyboard {
    private static final int TRIES = 3;

    /** Runs where a signal ends the process; null while nothing is hidden. */
    private @Nullable Thread end;

    private @Nullable Object continued;

    @Override
    public synchronized void hide(Runnable resumed) {
        continued = Signals.register("CONT", () -> {
            resumed.run();
            again();
        });
        off();
    }

    @Override
    public synchronized void show() {
        if (continued != null) {
            Signals.unregister("CONT", continued);
            continued = null;
        }
        on();
    }

    private synchronized void again() {
        if (continued != null) {
            off();
        }
    }

    /**
     * Switches the echo off, also where another program has switched it on since the last call.
     *
     * @return false where what is typed is still shown, or was not shown by this terminal in the first place
     */
    synchronized boolean off() {
        // one that does not show them now is not ours to change back
        if (!isInForeground() || !showsKeys()) {
            return end != null;
        }
        if (end == null) {
            Thread hook = new Thread(this::on, "ftj-keys");
            try {
                Runtime.getRuntime().addShutdownHook(hook);
            } catch (IllegalStateException e) {
                return false; // the process ends already
            }
            end = hook;
        }
        return Tty.run("stty", "-echo") != null;
    }

    /** Switches the echo on where {@link #off} has switched it off. */
    synchronized void on() {
        Thread hook = end;
        if (hook == null) {
            return;
        }
        end = null;
        // Ctrl-C is for this program, too, so that it may end before it has done anything
        boolean done = !isInForeground();
        for (int i = 0; !done && i < TRIES; i++) {
            done = Tty.run("stty", "echo") != null;
        }
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // it is this hook that runs
        }
    }

    private static boolean showsKeys() {
        String modes = Tty.run("stty", "-a");
        return modes != null && Arrays.asList(modes.split("[\\s;]+")).contains("echo");
    }

    /** In the background the keys are another program's, and the terminal stops a process that would change it from there. */
    private static boolean isInForeground() {
        String[] groups = groups().strip().split("\\s+");
        return groups.length == 2 && groups[0].equals(groups[1]);
    }

    /** The group of this process, and the one that the terminal listens to; empty where nobody tells. */
    private static String groups() {
        try {
            String stat = Files.readString(Path.of("/proc/self/stat"));
            // behind the name, in parentheses: state, parent, group, session, terminal, its group
            String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ");
            return fields[2] + " " + fields[5];
        } catch (IOException e) {
            String self = String.valueOf(ProcessHandle.current().pid());
            String told = Tty.run("ps", "-o", "pgid=", "-o", "tpgid=", "-p", self);
            return told == null ? "" : told;
        }
    }
}
