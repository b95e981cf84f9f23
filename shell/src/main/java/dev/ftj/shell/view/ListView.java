package dev.ftj.shell.view;

import dev.ftj.FineTuneJob;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A list of jobs on stdout, one after the other as they come: a table for a person, or records. */
public final class ListView {
    private final JobsView records;
    /** Null for any other form. */
    private final @Nullable JobsTable table;

    /** @param fields the fields of each job to show; empty for the format's usual ones */
    public ListView(Console console, Format format, List<FieldPath> fields) {
        this.table = format == Format.TEXT && fields.isEmpty() ? new JobsTable(console) : null;
        this.records = new JobsView(console, format, fields, true);
    }

    /** @return the fields that were asked for and that the job does not have */
    public List<FieldPath> show(FineTuneJob job) {
        if (table != null) {
            table.add(job);
            return List.of();
        }
        return records.show(job, List.of());
    }

    /** Prints the rows that are still kept; JSON stays open, since jobs are missing. */
    public void breakOff() {
        if (table != null) {
            table.end();
        }
    }

    /** Ends the output: there are no more jobs. */
    public void end() {
        if (table != null) {
            table.end();
        } else {
            records.end();
        }
    }
}
