package dev.ftj.shell.command;

import dev.ftj.Endpoint;
import dev.ftj.FineTuneException;
import dev.ftj.shell.args.CommandLine;
import dev.ftj.shell.args.CommandSpec;
import dev.ftj.shell.args.Option;
import dev.ftj.shell.doctor.Check;
import dev.ftj.shell.doctor.Doctor;
import dev.ftj.shell.session.ApiKeys;
import dev.ftj.shell.session.Session;
import dev.ftj.shell.view.ChecksView;
import dev.ftj.shell.view.Console;
import dev.ftj.shell.view.Format;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;

/** {@code doctor}: checks the connection, the key and the service. */
public record DoctorCommand(Session session, Console console, InstantSource clock) implements ShellCommand {
    private static final Duration USUAL_TIMEOUT = Duration.ofSeconds(60);

    @Override
    public CommandSpec spec() {
        return CommandSpec.forApi(
                        "doctor", "check name, connection, proxy, TLS, clock, key and service, and say what to do")
                .option(Option.OUTPUT, "text", "json", "jsonl", "yaml")
                .example(
                        "doctor",
                        "requests the node's status once (v0.6: one job of the list); without a key it only connects")
                .example("doctor -o jsonl", "one object per check: check, ok (null: not tried, not used), detail, hint")
                .exit(0, "nothing failed")
                .exit(1, "the clock is off; the key's file cannot be read")
                .exit(2, "a bad option or endpoint")
                .exit(5, "the service failed, or another service answered")
                .exit(6, "DNS, TCP, proxy or TLS; the service does not answer")
                .versions()
                .build();
    }

    /** The exit code is that of the first failure. */
    @Override
    public int run(CommandLine arguments) throws InterruptedException {
        Endpoint endpoint = session.endpoint(arguments);
        Duration timeout = Objects.requireNonNullElse(arguments.duration(Option.TIMEOUT), USUAL_TIMEOUT);
        Format format = Format.of(arguments);
        ChecksView view = new ChecksView(console, format);
        List<Check> checks = checks(new Doctor(endpoint, timeout, clock, view::show), arguments);
        view.end();
        session.noteSandbox(arguments);
        return checks.stream()
                .mapToInt(Check::exitCode)
                .filter(code -> code != 0)
                .findFirst()
                .orElse(0);
    }

    private List<Check> checks(Doctor doctor, CommandLine arguments) throws InterruptedException {
        ApiKeys.Found found;
        try {
            found = session.key(arguments);
        } catch (FineTuneException noKey) {
            return doctor.withoutKey(noKey, each -> session.trial(arguments, null, each));
        }
        String shown = found.key() + " of " + found.source();
        return doctor.withKey(shown, each -> session.trial(arguments, found.key(), each));
    }
}
