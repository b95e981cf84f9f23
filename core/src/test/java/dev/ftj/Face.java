package dev.ftj;

import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;

/** The ways to ask for a job: one engine under all of them. */
enum Face {
    SYNC {
        @Override
        FineTuneJob ask(FineTuneClient client, String id) {
            return client.job(id);
        }
    },
    ASYNC {
        @Override
        FineTuneJob ask(FineTuneClient client, String id) {
            try {
                return client.async().job(JobId.of(id)).join();
            } catch (CompletionException e) {
                throw (FineTuneException) e.getCause();
            }
        }
    },
    MANY {
        @Override
        FineTuneJob ask(FineTuneClient client, String id) {
            try (Stream<JobResult> results = client.jobs(List.of(id))) {
                return results.findFirst().orElseThrow().get();
            }
        }
    };

    abstract FineTuneJob ask(FineTuneClient client, String id);
}
