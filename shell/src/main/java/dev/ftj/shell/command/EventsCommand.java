package dev.ftj.shell.command;

import dev.ftj.FineTuneClient;
import dev.ftj.FineTuneException;
import dev.ftj.FineTuneException.Kind;
import dev.ftj.FineTuneJob.Event;
import dev.ftj.JobId;
import dev.ftj.shell.args.CommandLine;
import dev.ftj.shell.args.CommandSpec;
import dev.ftj.shell.args.Option;
import dev.ftj.shell.args.Parameters;
import dev.ftj.shell.session.Session;
import dev.ftj.shell.view.Console;
import dev.ftj.shell.view.EventsView;
import dev.ftj.shell.view.Format;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

/** {@code events JOB}: the events of a job of the newer API. */
public record EventsCommand(Session session, Console console) implements ShellCommand {
    private static final Duration USUAL_INTERVAL = Duration.ofSeconds(5);
    private static final int ALL = -1;
    private static final int AT_ONCE = 512;

    /** For more events than can be sorted. */
    static final String SORT_HINT = "Use --limit N for the newest, or -o jsonl for all in the server's order";

    @Override
    public CommandSpec spec() {
        return CommandSpec.forApi("events", "show the events of a job (API v0.6)")
                .parameters(Parameters.jobs("JOB", 1, 1))
                .option(Option.OUTPUT, "text", "json", "jsonl", "yaml", "csv")
                .options(Option.LIMIT, Option.FOLLOW, Option.INTERVAL)
                .describe(Option.LIMIT, "the newest N events; -1 for all")
                .describe(Option.FOLLOW, "show new events until the job has ended")
                .describe(Option.INTERVAL, "polling interval (default: 5 s)")
                .example("events ftj_1 --endpoint v0.6", "oldest first; ATAI_API_ENDPOINT may end in /v0.6 instead")
                .example("events ftj_1 --limit 20 --endpoint v0.6", "the newest 20")
                .example("events ftj_1 --follow --endpoint v0.6", "and each new one, until the job has ended")
                .example("events ftj_1 -o jsonl --endpoint v0.6", "the server's own objects, in its order")
                .exit(0, "shown, also if there are none; --follow: the job has ended, however it did")
                .exit(1, "stdout cannot be written, or there are too many events to be sorted (100,000)")
                .exit(2, "a bad id, option or reference; the endpoint is not of v0.6")
                .exit(4, "no such job")
                .exit(5, "the server failed, or its response holds no events")
                .exit(130, "Ctrl-C; the job goes on")
                .handlesInterrupt()
                .versions("v0.6")
                .build();
    }

    @Override
    public int run(CommandLine line) {
        Format format = Format.of(line);
        Duration interval = Objects.requireNonNullElse(line.interval(), USUAL_INTERVAL);
        int limit = line.number(Option.LIMIT, ALL, ALL);
        boolean follow = line.has(Option.FOLLOW);
        if (follow && format != Format.TEXT && format != Format.JSONL) {
            throw FineTuneException.of(
                    Kind.USAGE,
                    "--follow prints an event at a time, which -o "
                            + format.name().toLowerCase(Locale.ROOT) + " cannot",
                    "Use text or -o jsonl");
        }
        JobId id = JobId.of(JobIds.of(line, session).single());
        FineTuneClient client = session.client(line);
        session.noteSandbox(line);
        EventsView view = new EventsView(console, format);
        if (follow) {
            EventFeed feed = new EventFeed(client, id.value(), limit);
            new JobFollower(client, console, session, spec(), line)
                    .untilEnd(
                            id,
                            interval,
                            job -> {
                                List<Event> events = feed.poll();
                                events.forEach(view::show);
                                return events;
                            },
                            () -> {});
        } else {
            show(client, id, limit, format, view);
        }
        view.end();
        console.flush();
        return 0;
    }

    private void show(FineTuneClient client, JobId id, int limit, Format format, EventsView view) {
        int count = 0;
        try (Stream<Event> events = client.events(id.value(), limit)) {
            if (format == Format.TEXT) {
                List<Event> received = new ArrayList<>();
                try {
                    SortLimit most = new SortLimit(id.value(), "events", SORT_HINT);
                    events.forEachOrdered(event -> {
                        most.add(event.json());
                        received.add(event);
                    });
                } finally {
                    // also if the server failed after some of them
                    Event.oldestFirst(received).forEach(view::show);
                }
                count = received.size();
            } else {
                for (Iterator<Event> each = events.iterator(); each.hasNext(); ) {
                    view.show(each.next());
                    if (++count % AT_ONCE == 0 && !console.flush()) {
                        return;
                    }
                }
            }
        }
        if (count == 0 && limit != 0 && format == Format.TEXT) {
            console.say(id + ": no events yet");
        }
    }
}
