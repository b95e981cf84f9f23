package dev.ftj.shell.session;

import dev.ftj.ApiKey;
import dev.ftj.Attempt;
import dev.ftj.Endpoint;
import dev.ftj.FineTuneClient;
import dev.ftj.FineTuneException;
import dev.ftj.FineTuneException.Kind;
import dev.ftj.internal.store.JobBook;
import dev.ftj.internal.store.LocalDirectories;
import dev.ftj.sandbox.Sandbox;
import dev.ftj.shell.args.CommandLine;
import dev.ftj.shell.args.Option;
import dev.ftj.shell.args.ShellLine;
import dev.ftj.shell.view.AttemptView;
import dev.ftj.shell.view.Screen;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.shell.core.command.CommandOption;
import org.springframework.shell.core.command.ParsedInput;

/** What handlesInterrupt from one line to the next: the key, the clients, the sandbox, what was shown. One a process. */
public final class Session implements AutoCloseable {
    /** All that makes one client another. */
    private record ClientId(
            Endpoint endpoint, ApiKey key, @Nullable Duration timeout, int verbosity) {
        /** By hand, as is equals: what a record has by itself is linked at its first use, for 40 ms of one command. */
        @Override
        public int hashCode() {
            return Objects.hash(endpoint, key, timeout, verbosity);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof ClientId that
                    && endpoint.equals(that.endpoint)
                    && key.equals(that.key)
                    && Objects.equals(timeout, that.timeout)
                    && verbosity == that.verbosity;
        }
    }

    private final Map<String, String> environment;
    private final Screen screen;
    private final Stdin stdin;
    private final ApiKeys keys;
    private final Prompts questions;
    private boolean interactive;
    private boolean opened;
    private CommandLine options =
            new CommandLine(ParsedInput.builder().commandName("").build());
    /** Where lines went, once they went elsewhere: the first is where the shell was opened. */
    private final Set<Endpoint> visited = new LinkedHashSet<>();

    private final Map<Endpoint, Remembered> remembered = new HashMap<>();
    private final Map<ClientId, FineTuneClient> clients = new HashMap<>();
    private @Nullable Sandbox sandbox;
    private @Nullable Prompter person;
    private boolean leaving;

    public Session(Map<String, String> environment, Screen screen, Stdin stdin) {
        this.environment = environment;
        this.screen = screen;
        this.stdin = stdin;
        this.keys = new ApiKeys(environment, stdin);
        this.questions = new Prompts(this, screen, stdin);
        screen.redaction(keys::redact);
    }

    /** Lines follow, each with these options; a person types them, or a script holds them. */
    public void open(CommandLine shellOptions, boolean byPerson) {
        options = shellOptions;
        interactive = byPerson;
        opened = true;
    }

    /**
     * Sends the lines that follow to another endpoint.
     *
     * @throws FineTuneException of kind {@code USAGE} where no line follows
     */
    public void moveTo(Endpoint endpoint) {
        if (!opened) {
            throw FineTuneException.of(
                    Kind.USAGE,
                    "endpoint URL is for the lines that follow, and this command line ends with it",
                    "Set ATAI_API_ENDPOINT, or add --endpoint URL to a command");
        }
        visited.add(endpoint(options));
        visited.add(endpoint);
        options = options.with(Option.ENDPOINT, endpoint.toString());
        remembered(options).open();
    }

    /** The endpoints that may be named again: where this session has been, and the vendor's. */
    public Set<Endpoint> visited() {
        Set<Endpoint> all = new LinkedHashSet<>(visited);
        all.add(Endpoint.DEFAULT);
        return all;
    }

    /**
     * A command that goes where a line went, as it is to be typed: with the options that say where and with which key,
     * unless the prompt has them anyway.
     *
     * @param given the options of that line
     * @param command its name, and what follows
     */
    public String typed(CommandLine given, String command) {
        StringBuilder where = new StringBuilder();
        for (Option option : List.of(Option.ENDPOINT, Option.API_KEY_FILE, Option.SANDBOX)) {
            String value = given.value(option);
            if (value != null && !(interactive && value.equals(options.value(option)))) {
                where.append(' ').append(option.spelling());
                where.append(option.takesValue() ? " " + ShellLine.quote(value, null) : "");
            }
        }
        int name = (command + " ").indexOf(' ');
        return (interactive ? "" : "ftj ") + command.substring(0, name) + where + command.substring(name);
    }

    /** What the shell itself was opened with, or moved to, and every line therefore has. */
    public CommandLine options() {
        return options;
    }

    /** The options that a line has from the shell: all, but that {@code --sandbox} leads away from the shell's endpoint. */
    public List<CommandOption> inherited(CommandLine line) {
        return (line.has(Option.SANDBOX) ? options.without(Option.ENDPOINT) : options).options();
    }

    /** Whether a person types the lines. */
    public boolean isInteractive() {
        return interactive;
    }

    /** Who can be asked; null where nobody is there. */
    public @Nullable Prompter person() {
        return person;
    }

    public void person(Prompter atPrompt) {
        person = atPrompt;
    }

    /** Puts questions to whoever is there. */
    public Prompts questions() {
        return questions;
    }

    public Stdin stdin() {
        return stdin;
    }

    /**
     * Where this line's requests go.
     *
     * @throws FineTuneException of kind {@code USAGE} where that is nowhere
     */
    public Endpoint endpoint(CommandLine arguments) {
        String url = arguments.value(Option.ENDPOINT);
        if (arguments.has(Option.SANDBOX)) {
            if (url != null) {
                throw FineTuneException.of(
                        Kind.USAGE, "--sandbox and --endpoint name two different places", "Leave one out");
            }
            return Endpoint.of(sandbox().endpoint());
        }
        return url != null ? Endpoint.of(url) : Endpoint.fromEnvironment(environment);
    }

    /** The client for this line; the next line with the same settings gets the same, connections included. */
    public FineTuneClient client(CommandLine arguments) {
        return client(arguments, key(arguments).key());
    }

    /** The same with a key that this session does not have yet. */
    public FineTuneClient client(CommandLine arguments, ApiKey key) {
        return clients.computeIfAbsent(id(arguments, key), this::client);
    }

    /**
     * A client for one look at the way to the endpoint: it tries once, and is the caller's to close.
     *
     * @param key null for a client that only connects
     * @param each told of each attempt
     */
    public FineTuneClient trial(CommandLine arguments, @Nullable ApiKey key, Consumer<Attempt> each) {
        ApiKey sent = key != null ? key : ApiKey.of("none");
        return builder(id(arguments, sent), each).attempts(1).build();
    }

    private ClientId id(CommandLine arguments, ApiKey key) {
        return new ClientId(
                endpoint(arguments), key, arguments.duration(Option.TIMEOUT), arguments.count(Option.VERBOSE));
    }

    private FineTuneClient client(ClientId id) {
        return builder(id, attempt -> {}).build();
    }

    private FineTuneClient.Builder builder(ClientId id, Consumer<Attempt> each) {
        FineTuneClient.Builder builder = FineTuneClient.builder()
                .environment(environment)
                .endpoint(id.endpoint())
                .apiKey(id.key())
                .userAgentSuffix("ftj-shell")
                .onAttempt(each);
        if (id.timeout() != null) {
            builder.timeout(id.timeout());
        }
        if (id.verbosity() > 0) {
            AttemptView view = new AttemptView(screen, id.verbosity() > 1);
            builder.onAttempt(attempt -> {
                view.show(attempt);
                each.accept(attempt);
            });
        }
        return builder;
    }

    /** The key of this line, and where it came from; for the sandbox its own. */
    public ApiKeys.Found key(CommandLine arguments) {
        return arguments.has(Option.SANDBOX)
                ? new ApiKeys.Found(ApiKey.of(sandbox().apiKey()), "sandbox")
                : interactive ? promptKey(arguments) : keys.find(arguments, endpoint(arguments));
    }

    /** A variable cannot be set from within a shell that runs, and a key can be given to it. */
    private ApiKeys.Found promptKey(CommandLine arguments) {
        Endpoint endpoint = endpoint(arguments);
        try {
            return keys.find(arguments, endpoint);
        } catch (FineTuneException e) {
            if (e.kind() != Kind.AUTH || !keys.lacks(endpoint)) {
                throw e;
            }
            String login = "Type " + typed(arguments.without(Option.API_KEY_FILE), "login");
            throw e.withHint(keys.isWithout() ? login + ", or try the simulated API with --sandbox" : login);
        }
    }

    /** Keeps a key for an endpoint, and moves there. */
    public void login(ApiKey key, Endpoint endpoint) {
        Endpoint present = endpoint(options);
        keys.login(key, endpoint, visited.stream().findFirst().orElse(present));
        if (!endpoint.equals(present)) {
            moveTo(endpoint);
        }
    }

    public void logout() {
        keys.logout();
        closeClients();
    }

    /** What is known of the jobs where this line's requests go. */
    public Remembered remembered(CommandLine arguments) {
        Endpoint endpoint = endpoint(arguments);
        LocalDirectories places = LocalDirectories.of(environment);
        boolean inMemory = arguments.has(Option.SANDBOX);
        // without a place for the history the prompt has warned already, and one warning is enough
        boolean remembers = places.remembers() && (inMemory || !interactive || places.state() != null);
        return remembered.computeIfAbsent(
                endpoint,
                of -> new Remembered(
                        inMemory ? JobBook.inMemory() : places.book(of.toString()), screen, remembers, interactive));
    }

    /**
     * The id that a word of a line means.
     *
     * @throws FineTuneException of kind {@code USAGE} where it is a reference that leads nowhere
     */
    public String resolve(CommandLine arguments, String word) {
        String saved = typed(arguments.without(Option.API_KEY_FILE), "saved");
        return remembered(arguments).resolve(word, "See `" + saved + "`");
    }

    /** The simulated API of this process, started when it is first needed. */
    private synchronized Sandbox sandbox() {
        Sandbox running = sandbox;
        if (running == null) {
            running = Sandbox.start();
            sandbox = running;
        }
        return running;
    }

    /** The ids that the simulated API knows, to be offered where a line goes there. */
    public List<String> sandboxIds(CommandLine arguments) {
        return arguments.has(Option.SANDBOX) ? sandbox().jobIds() : List.of();
    }

    /** Says to a person that a line goes to the simulated API, where it does. */
    public void tellSandbox(CommandLine arguments) {
        if (arguments.has(Option.SANDBOX)) {
            screen.aside("sandbox: simulated, nothing left this machine");
        }
    }

    public ApiKeys keys() {
        return keys;
    }

    /** After this line the shell ends. */
    public void leave() {
        leaving = true;
    }

    public boolean isLeaving() {
        return leaving;
    }

    public void report() {
        remembered.values().forEach(Remembered::report);
    }

    private void closeClients() {
        clients.values().forEach(FineTuneClient::close);
        clients.clear();
    }

    @Override
    public void close() {
        report();
        closeClients();
        if (sandbox != null) {
            sandbox.close();
        }
    }
}
