package dev.ftj.shell;

import dev.ftj.JobStatus;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;

/** A status (or an HTTP status) for each look at a job, one after the other; the last one stays. */
final class Lives extends Dispatcher {
    private static final String PREFIX = "/v0.5/fine-tune/jobs";

    private final Map<String, Deque<String>> lives = new TreeMap<>();
    private final Set<String> polled = new HashSet<>();
    final List<String> asked = new CopyOnWriteArrayList<>();

    synchronized void job(String id, String... statuses) {
        lives.put(PREFIX + "/" + id, new ArrayDeque<>(List.of(statuses)));
    }

    long lists() {
        return asked.stream().filter(target -> target.startsWith(PREFIX + "?")).count();
    }

    private MockResponse list(String target) {
        List<String> records = new ArrayList<>();
        lives.forEach((path, life) -> {
            if (target.contains("statuses=") && !target.endsWith("statuses=" + life.element())) {
                return;
            }
            String status = life.size() > 1 && polled.contains(path) ? life.remove() : life.element();
            polled.add(path);
            String id = path.substring(path.lastIndexOf('/') + 1);
            records.add(Api.record(id, "name of " + id, status).replace("u-1", "u-" + id));
        });
        return new MockResponse.Builder().body(records.toString()).build();
    }

    @Override
    public synchronized MockResponse dispatch(RecordedRequest request) {
        asked.add(request.getTarget());
        if (request.getTarget().startsWith(PREFIX + "?")) {
            return list(request.getTarget());
        }
        Deque<String> life = lives.get(request.getTarget());
        if (life == null) {
            return new MockResponse.Builder().code(404).body(Api.NOT_FOUND).build();
        }
        String status = life.size() > 1 ? life.remove() : life.element();
        if (status.equals("silent")) {
            return new MockResponse.Builder()
                    .onResponseStart(SocketEffect.Stall.INSTANCE)
                    .build();
        }
        if (status.matches("\\d+")) {
            return new MockResponse.Builder().code(Integer.parseInt(status)).build();
        }
        String id = request.getTarget().substring(request.getTarget().lastIndexOf('/') + 1);
        String record = Api.record(id, "name of " + id, status);
        return new MockResponse.Builder()
                .body(
                        JobStatus.of(status).equals(JobStatus.COMPLETED)
                                ? record.replace("_path\": null", "_path\": \"s3://c.yaml\"")
                                : record)
                .build();
    }
}
