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
import dev.ftj.shell.args.CommandLine;
import dev.ftj.shell.args.CommandSpec;
import dev.ftj.shell.args.Option;
import dev.ftj.shell.view.Console;
import dev.ftj.shell.view.Format;
import java.io.IOException;
import java.nio.file.Path;
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
    private final Console console;
    private final Stdin stdin;
    private final ApiKeys keys;
    private final EndpointResolver resolver;
    private final ClientPool clients;
    private final LocalDirectories directories;
    private final JobNames names;
    private @Nullable LineHistory history;
    private @Nullable Prompts prompts;
    private boolean opened;
    private ShellOptions shell = ShellOptions.NONE;
    /** The endpoints of this session, once it moved: the first is the one that the shell was opened with. */
    private final Set<Endpoint> visited = new LinkedHashSet<>();

    private final Map<Endpoint, KnownFiles> files = new HashMap<>();
    private @Nullable Prompter prompter;
    private boolean leaving;

    public Session(Map<String, String> environment, Console console, Stdin stdin) {
        this.environment = environment;
        this.console = console;
        this.stdin = stdin;
        this.keys = new ApiKeys(environment, stdin);
        this.resolver = new EndpointResolver(environment, keys, this);
        this.clients = new ClientPool(environment, console);
        this.directories = LocalDirectories.of(environment);
        this.names = new JobNames(this, directories, console);
        console.redaction(keys::redact);
    }

    /** Returns the home directory of the user; it may be relative, or empty. */
    public String home() {
        return LocalDirectories.home(environment);
    }

    /** Starts a shell or a script, whose lines all have these options. */
    public void open(CommandLine shellOptions, boolean byPerson) {
        shell = new ShellOptions(shellOptions, byPerson);
        opened = true;
    }

    /**
     * Moves the shell or script to another endpoint.
     *
     * @throws FineTuneException of kind {@code USAGE} if no line follows this one
     */
    public void moveTo(Endpoint endpoint) {
        requireLines("endpoint URL", "Set ATAI_API_ENDPOINT, or add --endpoint URL to a command");
        visited.add(endpoint(options()));
        visited.add(endpoint);
        shell = shell.with(Option.ENDPOINT, endpoint.toString());
        readAhead();
    }

    private void requireLines(String command, String hint) {
        if (!opened) {
            throw FineTuneException.of(
                    Kind.USAGE, command + " changes the lines that follow, and no line follows", hint);
        }
    }

    /** Returns the endpoints to complete: those of this session, and the default. */
    public Set<Endpoint> visited() {
        Set<Endpoint> all = new LinkedHashSet<>(visited);
        all.add(Endpoint.DEFAULT);
        return all;
    }

    /**
     * Returns a command as it is to be typed to use the endpoint and key of a line: with the line's options for them,
     * unless the prompt has these options already.
     *
     * @param command its name, and what follows
     */
    public String typed(CommandLine line, String command) {
        return shell.typed(line, command);
    }

    /** Returns the options that the shell was opened with, or moved to. */
    public CommandLine options() {
        return shell.options();
    }

    /**
     * Adds the options of the shell to a line, as far as its command takes them and the line does not set them.
     *
     * @param spec null for a line without a command, which takes all
     */
    public CommandLine withOptions(CommandLine line, @Nullable CommandSpec spec) {
        return shell.addTo(line, spec);
    }

    /** Returns whether a person types the lines. */
    public boolean isInteractive() {
        return shell.isInteractive();
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
            made = new Prompts(this, console, stdin);
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
        return resolver.endpoint(line);
    }

    /**
     * Refuses a command, or a part of one, that the API of a line's endpoint has no public calls for, before anything is
     * sent.
     *
     * @throws FineTuneException of kind {@code USAGE}
     */
    public void requireVersion(CommandLine line, String what, String version) {
        resolver.requireVersion(line, what, version);
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
        return clients.builder(line, endpoint(line), key(line).key(), each).build();
    }

    /**
     * Returns a client that makes one attempt; the caller closes it.
     *
     * @param key null for a client that only connects
     * @param each gets each attempt
     */
    public FineTuneClient trial(CommandLine line, @Nullable ApiKey key, Consumer<Attempt> each) {
        ApiKey used = key != null ? key : ApiKey.of("none");
        return clients.builder(line, endpoint(line), used, each).attempts(1).build();
    }

    /** Returns the key of a line and its source; for the sandbox, the sandbox's own. */
    public ApiKeys.Found key(CommandLine line) {
        return resolver.key(line);
    }

    /** Keeps a key for an endpoint, and moves there. */
    public void login(ApiKey key, Endpoint endpoint) {
        Endpoint present = endpoint(options());
        keys.login(key, endpoint, visited.stream().findFirst().orElse(present));
        resolver.reset();
        if (!endpoint.equals(present)) {
            moveTo(endpoint);
        }
    }

    /**
     * Forgets the keys.
     *
     * @throws FineTuneException of kind {@code USAGE} if no line follows this one
     */
    public void logout() {
        requireLines("logout", "Unset ATAI_API_KEY and ATAI_API_KEY_FILE in the shell that starts ftj");
        keys.logout();
        resolver.reset();
        clients.close();
    }

    /** Returns the saved and recent jobs of a line's endpoint. */
    public JobMemory memory(CommandLine line) {
        return names.memory(line);
    }

    /** Returns the names that lines may use for jobs. */
    public JobNames names() {
        return names;
    }

    /** Reads the job book of the shell's endpoint on another thread, so that the first completion does not wait for it. */
    public void readAhead() {
        JobBook book = memory(options()).book();
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
            Path directory = line.has(Option.SANDBOX) ? null : directories.data();
            known = new KnownFiles(directory, endpoint.toString(), directories.remembers(), console);
            files.put(endpoint, known);
        }
        return known;
    }

    /** Returns the ids of the simulated API, if the line uses it. */
    public List<String> sandboxIds(CommandLine line) {
        return line.has(Option.SANDBOX) ? resolver.sandboxIds(line) : List.of();
    }

    /** Notes on stderr that a line uses the simulated API, if it does and a person reads its output. */
    public void noteSandbox(CommandLine line) {
        boolean picture = "-".equals(line.value(Option.SVG)) || "-".equals(line.value(Option.HTML));
        boolean read = Format.of(line) == Format.TEXT && !line.has(Option.FIELD) && !line.has(Option.QUIET);
        if (line.has(Option.SANDBOX) && read && !picture) {
            console.aside("sandbox: simulated data, no network used");
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
        names.report();
    }

    @Override
    public void close() {
        report();
        clients.close();
        resolver.close();
    }
}
