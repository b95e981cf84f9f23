package dev.ftj.shell.command;

import dev.ftj.FineTuneException;
import dev.ftj.FineTuneException.Kind;
import dev.ftj.FineTuneJob;
import dev.ftj.NewJob;
import dev.ftj.shell.args.CommandLine;
import dev.ftj.shell.args.Option;
import dev.ftj.shell.session.Session;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The job that the options of {@code create} describe. The job or file to start from is read once. */
final class NewJobOptions {
    private static final Map<Pattern, Option> FIELDS = new LinkedHashMap<>();
    private static final Pattern DATASETS = Pattern.compile("config\\.datasets\\b");

    static {
        FIELDS.put(Pattern.compile("(body\\.|(?<![\\w.-]))name\\b"), Option.NAME);
        FIELDS.put(Pattern.compile("config\\.model\\b"), Option.MODEL);
        FIELDS.put(Pattern.compile("(body\\.|(?<![\\w.-]))id\\b"), Option.ID);
    }

    private final CommandLine arguments;
    private final LocalDatasets local;
    private final @Nullable String from;
    private final @Nullable FineTuneJob like;

    /** @throws FineTuneException if the job or file to start from cannot be read */
    NewJobOptions(Session session, CommandLine arguments, LocalDatasets local) {
        this.arguments = arguments;
        this.local = local;
        String file = arguments.value(Option.FROM);
        String job = arguments.value(Option.LIKE);
        if (file != null && job != null) {
            throw FineTuneException.of(Kind.USAGE, "--from and --like exclude each other", "Leave one out");
        }
        from = file == null ? null : session.stdin().text(file, "the job to create");
        like = job == null
                ? null
                : session.client(arguments).job(session.names().resolve(arguments, job));
    }

    /**
     * Returns the job, with the present ids of local datasets.
     *
     * @throws FineTuneException if an option is invalid
     */
    NewJob job() {
        NewJob.Builder job = NewJob.builder();
        if (from != null) {
            job.fromJson(from);
        }
        if (like != null) {
            job.like(like);
        }
        String name = arguments.value(Option.NAME);
        if (name != null) {
            job.name(name);
        }
        String id = arguments.value(Option.ID);
        if (id != null) {
            job.id(id);
        }
        String model = arguments.value(Option.MODEL);
        if (model != null) {
            job.model(model);
        }
        if (arguments.has(Option.TRAIN)) {
            job.train(local.ids(Option.TRAIN));
        }
        if (arguments.has(Option.EVAL)) {
            job.eval(local.ids(Option.EVAL));
        }
        try {
            return job.build();
        } catch (FineTuneException e) {
            throw inOptions(e);
        }
    }

    /**
     * A failure that names fields of the request names the options that they come from, too, unless the fields were
     * typed.
     */
    FineTuneException inOptions(FineTuneException failure) {
        if (arguments.has(Option.FROM)) {
            return failure;
        }
        String said = String.valueOf(failure.getMessage());
        List<String> options = new ArrayList<>();
        FIELDS.forEach((field, option) -> {
            if (field.matcher(said).find()) {
                options.add(option.spelling() + " " + option.placeholder());
            }
        });
        if (DATASETS.matcher(said).find()) {
            boolean eval = arguments.has(Option.EVAL) && !said.contains("missing") && !said.contains("train");
            boolean train = arguments.has(Option.TRAIN) || !eval;
            options.add(
                    (train ? "--train FILE_ID" : "") + (train && eval ? " or " : "") + (eval ? "--eval FILE_ID" : ""));
        }
        if (options.isEmpty()) {
            return failure;
        }
        String hint = failure.hint();
        String first = hint == null ? "" : hint + (hint.endsWith(".") ? " " : ". ");
        return failure.withHint(first + "Set it with " + String.join(", ", options));
    }
}
