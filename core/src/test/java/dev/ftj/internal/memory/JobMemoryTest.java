package dev.ftj.internal.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ftj.FineTuneException;
import dev.ftj.FineTuneException.Kind;
import dev.ftj.FineTuneJob;
import dev.ftj.internal.store.JobBook;
import dev.ftj.internal.store.JobBook.Row;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JobMemoryTest {
    private final JobBook book = JobBook.inMemory();
    private final List<String> warnings = new ArrayList<>();
    private final JobMemory memory = new JobMemory(book, true, false, true, warnings::add);

    @ParameterizedTest
    @CsvSource({"ftj-1,ftj-1", "@@x,@x", "@@@x,@@x", "'',''", "@best,ftj-2", "@last,ftj-3", "@1,ftj-4"})
    void aWordIsAnIdOrAReference(String word, String id) throws IOException {
        book.save("ftj-2", "best", null, Instant.EPOCH);
        memory.shownRows(List.of("ftj-4"));
        memory.shown(FineTuneJob.fromJson("{\"id\": \"ftj-3\"}"));

        assertThat(memory.resolve(word, "See")).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"@last", "@1", "@none", "@", "@a b", "@10"})
    void anUnknownReferenceIsAUsageErrorThatSaysWhereTheNamesAre(String word) {
        assertThatExceptionOfType(FineTuneException.class)
                .isThrownBy(() -> memory.resolve(word, "See `saved`"))
                .withMessageContaining("See `saved`; an id that begins with @ is written with a second @")
                .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.USAGE));
    }

    @Test
    void whatThisProcessShowedComesBeforeTheBook() throws IOException {
        book.seen("ftj-other", null, null, Instant.EPOCH);
        book.rows(List.of("ftj-other"));
        assertThat(memory.resolve("@last", "")).isEqualTo("ftj-other");
        assertThat(memory.resolve("@1", "")).isEqualTo("ftj-other");
        JobMemory prompt = new JobMemory(book, true, true, true, warnings::add);
        assertThatExceptionOfType(FineTuneException.class).isThrownBy(() -> prompt.resolve("@last", ""));

        memory.listed(List.of(new Row("ftj-mine", null, null)), true);

        assertThat(memory.resolve("@1", "")).isEqualTo("ftj-mine");
        assertThatExceptionOfType(FineTuneException.class).isThrownBy(() -> memory.resolve("@2", ""));
    }

    @Test
    void rowsThatAreNotSharedStayInThisProcess() throws IOException {
        JobMemory piped = new JobMemory(book, true, false, false, warnings::add);

        piped.listed(List.of(new Row("ftj-1", null, null)), true);

        assertThat(piped.resolve("@1", "")).isEqualTo("ftj-1");
        assertThat(book.row(1)).isEmpty();
    }

    @Test
    void aSavedNameAndAJobsNameLeadToIds() throws IOException {
        book.save("ftj-2", "best", null, Instant.EPOCH);
        book.save("same", "same", null, Instant.EPOCH);
        book.seen("ftj-3", "my run", "RUNNING", Instant.EPOCH);

        assertThat(memory.savedAs("best")).isEqualTo("ftj-2");
        assertThat(memory.savedAs("same")).isNull();
        assertThat(memory.savedAs("ftj-3")).isNull();
        assertThat(memory.named("my run")).containsExactly("ftj-3");
        assertThat(memory.named("my")).isEmpty();
    }

    @Test
    void aBookThatCannotBeWrittenIsOneWarning() {
        JobMemory nowhere = new JobMemory(JobBook.nowhere("no home"), true, false, true, warnings::add);

        nowhere.shown(FineTuneJob.fromJson("{\"id\": \"ftj-1\"}"));
        nowhere.shown(FineTuneJob.fromJson("{\"uuid\": \"u-2\"}"));

        assertThat(nowhere.last()).isEqualTo("u-2");
        assertThat(warnings).containsExactly("this job is not remembered: no home");
    }
}
