package dev.ftj.shell.view;

import dev.ftj.NodeStatus;

/** What the fine-tune node does: its status alone, or the server's own text. */
public final class NodeView {
    private final Screen screen;
    private final Format format;

    public NodeView(Screen screen, Format format) {
        this.screen = screen;
        this.format = format;
    }

    public void show(NodeStatus node) {
        String json = node.json();
        switch (format) {
            case JSON ->
                screen.out().println(screen.terminals().out() ? JsonText.indented(json) : JsonText.asSent(json));
            case JSONL -> screen.out().println(JsonText.compact(json));
            case YAML -> screen.out().print(YamlText.of(json));
            default -> screen.out().println(node);
        }
    }
}
