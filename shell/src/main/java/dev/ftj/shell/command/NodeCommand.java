package dev.ftj.shell.command;

import dev.ftj.shell.args.CommandLine;
import dev.ftj.shell.args.CommandSpec;
import dev.ftj.shell.args.Option;
import dev.ftj.shell.session.Session;
import dev.ftj.shell.view.Console;
import dev.ftj.shell.view.Format;
import dev.ftj.shell.view.NodeView;

/** {@code node}: shows the status of the fine-tune node. */
public record NodeCommand(Session session, Console console) implements ShellCommand {
    @Override
    public CommandSpec spec() {
        return CommandSpec.forApi("node", "show the status of the fine-tune node")
                .option(Option.OUTPUT, "text", "json", "jsonl", "yaml")
                .example("node", "READY, BUSY, STALE, ERROR or UNKNOWN")
                .exit(0, "shown, whatever the status is")
                .exit(5, "the server failed, or its answer is no status")
                .build();
    }

    @Override
    public int run(CommandLine arguments) {
        Format format = Format.of(arguments);
        session.noteSandbox(arguments);
        new NodeView(console, format).show(session.client(arguments).nodeStatus());
        return 0;
    }
}
