package dev.ftj.shell.command;

import dev.ftj.FineTuneException;
import dev.ftj.FineTuneException.Kind;
import dev.ftj.internal.text.Sanitizer;
import dev.ftj.shell.args.CommandLine;
import dev.ftj.shell.args.Option;
import dev.ftj.shell.view.Console;
import dev.ftj.shell.view.Format;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The charts that {@code --plot}, {@code --svg} and {@code --html} of a line ask for. */
record Pictures(
        Console console, @Nullable String svg, @Nullable String html) {
    /** @throws FineTuneException of kind {@code USAGE} if the options contradict each other */
    static Pictures of(CommandLine line, Console console, Format format) {
        Pictures pictures = new Pictures(console, line.value(Option.SVG), line.value(Option.HTML));
        boolean plot = line.has(Option.PLOT);
        refuse(
                plot && format != Format.TEXT,
                "--plot is for reading, and -o " + format.name().toLowerCase(Locale.ROOT) + " is not");
        refuse("-".equals(pictures.svg) && "-".equals(pictures.html), "stdout takes one picture");
        refuse(
                pictures.onStdout() && (plot || line.has(Option.FOLLOW) || line.has(Option.OUTPUT)),
                "stdout can have only the picture");
        return pictures;
    }

    static void refuse(boolean wrong, String why) {
        if (wrong) {
            throw FineTuneException.of(Kind.USAGE, why, "Leave one of them out");
        }
    }

    boolean any() {
        return svg != null || html != null;
    }

    boolean onStdout() {
        return "-".equals(svg) || "-".equals(html);
    }

    void write(Supplier<String> drawnSvg, Supplier<String> drawnHtml) {
        write(svg, drawnSvg);
        write(html, drawnHtml);
    }

    private void write(@Nullable String file, Supplier<String> drawn) {
        if (file == null) {
            return;
        }
        if (file.equals("-")) {
            console.out().print(drawn.get());
            console.flush();
        } else {
            AtomicFile.write(file, drawn.get());
            console.say("wrote " + Sanitizer.oneLine(file));
        }
    }
}
