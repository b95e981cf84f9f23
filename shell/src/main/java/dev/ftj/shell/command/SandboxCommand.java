package dev.ftj.shell.command;

import dev.ftj.Endpoint;
import dev.ftj.FineTuneException;
import dev.ftj.internal.text.Sanitizer;
import dev.ftj.sandbox.Sandbox;
import dev.ftj.shell.args.CommandLine;
import dev.ftj.shell.args.CommandSpec;
import dev.ftj.shell.args.Option;
import dev.ftj.shell.view.Console;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;

/** {@code sandbox}: the simulated API in the foreground, for other programs on this machine. */
public record SandboxCommand(Console console) implements ShellCommand {
    @Override
    public CommandSpec spec() {
        return CommandSpec.named(
                        "sandbox", "serve a simulated API on loopback until Ctrl-C, for curl and other clients")
                .options(Option.IDS, Option.PORT, Option.SPEED, Option.WEATHER, Option.COLOR, Option.VERBOSE)
                .example("sandbox", "prints the two exports that point a client at it")
                .example("sandbox --speed 0.1 --port 8765", "a job takes two minutes; a fixed port")
                .example(
                        "sandbox --weather stormy", "5xx, 429, broken connections and slow answers, the same each time")
                .example("sandbox -v", "a line on stderr for each request")
                .example("sandbox --ids", "ids of the sample jobs, also those of --sandbox")
                .exit(0, "--ids: listed")
                .exit(1, "the port is taken")
                .exit(130, "Ctrl-C")
                .build();
    }

    @Override
    public int run(CommandLine arguments) throws InterruptedException {
        try (Sandbox sandbox = start(arguments)) {
            if (arguments.has(Option.IDS)) {
                sandbox.jobIds().forEach(console.out()::println);
                console.flush();
                console.aside("with --endpoint v0.6: " + String.join(", ", sandbox.newerJobIds()));
                return 0;
            }
            console.out().println("export ATAI_API_ENDPOINT=" + sandbox.endpoint());
            console.out().println("export ATAI_API_KEY=" + sandbox.apiKey());
            if (console.flush()) {
                console.aside("serving " + sandbox.jobIds().size() + " ids, " + Sandbox.SAMPLE_JOB_ID
                        + " among them; sandbox --ids lists all; Ctrl-C ends it");
                console.aside(
                        "the newer API is at " + Endpoint.of(sandbox.endpoint()).withVersion("v0.6") + ", with "
                                + String.join(", ", sandbox.newerJobIds()));
            }
            new CountDownLatch(1).await();
        }
        return 0;
    }

    private Sandbox start(CommandLine arguments) {
        Sandbox.Builder builder = Sandbox.builder();
        Double speed = arguments.factor(Option.SPEED);
        if (speed != null) {
            builder.speed(speed);
        }
        Integer port = arguments.port(Option.PORT);
        if (port != null) {
            builder.port(port);
        }
        if ("stormy".equals(arguments.oneOf(Option.WEATHER))) {
            builder.weather(Sandbox.Weather.STORMY);
        }
        if (arguments.has(Option.VERBOSE)) {
            builder.onRequest(line -> console.say(Sanitizer.oneLine(line)));
        }
        try {
            return builder.start();
        } catch (UncheckedIOException e) {
            throw FineTuneException.of(
                    FineTuneException.Kind.LOCAL,
                    Objects.toString(e.getMessage()),
                    "Choose another --port, or leave it out for a free one");
        }
    }
}
