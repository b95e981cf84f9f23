"""A program at a pseudo-terminal, with somebody at its keys. Prints milliseconds, a line each.

    terminal.py ready PROMPT KEY COMMAND...    from its start until PROMPT shows and KEY, if there is one, is echoed
    terminal.py type PROMPT LINES COMMAND...   types lines, and prints of each key "WHAT MS": what is "key", or what
                                               stands before the line; LINES is a file of "WHAT TAB TYPED TAB COMPLETED":
                                               TYPED is typed, then the Tab key; COMPLETED is what shows then
"""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import time

LIMIT = 60
PAUSE = 0.03  # between two keys; a fast typist's is longer
CODES = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]|\x1b[=>]|\x1b\][^\x07]*\x07")


class Terminal:
    def __init__(self, command):
        self.begun = time.perf_counter()
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.environ["TERM"] = "xterm"
            # ignored where the benchmark runs in the background, and inherited
            signal.signal(signal.SIGINT, signal.SIG_DFL)
            os.execvp(command[0], command)
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))
        self.raw = ""

    def read(self, seconds):
        if not select.select([self.fd], [], [], seconds)[0]:
            return False
        self.raw += os.read(self.fd, 1 << 16).decode("utf-8", "replace")
        return True

    def until(self, text):
        """Waits until this has been shown since the last key, however it was coloured."""
        end = time.perf_counter() + LIMIT
        while text not in CODES.sub("", self.raw):
            if time.perf_counter() > end or not self.read(1) and os.waitpid(self.pid, os.WNOHANG)[0]:
                sys.exit(f"not shown: {text!r}, but {self.raw!r}")
        return time.perf_counter()

    def press(self, keys, echo):
        """Milliseconds from the key to what it shows."""
        self.raw = ""
        pressed = time.perf_counter()
        os.write(self.fd, keys.encode())
        return (self.until(echo) - pressed) * 1000

    def settle(self):
        while self.read(PAUSE):
            pass

    def close(self):
        os.kill(self.pid, signal.SIGKILL)
        os.close(self.fd)
        os.waitpid(self.pid, 0)


def ready(prompt, key, *command):
    terminal = Terminal(command)
    shown = terminal.until(prompt)
    if key:
        terminal.press(key, key)
        shown = time.perf_counter()
    print(f"{(shown - terminal.begun) * 1000:.1f}")
    terminal.close()


def type_lines(prompt, lines, *command):
    terminal = Terminal(command)
    terminal.until(prompt)
    with open(lines, encoding="utf-8") as file:
        for line in file:
            what, typed, completed = line.rstrip("\n").split("\t")
            if what == "at-once":
                print(f"{what} {terminal.press(typed + chr(9), completed):.2f}")
            else:
                for key in typed:
                    print(f"key {terminal.press(key, key):.2f}")
                    terminal.settle()
                print(f"{what} {terminal.press(chr(9), completed):.2f}")
            terminal.settle()
            terminal.press("\x03", prompt)
            terminal.settle()
    terminal.close()


{"ready": ready, "type": type_lines}[sys.argv[1]](*sys.argv[2:])
