package dev.ftj.script;

import dev.ftj.FineTuneException;
import dev.ftj.FineTuneException.Kind;
import dev.ftj.internal.store.JobReferences;
import java.io.IOException;

/** A user's word for a job, and the failure that scripts and the shell tell alike where it leads nowhere. */
public final class JobReference {
    private JobReference() {}

    /**
     * The id that a word means.
     *
     * @param references what words mean here
     * @param word an id, or a reference: {@code @NAME}, {@code @last}, {@code @1} to {@code @9}, {@code @@x}
     * @param names where the user finds the names, as the beginning of a sentence
     * @return the id, whatever it holds
     * @throws FineTuneException of kind {@code USAGE} where the reference leads nowhere, {@code LOCAL} where the book
     *     cannot be read
     */
    public static String resolve(JobReferences references, String word, String names) {
        try {
            return references.resolve(word);
        } catch (JobReferences.UnresolvedReference e) {
            throw FineTuneException.ofJob(
                    Kind.USAGE,
                    word,
                    String.valueOf(e.getMessage()),
                    names + "; an id that begins with @ is written with a second @ before it");
        } catch (IOException e) {
            throw FineTuneException.of(Kind.LOCAL, "the job book cannot be read (" + e.getMessage() + ")", null);
        }
    }
}
