package dev.ftj.book;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ftj.book.JobBook.Entry;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FittingJobsTest {
    private static final int MOST = 4;

    private final JobBook book = JobBook.inMemory();

    @Test
    void thoseThatBeginWithTheWordComeBeforeThoseThatHoldItAndThoseBeforeAll() throws IOException {
        save("ftj-lamp", "best");
        save("ftj-LAMB", null);
        book.seen("my-ftj-lamp", null, null, Instant.EPOCH);

        assertThat(fitting("ftj-LA")).containsExactly("ftj-lamp", "ftj-LAMB");
        assertThat(fitting("@B")).containsExactly("ftj-lamp");
        assertThat(fitting("LAMP")).containsExactly("ftj-lamp", "my-ftj-lamp");
        assertThat(fitting("ftj-limp")).containsExactly("ftj-lamp", "ftj-LAMB", "my-ftj-lamp");
        assertThat(fitting("")).containsExactly("ftj-lamp", "ftj-LAMB", "my-ftj-lamp");
    }

    @Test
    void anIdThatLooksLikeAReferenceFitsAsALiteralOne() throws IOException {
        save("@x", null);
        save("y", "x");

        assertThat(fitting("@@")).containsExactly("@x");
        assertThat(fitting("@x")).containsExactly("y");
    }

    @Test
    void ofTooManyTheFirstAreHandedOutAndWhatAllBeginWith() throws IOException {
        save("ftj-Run-1", null);
        save("ftj-run-21", null);
        save("ftj-run-22", null);
        save("ftj-run-23", null);
        assertThat(book.fitting("f", MOST).beginning()).isNull();
        save("ftj-run-24", null);
        assertThat(book.fitting("f", MOST).beginning()).isEqualTo("ftj-Run-");
        assertThat(fitting("f")).containsExactly("ftj-Run-1", "ftj-run-21", "ftj-run-22", "ftj-run-23");
        assertThat(book.fitting("ftj-run-2", MOST).beginning()).isNull();
        book.seen("FTJ-RU", null, null, Instant.EPOCH);

        assertThat(book.fitting("f", MOST).beginning()).isEqualTo("ftj-Ru");
    }

    @Test
    void everyChangeOfTheSavedJobsIsSeenAtOnce() throws IOException {
        save("ftj-1", "best");
        assertThat(fitting("@b")).containsExactly("ftj-1");
        save("ftj-2", "better");
        assertThat(fitting("@b")).containsExactly("ftj-1", "ftj-2");
        save("ftj-2", "best");
        assertThat(fitting("@b")).containsExactly("ftj-2");
        save("ftj-1", "base");
        assertThat(fitting("@b")).containsExactly("ftj-1", "ftj-2");
        book.forget("base");

        assertThat(fitting("ftj")).containsExactly("ftj-2");
    }

    @Test
    void anIdWithALineBreakIsNeverOfferedAndAWordWithOneFindsNothingByIt() throws IOException {
        save("ftj-1", null);
        save("ftj-\n2", null);

        assertThat(fitting("ftj")).containsExactly("ftj-1");
        assertThat(fitting("\n")).containsExactly("ftj-1");
    }

    @Test
    void nothingFitsInAnEmptyBook() throws IOException {
        assertThat(fitting("")).isEmpty();
        assertThat(fitting("ftj")).isEmpty();
    }

    private void save(String id, @Nullable String alias) throws IOException {
        book.save(id, alias, null, Instant.EPOCH);
    }

    private List<String> fitting(String typed) throws IOException {
        return book.fitting(typed, MOST).entries().stream().map(Entry::id).toList();
    }
}
