package dev.ftj.shell.session;

import dev.ftj.ApiKey;
import dev.ftj.Attempt;
import dev.ftj.Endpoint;
import dev.ftj.FineTuneClient;
import dev.ftj.FineTuneException;
import dev.ftj.FineTuneException.Kind;
import dev.ftj.internal.concurrent.Daemons;
import dev.ftj.internal.memory.JobMemory;
import dev.ftj.internal.store.JobBook;
import dev.ftj.internal.store.LocalDirectories;
import dev.ftj.internal.text.Sanitizer;
import dev.ftj.sandbox.Sandbox;
import dev.ftj.shell.args.CommandLine;
import dev.ftj.shell.args.CommandSpec;
import dev.ftj.shell.args.Option;
import dev.ftj.shell.args.ShellLine;
import dev.ftj.shell.view.Screen;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The state that a process keeps from one command line to the next: keys, clients, the simulated API, the jobs that were
 * shown. The endpoint and the key of a line are resolved once.
 */
public final class Session implements AutoCloseable {
    private final Map<String, String> environment;
    private final Screen screen;
    private final Stdin stdin;
    private final ApiKeys keys;
    private final ClientPool clients;
    private @Nullable LineHistory history;
    private @Nullable Prompts prompts;
    private boolean interactive;
    private boolean opened;
    private CommandLine options = CommandLine.EMPTY;
    /** The endpoints of this session, once it moved: the first is where the shell was opened. */
    private final Set<Endpoint> visited = new LinkedHashSet<>();

    private final Map<Endpoint, JobMemory> memories = new HashMap<>();
    private final Map<Endpoint, KnownFiles> files = new HashMap<>();
    private @Nullable Sandbox sandbox;
    private @Nullable Prompter prompter;
    private boolean leaving;

    private CommandLine resolvedLine = CommandLine.EMPTY;
    private @Nullable Endpoint resolvedEndpoint;
    private ApiKeys.@Nullable Found resolvedKey;

    public Session(Map<String, String> environment, Screen screen, Stdin stdin) {
        this.environment = environment;
        this.screen = screen;
        this.stdin = stdin;
        this.keys = new ApiKeys(environment, stdin);
        this.clients = new ClientPool(environment, screen);
        screen.redaction(keys::redact);
    }

    /** Starts a shell or a script, whose lines all have these options. */
    public void open(CommandLine shellOptions, boolean byPerson) {
        options = shellOptions;
        interactive = byPerson;
        opened = true;
    }

    /**
     * Moves the shell or script to another endpoint.
     *
     * @throws FineTuneException of kind {@code USAGE} if no line follows this one
     */
    public void moveTo(Endpoint endpoint) {
        if (!opened) {
            throw FineTuneException.of(
                    Kind.USAGE,
                    "endpoint URL changes the lines that follow, and no line follows",
                    "Set ATAI_API_ENDPOINT, or add --endpoint URL to a command");
        }
        visited.add(endpoint(options));
        visited.add(endpoint);
        options = options.with(Option.ENDPOINT, endpoint.toString());
        readAhead();
    }

    /** Returns the endpoints to complete: those of this session, and the default. */
    public Set<Endpoint> visited() {
        Set<Endpoint> all = new LinkedHashSet<>(visited);
        all.add(Endpoint.DEFAULT);
        return all;
    }

    /**
     * Returns a command as it is to be typed to use the endpoint and key of a line: with the line's options for them, unless
     * the prompt has these options already.
     *
     * @param command its name, and what follows
     */
    public String typed(CommandLine line, String command) {
        StringBuilder where = new StringBuilder();
        for (Option option : List.of(Option.ENDPOINT, Option.API_KEY_FILE, Option.SANDBOX)) {
            String value = line.value(option);
            if (value != null && !(interactive && value.equals(options.value(option)))) {
                where.append(' ').append(option.spelling());
                where.append(option.takesValue() ? " " + ShellLine.quote(value, null) : "");
            }
        }
        int name = (command + " ").indexOf(' ');
        return (interactive ? "" : "ftj ") + command.substring(0, name) + where + command.substring(name);
    }

    /** Returns the options that the shell was opened with, or moved to. */
    public CommandLine options() {
        return options;
    }

    /**
     * Adds the options of the shell to a line, as far as its command takes them and the line does not set them.
     *
     * @param spec null for a line without a command, which takes all
     */
    public CommandLine withOptions(CommandLine line, @Nullable CommandSpec spec) {
        List<CommandLine.Given> inherited = new ArrayList<>();
        for (CommandLine.Given given : options.options()) {
            Option option = given.option();
            boolean wanted = (!line.has(option) || !option.takesValue())
                    && !(option == Option.ENDPOINT && line.has(Option.SANDBOX));
            if (wanted && (spec == null || takes(spec, given))) {
                inherited.add(given);
            }
        }
        return line.withDefaults(inherited);
    }

    private static boolean takes(CommandSpec spec, CommandLine.Given given) {
        List<String> choices = spec.choices(given.option());
        return spec.takes(given.option()) && (choices.isEmpty() || choices.contains(given.value()));
    }

    /** Returns whether a person types the lines. */
    public boolean isInteractive() {
        return interactive;
    }

    /** Returns who answers questions at the prompt; null if there is no prompt. */
    public @Nullable Prompter prompter() {
        return prompter;
    }

    public void prompter(Prompter atPrompt) {
        prompter = atPrompt;
    }

    /** Returns the questions to the user. */
    public Prompts prompts() {
        Prompts made = prompts;
        if (made == null) {
            made = new Prompts(this, screen, stdin);
            prompts = made;
        }
        return made;
    }

    /** Returns the lines typed at the prompt, of all shells. */
    public LineHistory history() {
        LineHistory made = history;
        if (made == null) {
            made = LineHistory.of(environment);
            history = made;
        }
        return made;
    }

    public Stdin stdin() {
        return stdin;
    }

    /**
     * Returns the endpoint of a line.
     *
     * @throws FineTuneException of kind {@code USAGE} if it is not a valid one
     */
    public Endpoint endpoint(CommandLine line) {
        Endpoint resolved = line == resolvedLine ? resolvedEndpoint : null;
        if (resolved == null) {
            resolved = resolveEndpoint(line);
            resolvedLine = line;
            resolvedEndpoint = resolved;
            resolvedKey = null;
        }
        return resolved;
    }

    private Endpoint resolveEndpoint(CommandLine line) {
        String url = line.value(Option.ENDPOINT);
        if (line.has(Option.SANDBOX)) {
            if (url != null) {
                throw FineTuneException.of(Kind.USAGE, "--sandbox and --endpoint exclude each other", "Leave one out");
            }
            return Endpoint.of(sandbox().endpoint());
        }
        return url != null ? Endpoint.of(url) : Endpoint.fromEnvironment(environment);
    }

    /** Returns the client of a line. */
    public FineTuneClient client(CommandLine line) {
        return client(line, key(line).key());
    }

    /** Returns the client of a line with a key that this session does not have yet. */
    public FineTuneClient client(CommandLine line, ApiKey key) {
        return clients.get(line, endpoint(line), key);
    }

    /** Returns a client of a line's own, which reports its attempts; the caller closes it. */
    public FineTuneClient ownClient(CommandLine line, Consumer<Attempt> each) {
        return clients.own(line, endpoint(line), key(line).key(), each);
    }

    /**
     * Returns a client that makes one attempt; the caller closes it.
     *
     * @param key null for a client that only connects
     * @param each gets each attempt
     */
    public FineTuneClient trial(CommandLine line, @Nullable ApiKey key, Consumer<Attempt> each) {
        return clients.single(line, endpoint(line), key != null ? key : ApiKey.of("none"), each);
    }

    /** Returns the key of a line and its source; for the sandbox, the sandbox's own. */
    public ApiKeys.Found key(CommandLine line) {
        Endpoint endpoint = endpoint(line);
        ApiKeys.Found found = resolvedKey;
        if (found == null) {
            found = line.has(Option.SANDBOX)
                    ? new ApiKeys.Found(ApiKey.of(sandbox().apiKey()), "sandbox")
                    : interactive ? promptKey(line, endpoint) : keys.find(line, endpoint);
            resolvedKey = found;
        }
        return found;
    }

    /** A running shell cannot be given a variable, so the hint is to log in. */
    private ApiKeys.Found promptKey(CommandLine line, Endpoint endpoint) {
        try {
            return keys.find(line, endpoint);
        } catch (FineTuneException e) {
            if (e.kind() != Kind.AUTH || !keys.lacks(endpoint)) {
                throw e;
            }
            String login = "Type " + typed(line.without(Option.API_KEY_FILE), "login");
            throw e.withHint(keys.isWithout() ? login + ", or try the simulated API with --sandbox" : login);
        }
    }

    /** Keeps a key for an endpoint, and moves there. */
    public void login(ApiKey key, Endpoint endpoint) {
        Endpoint present = endpoint(options);
        keys.login(key, endpoint, visited.stream().findFirst().orElse(present));
        resolvedLine = CommandLine.EMPTY;
        resolvedEndpoint = null;
        if (!endpoint.equals(present)) {
            moveTo(endpoint);
        }
    }

    public void logout() {
        keys.logout();
        resolvedLine = CommandLine.EMPTY;
        resolvedEndpoint = null;
        clients.close();
    }

    /** Returns the saved and recent jobs of a line's endpoint. */
    public JobMemory memory(CommandLine line) {
        Endpoint endpoint = endpoint(line);
        JobMemory known = memories.get(endpoint);
        if (known == null) {
            LocalDirectories directories = LocalDirectories.of(environment);
            boolean inMemory = line.has(Option.SANDBOX);
            // if there is no directory for the history either, the prompt has already warned
            boolean remembers = directories.remembers() && (inMemory || !interactive || directories.state() != null);
            JobBook book = inMemory ? JobBook.inMemory() : directories.book(endpoint.toString());
            known = new JobMemory(
                    book,
                    remembers,
                    interactive,
                    screen.terminals().out(),
                    report -> screen.say("ftj: warning: " + Sanitizer.oneLine(report)));
            memories.put(endpoint, known);
        }
        return known;
    }

    /** Reads the job book of the shell's endpoint on another thread, so that the first completion does not wait for it. */
    public void readAhead() {
        JobBook book = memory(options).book();
        Daemons.start("ftj-book", () -> {
            try {
                book.match("", 1);
            } catch (IOException e) {
                // the command that needs the book reports it
            }
        });
    }

    /** Returns the uploaded files of a line's endpoint that are known here. */
    public KnownFiles files(CommandLine line) {
        Endpoint endpoint = endpoint(line);
        KnownFiles known = files.get(endpoint);
        if (known == null) {
            LocalDirectories directories = LocalDirectories.of(environment);
            Path directory = line.has(Option.SANDBOX) ? null : directories.data();
            known = new KnownFiles(directory, endpoint.toString(), directories.remembers(), screen);
            files.put(endpoint, known);
        }
        return known;
    }

    /**
     * Resolves a word of a line to a job's id, as {@link #reference} does. The name of a saved job may stand without its
     * {@code @} if the server has no job with that id.
     *
     * @throws FineTuneException of kind {@code USAGE} if it is an unknown reference
     */
    public String resolve(CommandLine line, String word) {
        String id = reference(line, word);
        if (!id.equals(word) || memory(line).savedAs(word) == null) {
            return id;
        }
        try {
            client(line).job(id);
            return id;
        } catch (FineTuneException e) {
            String saved = e.kind() == Kind.NOT_FOUND ? savedAs(line, word) : null;
            return saved == null ? id : saved;
        }
    }

    /** Returns the id that is saved under a word without its {@code @}, and says so on stderr; null if there is none. */
    public @Nullable String savedAs(CommandLine line, String word) {
        String saved = memory(line).savedAs(word);
        if (saved != null) {
            screen.say(Sanitizer.oneLine("ftj: no job has the id " + word + ": using @" + word + " (" + saved + ")"));
        }
        return saved;
    }

    /** Adds the id to use to a "not found" of a word that is the name of a known job. */
    public FineTuneException explained(CommandLine line, FineTuneException failure) {
        String id = failure.jobId();
        if (failure.kind() != Kind.NOT_FOUND || id == null) {
            return failure;
        }
        List<String> named = memory(line).named(id);
        String saved = memory(line).savedAs(id);
        if (saved != null) {
            return failure.withHint("It is a saved name: use @" + id + " (" + saved + ")");
        }
        return named.isEmpty()
                ? failure
                : failure.withHint(
                        "It is the name of " + (named.size() == 1 ? "a job: use its id " : "jobs: use an id of ")
                                + String.join(", ", named));
    }

    /**
     * Resolves an id or a reference of a line; sends no request.
     *
     * @throws FineTuneException of kind {@code USAGE} if it is an unknown reference
     */
    public String reference(CommandLine line, String word) {
        String saved = typed(line.without(Option.API_KEY_FILE), "saved");
        return memory(line).resolve(word, "See `" + saved + "`");
    }

    /** Returns the simulated API of this process; starts it on first use. */
    private synchronized Sandbox sandbox() {
        Sandbox running = sandbox;
        if (running == null) {
            running = Sandbox.start();
            sandbox = running;
        }
        return running;
    }

    /** Returns the ids of the simulated API, if the line uses it. */
    public List<String> sandboxIds(CommandLine line) {
        return line.has(Option.SANDBOX) ? sandbox().jobIds() : List.of();
    }

    /** Says that a line uses the simulated API, if it does. */
    public void tellSandbox(CommandLine line) {
        if (line.has(Option.SANDBOX)) {
            screen.aside("sandbox: simulated data, no network used");
        }
    }

    public ApiKeys keys() {
        return keys;
    }

    /** Ends the shell or script after this line. */
    public void leave() {
        leaving = true;
    }

    public boolean isLeaving() {
        return leaving;
    }

    public void report() {
        for (JobMemory jobs : memories.values()) {
            jobs.report();
        }
    }

    @Override
    public void close() {
        report();
        clients.close();
        if (sandbox != null) {
            sandbox.close();
        }
    }
}
