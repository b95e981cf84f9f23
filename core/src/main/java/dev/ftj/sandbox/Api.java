package dev.ftj.sandbox;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The simulated API: from a request and an instant to an answer. */
final class Api {
    static final String VERSION_PATH = "/v0.5";
    private static final String BEARER = "Bearer ";
    private static final int MAX_BODY = 1 << 20;

    private final List<String> ownHosts;
    private final String apiKey;
    private final Jobs jobs;
    private final Faults faults = new Faults();

    Api(List<String> ownHosts, String apiKey, Jobs jobs) {
        this.ownHosts = ownHosts;
        this.apiKey = apiKey;
        this.jobs = jobs;
    }

    List<String> jobIds() {
        return Stream.concat(jobs.ids().stream(), faults.lastingIds().stream()).toList();
    }

    /**
     * Carries a request out. The host comes first: a page that had its own name rebound to loopback must learn nothing.
     *
     * @throws IOException where the body cannot be read to its end: nothing is carried out then
     */
    Answer answer(Request request, Instant now) throws IOException {
        if (request.hosts().isEmpty() || !request.hosts().stream().allMatch(this::isOwnHost)) {
            return Errors.FOREIGN_HOST;
        }
        if (request.authorization() == null) {
            return Errors.NO_KEY;
        }
        if (!isOurKey(request.authorization())) {
            return Errors.WRONG_KEY;
        }
        Route route = Route.of(request.rawPath());
        if (route == null) {
            return Errors.NO_SUCH_PATH;
        }
        if (!route.place().knows(request.method())) {
            return Errors.wrongMethod(route.place().allowed());
        }
        return switch (route.place()) {
            case NODE -> node(now);
            case JOBS -> request.method().equals("POST") ? create(request, now) : list(request, now);
            case JOB, STOP, CANCEL, METRICS -> ofOneJob(route, request, now);
        };
    }

    private Answer node(Instant now) {
        return Answer.json(200, "{\"status\": \"" + (jobs.isAnyAtWork(now) ? "BUSY" : "READY") + "\"}");
    }

    private Answer list(Request request, Instant now) {
        Invalid invalid = new Invalid();
        Query query = Query.of(request.rawQuery(), invalid);
        if (!invalid.isEmpty()) {
            return invalid.answer();
        }
        List<Job> wanted = jobs.newestFirst().stream()
                .filter(job -> query.wants(job.life().at(now).status()))
                .toList();
        return Answer.json(
                200,
                query.page(wanted).stream().map(job -> job.record(now)).collect(Collectors.joining(",\n", "[", "]")));
    }

    private Answer create(Request request, Instant now) throws IOException {
        byte[] body = request.body().readNBytes(MAX_BODY + 1);
        if (body.length > MAX_BODY) {
            return Errors.TOO_LARGE;
        }
        Invalid invalid = new Invalid();
        Object value = Body.read(body, invalid);
        Order order = invalid.isEmpty() ? Order.of(Field.body(value), invalid) : null;
        if (order == null || !invalid.isEmpty()) {
            return invalid.answer();
        }
        String id = order.id();
        Answer fault = id == null ? null : faults.of(id);
        Answer refusal = fault == null ? order.refusal() : fault;
        return refusal == null ? jobs.create(order, now) : refusal;
    }

    /** An id that answers with an error does so wherever it stands. */
    private Answer ofOneJob(Route route, Request request, Instant now) {
        String id = Percent.decode(route.segment());
        if (id == null) {
            return Errors.BAD_ENCODING;
        }
        Answer fault = faults.of(id);
        if (fault != null) {
            return fault;
        }
        return switch (route.place()) {
            case STOP -> jobs.stop(id, now);
            case CANCEL -> jobs.cancel(id, now);
            case METRICS -> metrics(id, request, now);
            default -> request.method().equals("DELETE") ? jobs.delete(id, now) : record(id, now);
        };
    }

    private Answer record(String id, Instant now) {
        Job job = jobs.find(id);
        return job == null ? Errors.NO_SUCH_JOB : Answer.json(200, job.record(now));
    }

    private Answer metrics(String id, Request request, Instant now) {
        Invalid invalid = new Invalid();
        Query query = Query.of(request.rawQuery(), invalid);
        if (!invalid.isEmpty()) {
            return invalid.answer();
        }
        Job job = jobs.find(id);
        return job == null ? Errors.NO_SUCH_JOB : Answer.json(200, job.metrics(now, query));
    }

    private boolean isOwnHost(String host) {
        return ownHosts.stream().anyMatch(host::equalsIgnoreCase);
    }

    private boolean isOurKey(String authorization) {
        return authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
                && authorization.substring(BEARER.length()).equals(apiKey);
    }
}
