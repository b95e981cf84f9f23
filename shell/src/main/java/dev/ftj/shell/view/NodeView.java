package dev.ftj.shell.view;

import dev.ftj.NodeStatus;
import dev.ftj.internal.json.RawJson;

/** The status of the fine-tune node. */
public final class NodeView {
    private final RecordWriter writer;

    public NodeView(Console console, Format format) {
        writer = RecordWriter.of(format, console, false);
    }

    public void show(NodeStatus node) {
        writer.write(RawJson.valid(node.json()), node + "\n");
    }
}
