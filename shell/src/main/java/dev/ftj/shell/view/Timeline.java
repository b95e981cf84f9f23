package dev.ftj.shell.view;

import dev.ftj.FineTuneJob.Role;
import dev.ftj.FineTuneJob.Row;
import dev.ftj.internal.store.JobBook.StatusObservation;
import dev.ftj.internal.text.Sanitizer;
import dev.ftj.internal.text.ZonedClock;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/**
 * The statuses that a job was seen in, in one line: {@code REGISTERED 14:32 > RUNNING 14:35 > COMPLETED 15:48}. Label it
 * "seen": a job may have had a status long before the first poll that returned it.
 */
public final class Timeline {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);
    private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

    private Timeline() {}

    /** Returns a row for the job's card; none for a single status, whose times the record has. */
    public static List<Row> rows(List<StatusObservation> seen) {
        return seen.size() < 2 ? List.of() : List.of(new Row("seen", List.of(of(seen)), Role.TIME));
    }

    /**
     * Returns the line in local time, with the date if the day differs from that of the one before (the first: from
     * today).
     */
    public static String of(List<StatusObservation> seen) {
        return of(seen, ZonedClock.system());
    }

    static String of(List<StatusObservation> seen, ZonedClock clock) {
        StringBuilder line = new StringBuilder();
        LocalDate day = clock.local(clock.now()).toLocalDate();
        for (StatusObservation observation : seen) {
            LocalDateTime at = clock.local(observation.at());
            line.append(line.isEmpty() ? "" : " > ")
                    .append(Sanitizer.oneLine(observation.status()))
                    .append(' ')
                    .append((at.toLocalDate().equals(day) ? HOUR : DAY).format(at));
            day = at.toLocalDate();
        }
        return line.toString();
    }
}
