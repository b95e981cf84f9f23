package dev.ftj.shell.command;

import dev.ftj.Endpoint;
import dev.ftj.JobId;
import dev.ftj.shell.view.Screen;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** The request that {@code --dry-run} prints in place of sending it. */
final class DryRun {
    private DryRun() {}

    /**
     * The path of a request about jobs, as it stands in its first line.
     *
     * @param id null for the jobs as a whole
     * @param action empty for the job itself
     */
    static String path(Endpoint endpoint, @Nullable JobId id, String action) {
        return URI.create(endpoint.toString()).getRawPath() + "/fine-tune/jobs" + (id == null ? "" : "/" + id.pathSegment())
                + (action.isEmpty() ? "" : "/" + action);
    }
}
