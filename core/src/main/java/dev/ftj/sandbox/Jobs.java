package dev.ftj.sandbox;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The jobs that there are by now, and all that can be done to them: one thing at a time, each wholly or not at all. */
final class Jobs {
    private static final int LONGEST_SLUG = 51;

    private final Map<String, Job> jobs = new LinkedHashMap<>();
    private final Pace pace;
    private final Random random;

    /**
     * The jobs of a start.
     *
     * @param seed of the ids that are given to others
     */
    Jobs(Catalogue catalogue, Pace pace, long seed) {
        this.pace = pace;
        random = new Random(seed);
        catalogue.jobs().forEach(job -> jobs.put(job.id(), job));
    }

    synchronized List<String> ids() {
        return List.copyOf(jobs.keySet());
    }

    synchronized @Nullable Job find(String id) {
        return jobs.get(id);
    }

    /** The newest first; of several of one instant, the last one added. */
    List<Job> newestFirst() {
        List<Job> all = all();
        Collections.reverse(all);
        all.sort(Comparator.comparing((Job job) -> job.life().createdAt()).reversed());
        return all;
    }

    boolean isAnyAtWork(Instant now) {
        return all().stream().anyMatch(job -> job.life().isAtWork(now));
    }

    private synchronized List<Job> all() {
        return new ArrayList<>(jobs.values());
    }

    synchronized Answer create(Order order, Instant now) {
        String ownId = order.id();
        String id = ownId == null ? newId(order.name()) : ownId;
        if (jobs.containsKey(id)) {
            return Errors.ID_IS_TAKEN;
        }
        String uuid = uuid();
        Life life = Life.whole(now, pace);
        return put(
                new Job(
                        id,
                        order.name(),
                        uuid,
                        Catalogue.ORG,
                        order.model(),
                        order.datasets(),
                        life,
                        Job.Spelling.USUAL),
                now);
    }

    synchronized Answer stop(String id, Instant now) {
        Job job = jobs.get(id);
        return job == null ? Errors.NO_SUCH_JOB : end(job, job.life().stopped(now, pace), "stopped", now);
    }

    synchronized Answer cancel(String id, Instant now) {
        Job job = jobs.get(id);
        return job == null ? Errors.NO_SUCH_JOB : end(job, job.life().cancelled(now), "cancelled", now);
    }

    /** Whatever state the job is in; answers with its record as it was. */
    synchronized Answer delete(String id, Instant now) {
        Job job = jobs.remove(id);
        return job == null ? Errors.NO_SUCH_JOB : Answer.json(200, job.record(now));
    }

    private Answer end(Job job, @Nullable Life life, String what, Instant now) {
        return life == null ? Errors.conflict(job.life().at(now).status(), what) : put(job.with(life), now);
    }

    private Answer put(Job job, Instant now) {
        jobs.put(job.id(), job);
        return Answer.json(200, job.record(now));
    }

    private String uuid() {
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        return UUID.nameUUIDFromBytes(bytes).toString();
    }

    private String newId(String name) {
        String words = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        String slug = words.substring(0, Math.min(words.length(), LONGEST_SLUG)).replaceAll("^-|-$", "");
        String id;
        do {
            String digits = Integer.toHexString(random.nextInt());
            id = "ftj-" + (slug.isEmpty() ? "job" : slug) + "-" + "0".repeat(8 - digits.length()) + digits;
        } while (jobs.containsKey(id));
        return id;
    }
}
