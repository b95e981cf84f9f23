package dev.ftj.shell.view;

import dev.ftj.FineTuneJob.Role;
import dev.ftj.FineTuneJob.Row;
import dev.ftj.internal.store.JobBook.StatusObservation;
import dev.ftj.internal.text.Sanitizer;
import dev.ftj.internal.text.WallClock;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/**
 * The statuses that a job was seen in, in one line: {@code REGISTERED 14:32 > RUNNING 14:35 > COMPLETED 15:48}. Whoever
 * shows it says that it was seen: a status may have begun long before anybody looked.
 */
public final class Timeline {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);
    private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

    private Timeline() {}

    /** A row for the job's card; none where one status alone was seen, which the record's own times tell already. */
    public static List<Row> rows(List<StatusObservation> seen) {
        return seen.size() < 2 ? List.of() : List.of(new Row("seen", List.of(of(seen)), Role.TIME));
    }

    /** In local time, with the date where the day is another than that of the sighting before, or than today for the first. */
    public static String of(List<StatusObservation> seen) {
        return of(seen, WallClock.system());
    }

    static String of(List<StatusObservation> seen, WallClock clock) {
        StringBuilder line = new StringBuilder();
        LocalDate day = clock.local(clock.now()).toLocalDate();
        for (StatusObservation sighting : seen) {
            LocalDateTime at = clock.local(sighting.at());
            line.append(line.isEmpty() ? "" : " > ")
                    .append(Sanitizer.oneLine(sighting.status()))
                    .append(' ')
                    .append((at.toLocalDate().equals(day) ? HOUR : DAY).format(at));
            day = at.toLocalDate();
        }
        return line.toString();
    }
}
