package dev.ftj.shell.args;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Every option: it means the same, and takes a value or none, wherever it is taken at all. */
public enum Option {
    OUTPUT('o', "output", "FORMAT", "output format", "text", "json", "jsonl", "yaml", "csv"),
    FIELD("field", "PATH", "print only this field, such as config.model or config.datasets[0].file_ids; repeats"),
    ENDPOINT(
            "endpoint",
            "URL",
            "the API's base URL, in place of ATAI_API_ENDPOINT; or a version of it alone, such as v0.6"),
    API_KEY_FILE("api-key-file", "FILE|-", "read the API key from a file, or with - from stdin"),
    SANDBOX("sandbox", "use a simulated API inside this process; needs no key and no network"),
    TIMEOUT("timeout", "DURATION", "time limit of a call with its retries: 90s, 5m, 2h"),
    COLOR(' ', "color", "WHEN", "colours in text output", "auto", "always", "never"),
    UNTIL("until", "STATUS", "wait until each job reaches STATUS or ends"),
    INTERVAL("interval", "DURATION", "polling interval (default: 2 s, growing to 15 s)"),
    ANY("any", "stop when the first job ends"),
    ALL("all", "wait for all jobs (default)"),
    UNKNOWN_STATUS(
            ' ',
            "unknown-status",
            "ACTION",
            "with fail, end with exit code 5 when a job stays in a status that ftj does not know (default: wait)",
            "wait",
            "fail"),
    FOR("for", "DURATION", "time that --unknown-status fail waits for a change (default: 10 min)"),
    ON_CHANGE(
            "on-change",
            "COMMAND",
            "run this at each change of status, with the variables of --on-done and FTJ_OLD_STATUS, and the record on"
                    + " stdin"),
    WAIT("wait", "watch it until it has ended"),
    NO_BELL("no-bell", "do not ring the terminal's bell at the end"),
    ON_DONE(
            "on-done",
            "COMMAND",
            "run this for each job that ends, with FTJ_JOB_ID, FTJ_JOB_NAME, FTJ_STATUS (also FTJ_JOB_STATUS) and"
                    + " FTJ_INFERENCE_CONFIG_PATH"),
    AS("as", "NAME", "the name to save the job under, to be used as @NAME"),
    NOTE("note", "TEXT", "a note to keep with the saved job"),
    STATUS("status", "STATUS", "only jobs in this status, in any case; repeats, or several with commas between"),
    DATA('d', "data", "JSON|@FILE|-", "the request's JSON body, from a file with @FILE, from stdin with -"),
    INCLUDE('i', "include", null, "print the response's status and headers first"),
    QUIET('q', "quiet", null, "print ids only, one a line"),
    LIMIT("limit", "N", "at most N jobs; -1 for all"),
    OFFSET("offset", "N", "skip the first N jobs"),
    MODEL("model", "MODEL", "the full name of the model to train, such as Newton::c2_4_7b_251215a172f6d7"),
    SINCE("since", "AGE|DATE", "only jobs created since then: an age (90m, 24h, 7d, 1w) or a date (2026-11-20)"),
    SORT(
            ' ',
            "sort",
            "FIELD",
            "sort by FIELD; -FIELD is descending",
            "created",
            "-created",
            "updated",
            "-updated",
            "name",
            "-name",
            "status",
            "-status",
            "model",
            "-model",
            "id",
            "-id",
            "inference_config_path",
            "-inference_config_path"),
    YES("yes", "ask no question"),
    FORCE("force", "also delete a job that is still running; it keeps running, unlisted"),
    DRY_RUN("dry-run", "print the request without sending it"),
    NAME("name", "NAME", "the name of the new job"),
    TRAIN("train", "FILE_ID", "a file to train on, uploaded or on this machine (./FILE); repeats"),
    EVAL("eval", "FILE_ID", "a file to evaluate on, uploaded or on this machine (./FILE); repeats"),
    NO_CHECK("no-check", "upload local files without checking them"),
    TYPE("type", "TYPE", "the content type of the file (default: by its extension)"),
    RESUME("resume", "resume an interrupted upload, and keep this one if it is interrupted"),
    PARTS("parts", "N", "number of parallel parts, 1 to 64 (default: 4)"),
    MAX_LINE("max-line", "BYTES", "longest accepted line (default: 1048576)"),
    ID("id", "ID", "the id of the new job; the server chooses one unless given"),
    FROM("from", "FILE|-", "start from a request in JSON, with - from stdin; other options override it"),
    LIKE("like", "JOB", "start from the configuration of this job; other options override it"),
    CHECK("check", "try the key against the endpoint"),
    PORT("port", "NUMBER", "the port to listen on, 1 to 65535; any free one unless given"),
    SPEED(
            "speed",
            "FACTOR",
            "speed of simulated jobs: 1 takes 12 seconds, 2 half of that, 0.1 two minutes (default: 1)"),
    WEATHER(
            ' ',
            "weather",
            "WEATHER",
            "stormy: a third of the requests get an error, a reset or a delay",
            "calm",
            "stormy"),
    IDS("ids", "list the sample ids, including those that return an error, and serve nothing"),
    METRICS("metrics", "add the loss to the card: one more request per job"),
    PLOT("plot", "draw the losses in the terminal"),
    SERIES("series", "NAME", "the series that the chart compares (default: eval_loss or loss)"),
    SVG("svg", "FILE|-", "write the losses as an SVG picture"),
    HTML("html", "FILE|-", "write the picture and a table as an HTML page"),
    FOLLOW("follow", "show new records until the job has ended"),
    VERBOSE('v', "verbose", null, "a line for each attempt on stderr; -vv adds headers and stack traces"),
    HELP('h', "help", null, "show help; after a command, that command's"),
    VERSION("version", "show the version");

    private final char shortName;
    private final String longName;
    private final @Nullable String placeholder;
    private final String description;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<String> choices;

    Option(String longName, String description) {
        this(' ', longName, null, description);
    }

    Option(String longName, String placeholder, String description) {
        this(' ', longName, placeholder, description);
    }

    Option(char shortName, String longName, @Nullable String placeholder, String description, String... choices) {
        this.shortName = shortName;
        this.longName = longName;
        this.placeholder = placeholder;
        this.description = description;
        this.choices = List.of(choices);
    }

    /** Returns the letter after one dash; a space if there is none. */
    public char shortName() {
        return shortName;
    }

    /** The name without its dashes. */
    public String longName() {
        return longName;
    }

    /** The long name as it is typed. */
    public String spelling() {
        return "--" + longName;
    }

    /** Whether a value follows; an option without one is a flag. */
    public boolean takesValue() {
        return placeholder != null;
    }

    /** Whether each of its values counts; any other option with a value is given once. */
    public boolean repeats() {
        return this == STATUS || this == TRAIN || this == EVAL || this == FIELD;
    }

    /** The choice that is meant by a value as typed: in any case, and an order also by the field's name in csv. */
    String choice(String typed) {
        String choice = typed.strip().toLowerCase(Locale.ROOT);
        return this == SORT && choice.endsWith("_at") ? choice.substring(0, choice.length() - 3) : choice;
    }

    /** The value's name in help; null for a flag. */
    public @Nullable String placeholder() {
        return placeholder;
    }

    /** Returns its description, on one line, without a full stop. */
    public String description() {
        return description;
    }

    /** Returns the allowed values, for any command; empty if any text is allowed. */
    public List<String> choices() {
        return choices;
    }

    /** The option of that long name, without dashes; null if there is none. */
    public static @Nullable Option ofLongName(String name) {
        for (Option option : values()) {
            if (option.longName.equals(name)) {
                return option;
            }
        }
        return null;
    }

    /** The option of that letter; null if there is none. */
    public static @Nullable Option ofShortName(int letter) {
        for (Option option : values()) {
            if (option.shortName == letter && letter != ' ') {
                return option;
            }
        }
        return null;
    }
}
