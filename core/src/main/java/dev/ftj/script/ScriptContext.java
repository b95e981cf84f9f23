package dev.ftj.script;

import dev.ftj.FineTuneClient;
import dev.ftj.FineTuneException;
import dev.ftj.FineTuneException.Kind;
import dev.ftj.FineTuneJob;
import dev.ftj.JobResult;
import dev.ftj.internal.memory.JobMemory;
import dev.ftj.internal.store.JobBook;
import java.util.List;
import java.util.Objects;

/** A client, and the memory of the jobs of its endpoint. */
final class ScriptContext {
    private final FineTuneClient client;
    private final JobMemory memory;

    /** @param remembers whether shown jobs are also written to the book, for other and later processes */
    ScriptContext(FineTuneClient client, JobBook book, boolean remembers) {
        this.client = client;
        // a script gets the record that it asked for, even if the book fails: a script has no place for a warning
        this.memory = new JobMemory(book, remembers, false, true, warning -> {});
    }

    FineTuneClient client() {
        return client;
    }

    /** Resolves a user's word to an id. */
    String id(String word) {
        return memory.resolve(word, "`ftj saved` lists the names");
    }

    /** The same for a change to a job: {@code @last}, which another program may have set, is refused. */
    String idToActOn(String word) {
        if (word.matches("@(last|[1-9])")) {
            throw FineTuneException.ofJob(
                    Kind.USAGE,
                    word,
                    "a job to act on is named by its id or @NAME, not by what was shown last",
                    "Nothing was sent");
        }
        return id(word);
    }

    List<JobResult> listed(List<JobResult> results) {
        memory.listed(
                results.stream()
                        .map(JobResult::job)
                        .filter(Objects::nonNull)
                        .limit(JobBook.RECENT)
                        .map(JobMemory::row)
                        .toList(),
                true);
        return results;
    }

    FineTuneJob shown(FineTuneJob job) {
        memory.shown(job);
        return job;
    }

    JobResult shown(JobResult result) {
        if (result.job() != null) {
            memory.shown(result.job());
        }
        return result;
    }

    void deleted(String id) {
        memory.deleted(id);
    }
}
