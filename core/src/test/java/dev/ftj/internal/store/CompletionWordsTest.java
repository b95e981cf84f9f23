package dev.ftj.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ftj.internal.store.JobBook.Entry;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CompletionWordsTest {
    private static final int MOST = 4;

    private final JobBook book = JobBook.inMemory();

    @Test
    void thoseThatBeginWithTheWordComeBeforeThoseThatHoldItAndThoseBeforeAll() throws IOException {
        save("ftj-lamp", "best");
        save("ftj-LAMB", null);
        book.seen("my-ftj-lamp", null, null, Instant.EPOCH);

        assertThat(match("ftj-LA")).containsExactly("ftj-lamp", "ftj-LAMB");
        assertThat(match("@B")).containsExactly("ftj-lamp");
        assertThat(match("LAMP")).containsExactly("ftj-lamp", "my-ftj-lamp");
        assertThat(match("ftj-limp")).containsExactly("ftj-lamp", "ftj-LAMB", "my-ftj-lamp");
        assertThat(match("")).containsExactly("ftj-lamp", "ftj-LAMB", "my-ftj-lamp");
    }

    @Test
    void anIdThatLooksLikeAReferenceFitsAsALiteralOne() throws IOException {
        save("@x", null);
        save("y", "x");

        assertThat(match("@@")).containsExactly("@x");
        assertThat(match("@x")).containsExactly("y");
    }

    @Test
    void ofTooManyTheFirstAreHandedOutAndWhatAllBeginWith() throws IOException {
        save("ftj-Run-1", null);
        save("ftj-run-21", null);
        save("ftj-run-22", null);
        save("ftj-run-23", null);
        assertThat(book.match("f", MOST).prefix()).isNull();
        save("ftj-run-24", null);
        assertThat(book.match("f", MOST).prefix()).isEqualTo("ftj-Run-");
        assertThat(match("f")).containsExactly("ftj-Run-1", "ftj-run-21", "ftj-run-22", "ftj-run-23");
        assertThat(book.match("ftj-run-2", MOST).prefix()).isNull();
        book.seen("FTJ-RU", null, null, Instant.EPOCH);

        assertThat(book.match("f", MOST).prefix()).isEqualTo("ftj-Ru");
    }

    @Test
    void everyChangeOfTheSavedJobsIsSeenAtOnce() throws IOException {
        save("ftj-1", "best");
        assertThat(match("@b")).containsExactly("ftj-1");
        save("ftj-2", "better");
        assertThat(match("@b")).containsExactly("ftj-1", "ftj-2");
        save("ftj-2", "best");
        assertThat(match("@b")).containsExactly("ftj-2");
        save("ftj-1", "base");
        assertThat(match("@b")).containsExactly("ftj-1", "ftj-2");
        book.forget("base");

        assertThat(match("ftj")).containsExactly("ftj-2");
    }

    @Test
    void anIdWithALineBreakIsNeverOfferedAndAWordWithOneFindsNothingByIt() throws IOException {
        save("ftj-1", null);
        save("ftj-\n2", null);

        assertThat(match("ftj")).containsExactly("ftj-1");
        assertThat(match("\n")).containsExactly("ftj-1");
    }

    @Test
    void nothingFitsInAnEmptyBook() throws IOException {
        assertThat(match("")).isEmpty();
        assertThat(match("ftj")).isEmpty();
    }

    private void save(String id, @Nullable String alias) throws IOException {
        book.save(id, alias, null, Instant.EPOCH);
    }

    private List<String> match(String typed) throws IOException {
        return book.match(typed, MOST).entries().stream().map(Entry::id).toList();
    }
}
