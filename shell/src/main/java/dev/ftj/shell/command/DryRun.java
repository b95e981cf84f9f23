package dev.ftj.shell.command;

import dev.ftj.Endpoint;
import dev.ftj.JobId;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** The request that {@code --dry-run} prints in place of sending it. */
final class DryRun {
    private DryRun() {}

    /**
     * Returns its first line.
     *
     * @param id null for the jobs as a whole
     * @param action the last segment of the path; empty for none
     */
    static String line(String method, Endpoint endpoint, @Nullable JobId id, String action) {
        String jobs = URI.create(endpoint.toString()).getRawPath() + "/fine-tune/jobs";
        return method + " " + jobs + (id == null ? "" : "/" + id.pathSegment()) + action;
    }
}
