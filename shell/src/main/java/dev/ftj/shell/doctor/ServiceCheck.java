package dev.ftj.shell.doctor;

import dev.ftj.Endpoint;
import dev.ftj.FineTuneClient;
import dev.ftj.FineTuneException;
import dev.ftj.FineTuneException.Kind;
import dev.ftj.NodeStatus;
import java.util.List;

/** Asks for the node's status once, over a connection that works, and judges the key and the service by the response. */
record ServiceCheck(FineTuneClient client, Endpoint endpoint, String key) {

    List<Check> ask() {
        NodeStatus node;
        try {
            node = client.nodeStatus();
        } catch (FineTuneException e) {
            if (e.kind() == Kind.CANCELLED) {
                throw e;
            }
            return e.kind() == Kind.AUTH ? keyFails(e) : serviceFails(e);
        }
        return List.of(
                Check.works("key", key + ": accepted"),
                Check.works("service", "it responds, and the fine-tune node is " + node));
    }

    private List<Check> keyFails(FineTuneException e) {
        return List.of(
                Check.fails("key", key + ": " + e.summary(), e.hint(), Kind.AUTH.exitCode()),
                Check.skipped("service", "unknown: it responds, but not to this key"));
    }

    private List<Check> serviceFails(FineTuneException e) {
        String hint = e.kind() == Kind.NOT_FOUND
                ? "Check the path of the endpoint " + endpoint + " (--endpoint, ATAI_API_ENDPOINT)"
                : e.hint();
        int code = e.kind().exitCode() == Kind.NETWORK.exitCode() ? Kind.NETWORK.exitCode() : Kind.SERVER.exitCode();
        return List.of(
                Check.skipped("key", key + ": unknown from this response"),
                Check.fails("service", e.summary(), hint, code));
    }
}
