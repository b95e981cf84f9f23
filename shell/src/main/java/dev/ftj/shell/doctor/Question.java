package dev.ftj.shell.doctor;

import dev.ftj.Endpoint;
import dev.ftj.FineTuneClient;
import dev.ftj.FineTuneException;
import dev.ftj.FineTuneException.Kind;
import dev.ftj.NodeStatus;
import java.util.List;

/** The one request, over a connection that is known to work: what its answer says of the key and of the service. */
record Question(FineTuneClient client, Endpoint endpoint, String key) {

    List<Check> ask() {
        NodeStatus node;
        try {
            node = client.node();
        } catch (FineTuneException e) {
            if (e.kind() == Kind.CANCELLED) {
                throw e;
            }
            return e.kind() == Kind.AUTH ? keyFails(e) : serviceFails(e);
        }
        return List.of(
                Check.works("key", key + ": accepted"),
                Check.works("service", "it answers, and the fine-tune node is " + node));
    }

    private List<Check> keyFails(FineTuneException e) {
        return List.of(
                Check.fails("key", key + ": " + e.summary(), e.hint(), Kind.AUTH.exitCode()),
                Check.open("service", "not told: it answers, but not to this key"));
    }

    private List<Check> serviceFails(FineTuneException e) {
        String hint = e.kind() == Kind.NOT_FOUND
                ? "Check the path of the endpoint " + endpoint + " (--endpoint, ATAI_API_ENDPOINT)"
                : e.hint();
        int code = e.kind().exitCode() == Kind.NETWORK.exitCode() ? Kind.NETWORK.exitCode() : Kind.SERVER.exitCode();
        return List.of(
                Check.open("key", key + ": not told by this answer"), Check.fails("service", e.summary(), hint, code));
    }
}
