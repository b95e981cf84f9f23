package dev.ftj;

import static dev.ftj.Wire.answer;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;

/** Answers for each job one after the other; the last one stays. */
final class Jobs extends Dispatcher {
    private final Map<String, Deque<MockResponse>> answers = new HashMap<>();
    final List<String> asked = new CopyOnWriteArrayList<>();
    MockResponse list = answer(500, "");

    synchronized Jobs job(String id, Object... lives) {
        Deque<MockResponse> queue = new ArrayDeque<>();
        for (Object life : lives) {
            queue.add(
                    life instanceof MockResponse response
                            ? response
                            : life instanceof Integer status
                                    ? answer(status, "")
                                    : answer(200, record(id, life.toString())));
        }
        answers.put("/v0.5/fine-tune/jobs/" + id, queue);
        return this;
    }

    Jobs create(String id) {
        answers.put("/v0.5/fine-tune/jobs", new ArrayDeque<>(List.of(answer(201, record(id, "REGISTERED")))));
        return this;
    }

    static String record(String id, String status) {
        return "{\"id\": \"" + id + "\", \"status\": \"" + status + "\"}";
    }

    @Override
    public synchronized MockResponse dispatch(RecordedRequest request) {
        asked.add(request.getTarget());
        if (request.getTarget().contains("?")) {
            return list;
        }
        Deque<MockResponse> queue = answers.get(request.getTarget());
        if (queue == null) {
            return answer(404, "");
        }
        return queue.size() > 1 ? queue.remove() : queue.element();
    }

    long singles() {
        return asked.stream().filter(target -> !target.contains("?")).count();
    }
}
