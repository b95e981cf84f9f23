package dev.ftj;

import dev.ftj.FineTuneException.Resource;
import dev.ftj.internal.http.HttpBody;
import dev.ftj.internal.http.HttpRequest;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * The requests of the API: every path is written here.
 *
 * @param type what the request is about, for messages; null for none of these
 */
record ApiRequest(HttpRequest http, Resource.@Nullable Type type) {
    private static final String JOBS = "/fine-tune/jobs";
    private static final String JOB = JOBS + "/{job_id}";

    static ApiRequest job(JobId id) {
        return job(HttpRequest.get(path(id), JOB, id.value()));
    }

    static ApiRequest metrics(JobId id) {
        return job(HttpRequest.get(path(id) + "/metrics", JOB + "/metrics", id.value()));
    }

    /** @param limit at most; -1 for all */
    static ApiRequest list(Collection<JobStatus> statuses, int limit, int offset) {
        StringBuilder query = new StringBuilder("?limit=" + limit + "&offset=" + offset);
        statuses.forEach(status -> query.append("&statuses=").append(JobId.encoded(status.value())));
        return job(HttpRequest.get(JOBS + query, JOBS, null));
    }

    static ApiRequest nodeStatus() {
        String path = "/fine-tune/status";
        return new ApiRequest(HttpRequest.get(path, path, null), null);
    }

    static ApiRequest create(NewJob job) {
        String id = job.id() == null ? null : job.id().value();
        return job(HttpRequest.write("POST", JOBS, HttpBody.json(job.json()), JOBS, id));
    }

    static ApiRequest stop(JobId id) {
        return put(id, "/stop");
    }

    static ApiRequest cancel(JobId id) {
        return put(id, "/cancel");
    }

    static ApiRequest delete(JobId id) {
        return job(HttpRequest.write("DELETE", path(id), null, JOB, id.value()));
    }

    private static ApiRequest put(JobId id, String action) {
        return job(HttpRequest.write("PUT", path(id) + action, HttpBody.json(""), JOB + action, id.value()));
    }

    private static ApiRequest job(HttpRequest http) {
        return new ApiRequest(http, Resource.Type.JOB);
    }

    private static String path(JobId id) {
        return JOBS + "/" + id.pathSegment();
    }

    /** Returns the one resource that it is about; null for none or several. */
    @Nullable
    Resource resource() {
        String id = http.resourceId();
        return id == null || type == null ? null : new Resource(type, id);
    }
}
