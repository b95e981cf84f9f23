package dev.ftj.shell.command;

import dev.ftj.shell.args.CommandLine;
import dev.ftj.shell.args.CommandSpec;
import dev.ftj.shell.args.Option;
import dev.ftj.shell.session.Session;
import dev.ftj.shell.view.Console;
import dev.ftj.shell.view.Format;
import dev.ftj.shell.view.NodeView;

/** {@code node}: shows the status of the fine-tune node. */
public final class NodeCommand implements ShellCommand {
    private static final CommandSpec SPEC = CommandSpec.forApi("node", "show the status of the fine-tune node")
            .option(Option.OUTPUT, "text", "json", "jsonl", "yaml")
            .example("node", "READY, BUSY, STALE, ERROR or UNKNOWN")
            .exit(0, "shown, whatever the status is")
            .exit(5, "the server failed, or its answer is no status")
            .build();

    private final Session session;
    private final Console console;

    public NodeCommand(Session session, Console console) {
        this.session = session;
        this.console = console;
    }

    @Override
    public CommandSpec spec() {
        return SPEC;
    }

    @Override
    public int run(CommandLine arguments) {
        Format format = Format.of(arguments.value(Option.OUTPUT));
        if (format == Format.TEXT) {
            session.tellSandbox(arguments);
        }
        new NodeView(console, format).show(session.client(arguments).nodeStatus());
        return 0;
    }
}
