package dev.ftj.shell.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ftj.FineTuneJob;
import dev.ftj.FineTuneJob.Row;
import dev.ftj.shell.args.CommandLine;
import dev.ftj.shell.session.Session;
import dev.ftj.shell.session.Stdin;
import dev.ftj.shell.view.Console;
import dev.ftj.shell.view.Console.Terminals;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.AbstractList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecordOutputTest {
    private static final List<Row> DEFECT = new AbstractList<>() {
        @Override
        public Row get(int index) {
            throw new IllegalStateException("a defect");
        }

        @Override
        public int size() {
            return 1;
        }
    };

    @Test
    void aRecordThatCannotBeShownFailsItsOwnJobOnly() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = new Console(out, err, new Terminals(false, false, false), Map.of());
        CommandLine arguments = CommandLine.EMPTY;

        Session session = new Session(Map.of(), console, new Stdin(InputStream.nullInputStream()));
        RecordOutput records = new RecordOutput(session, console, arguments, true);
        records.show("ftj-1", FineTuneJob.fromJson("{\"id\": \"ftj-1\"}"), DEFECT);
        records.show("ftj-2", FineTuneJob.fromJson("{\"id\": \"ftj-2\"}"), List.of());

        assertThat(records.end()).isEqualTo(1);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("ftj-2");
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("ftj: ftj-1:", "(IllegalStateException)");
    }
}
