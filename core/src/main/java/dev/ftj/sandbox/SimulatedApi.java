package dev.ftj.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The simulated jobs and the API's calls, one call at a time. */
final class SimulatedApi {
    static final String VERSION_PATH = "/v0.5";

    private static final String NODE_PATH = VERSION_PATH + "/fine-tune/status";
    private static final String JOBS_PATH = VERSION_PATH + "/fine-tune/jobs";
    /** This id answers twice with 503, then with its job. */
    private static final String RECOVERING_ID = ErrorResponse.JOB_ID_PREFIX + "503-then-well";

    private static final Pattern JOB_PATH =
            Pattern.compile(Pattern.quote(JOBS_PATH) + "/([^/]+)(|/stop|/cancel|/metrics)");

    private static final int MAX_BODY = 1 << 20;
    private static final int MAX_SLUG = 51;

    private final Map<String, Supplier<SimulatedJob>> jobs;
    private final SimulatedNewerApi newer;
    private final double speed;
    private final Random random;
    private int failuresLeft = 2;

    /**
     * Creates the API with the sample jobs.
     *
     * @param seed determines the ids of created jobs
     */
    SimulatedApi(Instant start, double speed, long seed) {
        this.speed = speed;
        random = new Random(seed);
        jobs = new SampleJobs(start, speed).load();
        newer = new SimulatedNewerApi(start, speed);
    }

    synchronized List<String> jobIds() {
        return Stream.concat(jobs.keySet().stream(), ErrorResponse.jobIds().stream())
                .toList();
    }

    List<String> newerJobIds() {
        return newer.jobIds();
    }

    /**
     * Carries out an authenticated request.
     *
     * @param path percent-encoded
     * @param query percent-encoded; empty if there is none
     * @return the JSON body of a 200
     * @throws ErrorResponse for any other status
     * @throws IOException if the request's body cannot be read to its end; nothing is carried out then
     */
    String call(String method, String path, String query, InputStream body, Instant now) throws IOException {
        if (path.startsWith(SimulatedNewerApi.VERSION_PATH + "/")) {
            return newer.call(method, path, query, now);
        }
        if (path.equals(NODE_PATH)) {
            allow(method, "GET");
            return "{\"status\": \"" + (isAnyActive(now) ? "BUSY" : "READY") + "\"}";
        }
        if (path.equals(JOBS_PATH)) {
            allow(method, "GET", "POST");
            return method.equals("GET") ? list(QueryParameters.parse(query), now) : create(text(body), now);
        }
        Matcher job = JOB_PATH.matcher(path);
        if (!job.matches()) {
            throw ErrorResponse.of("no-such-path");
        }
        switch (job.group(2)) {
            case "" -> allow(method, "GET", "DELETE");
            case "/metrics" -> allow(method, "GET");
            default -> allow(method, "PUT");
        }
        // A plus sign in a path is a plus sign.
        String id = URLDecoder.decode(job.group(1).replace("+", "%2B"), StandardCharsets.UTF_8);
        return callJob(id, job.group(2), method, query, now);
    }

    private synchronized String callJob(String id, String action, String method, String query, Instant now) {
        failIfErrorId(id);
        return switch (action) {
            case "/stop" -> end(find(id), find(id).lifecycle().stopped(now, speed), "stopped", now);
            case "/cancel" -> end(find(id), find(id).lifecycle().cancelled(now), "cancelled", now);
            case "/metrics" -> {
                QueryParameters page = QueryParameters.parse(query);
                yield find(id).metrics(now, page);
            }
            default -> {
                SimulatedJob job = find(id);
                if (method.equals("DELETE")) {
                    jobs.remove(id);
                }
                yield job.record(now);
            }
        };
    }

    /** Newest first; of several created at the same instant, the one added last comes first. */
    private synchronized String list(QueryParameters query, Instant now) {
        List<SimulatedJob> selected = new ArrayList<>();
        jobs.values().forEach(job -> selected.add(job.get()));
        Collections.reverse(selected);
        selected.removeIf(job -> !query.selects(job.lifecycle().at(now).status()));
        selected.sort(Comparator.comparing((SimulatedJob job) -> job.lifecycle().createdAt())
                .reversed());
        return query.page(selected).stream().map(job -> job.record(now)).collect(Collectors.joining(",\n", "[", "]"));
    }

    private synchronized String create(String body, Instant now) {
        CreateRequest request = CreateRequest.parse(body);
        String id = request.id() == null ? newId(request.name()) : request.id();
        failIfErrorId(id);
        if (jobs.containsKey(id)) {
            throw ErrorResponse.of("id-taken");
        }
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        String uuid = UUID.nameUUIDFromBytes(bytes).toString();
        JobLifecycle lifecycle = JobLifecycle.successful(now, speed);
        return put(new SimulatedJob(id, request.members(uuid), lifecycle, "Z", List.of()), now);
    }

    private String end(SimulatedJob job, @Nullable JobLifecycle changed, String action, Instant now) {
        if (changed == null) {
            throw ErrorResponse.of("wrong-status")
                    .fill("status", job.lifecycle().at(now).status())
                    .fill("action", action);
        }
        return put(job.with(changed), now);
    }

    private String put(SimulatedJob job, Instant now) {
        jobs.put(job.id(), () -> job);
        return job.record(now);
    }

    private SimulatedJob find(String id) {
        Supplier<SimulatedJob> job = jobs.get(id);
        if (job == null) {
            throw ErrorResponse.of("no-such-job");
        }
        return job.get();
    }

    private synchronized boolean isAnyActive(Instant now) {
        return jobs.values().stream().anyMatch(job -> job.get().lifecycle().isActive(now));
    }

    private void failIfErrorId(String id) {
        if (id.equals(RECOVERING_ID) && failuresLeft > 0) {
            failuresLeft--;
            throw ErrorResponse.of(ErrorResponse.JOB_ID_PREFIX + "503");
        }
        // The prefix is checked first: only an error id has to load the errors.
        if (id.startsWith(ErrorResponse.JOB_ID_PREFIX) && ErrorResponse.jobIds().contains(id)) {
            throw ErrorResponse.of(id);
        }
    }

    private String newId(String name) {
        String words = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        String slug = words.substring(0, Math.min(words.length(), MAX_SLUG)).replaceAll("^-|-$", "");
        String id;
        do {
            String digits = Integer.toHexString(random.nextInt());
            id = "ftj-" + (slug.isEmpty() ? "job" : slug) + "-" + "0".repeat(8 - digits.length()) + digits;
        } while (jobs.containsKey(id));
        return id;
    }

    static void allow(String method, String... methods) {
        if (!List.of(methods).contains(method)) {
            throw ErrorResponse.of("wrong-method").with("Allow", String.join(", ", methods));
        }
    }

    static String text(InputStream body) throws IOException {
        byte[] bytes = body.readNBytes(MAX_BODY + 1);
        if (bytes.length > MAX_BODY) {
            throw ErrorResponse.of("too-large");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
