package dev.ftj.shell.doctor;

import dev.ftj.Endpoint;
import dev.ftj.FineTuneClient;
import dev.ftj.FineTuneException;
import dev.ftj.FineTuneException.Kind;
import dev.ftj.JobResult;
import java.util.List;
import java.util.stream.Stream;

/** Requests the node's status once, over a working connection, and checks the key and the service by the response. */
record ServiceCheck(FineTuneClient client, Endpoint endpoint, String key) {

    List<Check> ask() {
        String state;
        try {
            state = state();
        } catch (FineTuneException e) {
            if (e.kind() == Kind.CANCELLED) {
                throw e;
            }
            return e.kind() == Kind.AUTH ? keyFails(e) : serviceFails(e);
        }
        return List.of(Check.works("key", key + ": accepted"), Check.works("service", "it responds, and " + state));
    }

    /** The newer API has no call for the node, so that one job of the list is asked for. */
    private String state() {
        if (endpoint.version().equals("v0.5")) {
            return "the fine-tune node is " + client.nodeStatus();
        }
        try (Stream<JobResult> jobs = client.list(List.of(), 1, 0)) {
            return jobs.findFirst().isPresent() ? "lists jobs" : "has no job yet";
        }
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
