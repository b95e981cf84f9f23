package dev.ftj;

import dev.ftj.FineTuneException.Resource;
import dev.ftj.internal.http.HttpBody;
import dev.ftj.internal.http.HttpRequest;
import java.time.Duration;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * The requests of the API: every path is written here.
 *
 * @param type what the request is about, for messages; null for none of these
 */
record ApiRequest(HttpRequest http, Resource.@Nullable Type type) {
    private static final String JOBS = "/fine-tune/jobs";
    /** File ids are file names, with directories in front of them at most. */
    private static final int MAX_FILE_ID = 1024;

    private static final String FILES = "/files";
    private static final String UPLOADS = FILES + "/uploads";
    private static final String JOB = JOBS + "/{job_id}";
    private static final String NEWER_JOBS = "/fine_tuning/jobs";
    private static final String NEWER_JOB = NEWER_JOBS + "/{job_id}";

    /** The page size of the newer API's documented calls. */
    private static final int PAGE = 100;

    static ApiRequest job(Endpoint at, JobId id) {
        return at.isNewer() ? newer(id, "") : job(HttpRequest.get(path(id), JOB, id.value()));
    }

    /** @param limit at most; -1 for all, a page at a time */
    static ApiRequest newerList(int limit) {
        int page = limit < 0 || limit > PAGE ? PAGE : limit;
        return job(HttpRequest.get(NEWER_JOBS + "?limit=" + page, NEWER_JOBS, null));
    }

    /** @param limit at most; -1 for all, a page at a time */
    static ApiRequest events(JobId id, int limit) {
        ApiRequest events = newer(id, "/events");
        return events.page("limit=" + (limit < 0 ? PAGE : limit));
    }

    static ApiRequest checkpoints(JobId id) {
        return newer(id, "/checkpoints");
    }

    private static ApiRequest newer(JobId id, String of) {
        return job(HttpRequest.get(NEWER_JOBS + "/" + id.pathSegment() + of, NEWER_JOB + of, id.value()));
    }

    /** Returns the same request with more of a query; a query of several parameters replaces what it had. */
    ApiRequest page(String query) {
        if (query.isEmpty()) {
            return this;
        }
        String target = http.target();
        int path = target.indexOf('?');
        boolean adds = path >= 0 && query.indexOf('&') < 0;
        String paged = adds ? target + "&" + query : (path < 0 ? target : target.substring(0, path)) + "?" + query;
        return new ApiRequest(HttpRequest.get(paged, http.route(), http.resourceId()), type);
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

    static ApiRequest file(String id) {
        String route = FILES + "/metadata/{file_id}";
        String problem = fileIdProblem(id);
        if (problem != null) {
            throw FineTuneException.of(
                    FineTuneException.Kind.USAGE,
                    new Resource(Resource.Type.FILE, id),
                    "not a file id: " + problem,
                    null);
        }
        return file(HttpRequest.get(FILES + "/metadata/" + JobId.encoded(id), route, id));
    }

    /** Returns why a text cannot be a file's id; null if it can. */
    static @Nullable String fileIdProblem(String id) {
        return JobId.problem(id, MAX_FILE_ID);
    }

    static ApiRequest files(int shard, int most) {
        String path = FILES + "/metadata";
        return file(HttpRequest.get(path + "?shard_index=" + shard + "&max_items_per_shard=" + most, path, null));
    }

    static ApiRequest postFile(String name, HttpBody form, Duration deadline) {
        return file(HttpRequest.write("POST", FILES, form, FILES, name).within(deadline));
    }

    static ApiRequest initiate(String name, String json) {
        return file(repeatable(UPLOADS + "/initiate", json, UPLOADS + "/initiate", name));
    }

    /**
     * @param name the file's
     * @param action such as {@code /complete}
     */
    static ApiRequest upload(String name, String uploadId, String action, String json) {
        String path = UPLOADS + "/" + JobId.encoded(uploadId) + action;
        return file(repeatable(path, json, UPLOADS + "/{upload_id}" + action, name));
    }

    /** @param url presigned */
    static ApiRequest part(String name, String url, HttpBody bytes, Duration deadline) {
        return file(HttpRequest.put(url, bytes, "{presigned URL}", name).within(deadline));
    }

    /** The calls of an upload are retried: a second one changes nothing that the first has not changed. */
    private static HttpRequest repeatable(String path, String json, String route, String name) {
        return new HttpRequest("POST", path, HttpBody.json(json), true, route, name, null);
    }

    private static ApiRequest file(HttpRequest http) {
        return new ApiRequest(http, Resource.Type.FILE);
    }

    ApiRequest within(Duration deadline) {
        return new ApiRequest(http.within(deadline), type);
    }

    /** @param path as a user writes it; checked */
    static ApiRequest raw(String method, String path, String version, @Nullable String json) {
        String target = RawPath.below(path, version);
        boolean reads = method.equals("GET") || method.equals("HEAD");
        if (!method.matches("[A-Z]{1,20}") || (reads && json != null)) {
            String problem = reads ? method + " takes no body" : "not an HTTP method: " + method;
            throw FineTuneException.of(FineTuneException.Kind.USAGE, problem, "Nothing was sent");
        }
        HttpBody body = reads ? null : HttpBody.json(json == null ? "" : json);
        return new ApiRequest(new HttpRequest(method, target, body, reads, target, null, null), null);
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
