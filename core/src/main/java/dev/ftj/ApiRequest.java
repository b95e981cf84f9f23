package dev.ftj;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of the API, before it is put on a wire.
 *
 * @param path below the endpoint, percent-encoded, with its query
 * @param body a JSON text; null where nothing is sent
 * @param job the one job that it is about; null where it is about none, or about several
 */
record ApiRequest(
        String method,
        String path,
        @Nullable String body,
        @Nullable JobId job) {
    private static final String JOBS = "/fine-tune/jobs";

    static ApiRequest job(JobId id) {
        return new ApiRequest("GET", of(id), null, id);
    }

    static ApiRequest metrics(JobId id) {
        return new ApiRequest("GET", of(id) + "/metrics", null, id);
    }

    /** @param limit how many at most; -1 for all */
    static ApiRequest list(Collection<JobStatus> statuses, int limit, int offset) {
        StringBuilder query = new StringBuilder("?limit=" + limit + "&offset=" + offset);
        statuses.forEach(status -> query.append("&statuses=").append(JobId.encoded(status.value())));
        return new ApiRequest("GET", JOBS + query, null, null);
    }

    static ApiRequest node() {
        return new ApiRequest("GET", "/fine-tune/status", null, null);
    }

    static ApiRequest create(NewJob job) {
        return new ApiRequest("POST", JOBS, job.json(), job.id());
    }

    static ApiRequest stop(JobId id) {
        return new ApiRequest("PUT", of(id) + "/stop", "", id);
    }

    static ApiRequest cancel(JobId id) {
        return new ApiRequest("PUT", of(id) + "/cancel", "", id);
    }

    static ApiRequest delete(JobId id) {
        return new ApiRequest("DELETE", of(id), null, id);
    }

    /** Whether it only looks, so that sending it twice changes nothing. */
    boolean isLook() {
        return method.equals("GET");
    }

    private static String of(JobId id) {
        return JOBS + "/" + id.pathSegment();
    }
}
