package dev.ftj.shell.args;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Commands enough to exercise the grammar. */
public final class Samples {
    static final CommandSpec GET = CommandSpec.named("get", "the full record of each job")
            .parameters(Parameters.jobs("JOB...", 1, Parameters.MANY))
            .option(Option.OUTPUT, "text", "json", "jsonl", "yaml")
            .options(Option.FIELD, Option.ENDPOINT, Option.SANDBOX, Option.TIMEOUT, Option.COLOR, Option.VERBOSE)
            .example("ftj get ftj-1 -o json", "the record as the server sent it")
            .exit(0, "every record was printed")
            .exit(4, "there is no such job")
            .build();
    static final CommandSpec SAVE = CommandSpec.named("save", "keep a job in the local job book")
            .parameters(Parameters.jobs("JOB", 1, 1))
            .options(Option.AS, Option.NOTE, Option.SANDBOX)
            .build();
    static final CommandSpec LOGIN = CommandSpec.named("login", "take a key for this session")
            .options(Option.CHECK, Option.ENDPOINT)
            .build();
    static final CommandSpec COMPLETION = CommandSpec.named("completion", "a completion script")
            .parameters(Parameters.choice("bash|zsh|fish", 1, 1, List.of("bash", "zsh", "fish")))
            .build();
    static final CommandSpec HELP = CommandSpec.named("help", "this text, or a command's")
            .parameters(Parameters.choice("[COMMAND]", 0, 1, List.of("get", "save", "login", "completion", "help")))
            .options(Option.COLOR)
            .build();
    static final CommandSpec VERSION =
            CommandSpec.named("version", "show the version").build();

    static final Commands COMMANDS = commands(
            List.of(GET, SAVE, LOGIN, COMPLETION, HELP, VERSION),
            List.of(Option.ENDPOINT, Option.SANDBOX, Option.TIMEOUT, Option.COLOR, Option.VERBOSE));

    private Samples() {}

    public static Commands commands(List<CommandSpec> specs, List<Option> shellOptions) {
        Map<String, CommandSpec> byName = new LinkedHashMap<>();
        specs.forEach(spec -> byName.put(spec.name(), spec));
        return new Commands(
                List.copyOf(byName.keySet()),
                name -> Objects.requireNonNull(byName.get(name)),
                shellOptions,
                "/home/me");
    }
}
