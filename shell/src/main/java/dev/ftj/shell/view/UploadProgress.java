package dev.ftj.shell.view;

import dev.ftj.UploadOptions;
import dev.ftj.internal.concurrent.Daemons;
import dev.ftj.internal.text.ByteText;
import dev.ftj.internal.text.DurationText;
import dev.ftj.internal.text.Sanitizer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The progress of one upload: a line that is redrawn on a terminal; elsewhere one line at the end. */
public final class UploadProgress implements UploadOptions.Listener, AutoCloseable {
    private static final int REDRAW_MILLIS = 200;

    /** The rate is that of the last seconds. */
    private static final int SAMPLES = 5000 / REDRAW_MILLIS;

    private static final int BAR = 20;
    private static final int SHORTEST_NAME = 8;

    /** The bytes that were sent by a moment. */
    private record Sample(long nanos, long sent) {}

    private final Console console;
    private final String name;
    private final Deque<Sample> samples = new ArrayDeque<>();
    private final long start = System.nanoTime();
    private final @Nullable Thread drawing;
    private long first = -1;
    private long sent;
    private long total;
    private volatile boolean closed;

    /** @param name the file's, for people */
    public UploadProgress(Console console, String name) {
        this.console = console;
        this.name = Sanitizer.oneLine(name);
        drawing = console.isLive() ? Daemons.start("ftj-progress", this::draw) : null;
    }

    @Override
    public synchronized void progress(long sentBytes, long totalBytes) {
        first = first < 0 ? sentBytes : first;
        sent = sentBytes;
        total = totalBytes;
    }

    @Override
    public void note(String message) {
        console.say("ftj: " + Sanitizer.oneLine(message));
    }

    /** Says that the file was uploaded. */
    public void done() {
        close();
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        long bytes = sent - Math.max(0, first);
        console.say(name + ": uploaded " + ByteText.of(total) + " in " + DurationText.of(took) + rate(bytes, took)
                + (first > 0 ? ", " + ByteText.of(first) + " of it before" : ""));
    }

    private static String rate(long bytes, Duration took) {
        return took.toMillis() < 100 ? "" : " (" + ByteText.of(bytes * 1000 / took.toMillis()) + "/s)";
    }

    private void draw() {
        try {
            while (!closed) {
                synchronized (console) {
                    if (!closed) {
                        console.live((width, rows) -> List.of(line(width)));
                    }
                }
                Thread.sleep(REDRAW_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized String line(int width) {
        if (total == 0) {
            return Table.cut(name + "  starting", width);
        }
        samples.addLast(new Sample(System.nanoTime(), sent));
        if (samples.size() > SAMPLES) {
            samples.removeFirst();
        }
        double share = (double) sent / total;
        int full = (int) (share * BAR);
        Sample from = samples.getFirst();
        double seconds = (System.nanoTime() - from.nanos()) / 1e9;
        long rate = seconds < 0.1 ? 0 : Math.max(0, (long) ((sent - from.sent()) / seconds));
        String left = rate == 0 || sent >= total
                ? ""
                : "  " + DurationText.of(Duration.ofSeconds((total - sent) / rate)) + " left";
        String percent = String.format("  %3d%%", (int) (share * 100));
        String amount = percent + "  " + ByteText.of(sent) + " of " + ByteText.of(total);
        String speed = amount + "  " + ByteText.of(rate) + "/s";
        String bar = "  [" + "#".repeat(full) + ".".repeat(BAR - full) + "]";
        return line(name, List.of(bar + speed + left, speed + left, speed, amount, percent), width);
    }

    /** Returns the name, perhaps cut, and the first of the figures that there is room for. */
    static String line(String name, List<String> figures, int width) {
        int room = width - Math.min(CardView.columns(name), SHORTEST_NAME);
        String shown = figures.stream()
                .filter(each -> each.length() <= room)
                .findFirst()
                .orElse("");
        return Table.cut(name, width - shown.length()) + shown;
    }

    /** Takes the line away. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (drawing != null) {
            drawing.interrupt();
            synchronized (console) {
                console.live((width, rows) -> List.of());
                console.live(null);
            }
        }
    }
}
