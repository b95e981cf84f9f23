package dev.ftj.script;

import dev.ftj.FineTuneClient;
import dev.ftj.FineTuneException;
import dev.ftj.FineTuneException.Kind;
import dev.ftj.FineTuneJob;
import dev.ftj.JobResult;
import dev.ftj.JobStatus;
import dev.ftj.internal.store.JobBook;
import dev.ftj.internal.store.JobReferences;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** A client, and what is known of the jobs where it asks. */
final class Connection {
    private final FineTuneClient client;
    private final JobBook book;
    private final boolean remembers;
    private final JobReferences references;

    /** @param remembers whether what is shown goes into the book, too, for other processes and later ones */
    Connection(FineTuneClient client, JobBook book, boolean remembers) {
        this.client = client;
        this.book = book;
        this.remembers = remembers;
        this.references = new JobReferences(book, false);
    }

    FineTuneClient client() {
        return client;
    }

    /** The id that a user's word means. */
    String id(String word) {
        return JobReference.resolve(references, word, "`ftj saved` lists the names");
    }

    /** The same for what changes a job: what somebody, perhaps another program, has merely looked at is not enough. */
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
        List<JobBook.Row> rows = results.stream()
                .map(JobResult::job)
                .filter(Objects::nonNull)
                .limit(JobBook.RECENT)
                .map(Connection::row)
                .toList();
        references.shownRows(rows.stream().map(JobBook.Row::id).toList());
        if (remembers) {
            try {
                book.listed(rows, true, Instant.now());
            } catch (IOException e) {
                return results; // as below
            }
        }
        return results;
    }

    private static JobBook.Row row(FineTuneJob job) {
        JobStatus status = job.status();
        String id = Objects.requireNonNullElse(job.id() != null ? job.id() : job.uuid(), "");
        return new JobBook.Row(id, job.name(), status == null ? null : status.value());
    }

    FineTuneJob shown(FineTuneJob job) {
        String id = job.id() != null ? job.id() : job.uuid();
        if (id == null || id.isEmpty()) {
            return job;
        }
        references.shown(id);
        if (remembers) {
            JobStatus status = job.status();
            try {
                book.seen(id, job.name(), status == null ? null : status.value(), job.updatedAt(), Instant.now());
            } catch (IOException e) {
                return job; // there is nobody to be warned: it is the record that was asked for
            }
        }
        return job;
    }

    void deleted(String id) {
        try {
            references.deleted(id);
        } catch (IOException e) {
            return; // as above: it is the deletion that was asked for
        }
    }

    JobResult shown(JobResult result) {
        if (result.job() != null) {
            shown(result.job());
        }
        return result;
    }
}
