package dev.ftj.shell;

import dev.ftj.FineTuneException;
import dev.ftj.internal.memory.JobMemory;
import dev.ftj.internal.store.JobBook;
import dev.ftj.internal.store.JobBook.Entry;
import dev.ftj.internal.store.JobBook.Matches;
import dev.ftj.internal.text.Sanitizer;
import dev.ftj.shell.args.CommandLine;
import dev.ftj.shell.args.CommandSpec;
import dev.ftj.shell.args.Commands;
import dev.ftj.shell.args.CompletionContext;
import dev.ftj.shell.args.Option;
import dev.ftj.shell.args.Suggestions;
import dev.ftj.shell.session.Session;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jline.builtins.Completers.FileNameCompleter;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;
import org.jline.reader.impl.completer.ArgumentCompleter.ArgumentLine;
import org.jspecify.annotations.Nullable;

/** Completion candidates: commands, options, their values, and the known jobs of the line's endpoint. */
final class PromptCompleter implements Completer {
    /** Of more candidates only the common prefix is completed. JLine took 270 ms for 100,000. */
    private static final int MOST_JOBS = 1_000;

    private final Commands commands;
    private final Session session;

    PromptCompleter(Commands commands, Session session) {
        this.commands = commands;
        this.session = session;
    }

    @Override
    public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
        List<String> before = line.words().subList(0, line.wordIndex());
        CompletionContext place = CompletionContext.at(before, line.word(), commands);
        Option option = place.option();
        int comma = option == Option.STATUS ? line.word().lastIndexOf(',') : -1;
        Offer offer = new Offer(comma < 0 ? place.prefix() : line.word().substring(0, comma + 1), candidates);
        CommandSpec command = place.command();
        if (option == Option.ENDPOINT || (option == null && !place.isOption() && takesUrl(command))) {
            session.visited().forEach(endpoint -> offer.add(endpoint.toString(), "endpoint", null));
        } else if (option != null) {
            suggest(Suggestions.of(option, command), reader, line, place, offer);
        } else if (place.isOption()) {
            commands.options(command)
                    .forEach(known -> offer.add(
                            known.spelling(),
                            "option",
                            command == null ? known.description() : command.description(known)));
        } else if (command == null) {
            commands(offer);
        } else {
            suggest(Suggestions.of(command.parameters()), reader, line, place, offer);
        }
    }

    private void suggest(
            Suggestions suggestions, LineReader reader, ParsedLine line, CompletionContext place, Offer offer) {
        switch (suggestions.kind()) {
            case WORDS -> suggestions.words().forEach(word -> offer.add(word, "value", null));
            case FILES -> files(reader, line, offer);
            case DATASETS -> {
                session.files(session.withOptions(CommandLine.ofOptions(place.given()), null))
                        .ids()
                        .forEach(id -> offer.add(id, "uploaded", null));
                files(reader, line, offer);
            }
            case JOBS ->
                jobs(
                        line.words().subList(0, line.wordIndex()),
                        line.word().substring(place.prefix().length()),
                        session.withOptions(CommandLine.ofOptions(place.given()), null),
                        offer);
            case COMMANDS -> commands(offer);
        }
    }

    private static boolean takesUrl(@Nullable CommandSpec command) {
        return command != null && command.parameters().usage().equals("[URL]");
    }

    private void commands(Offer offer) {
        commands.all().forEach(spec -> offer.add(spec.name(), "command", spec.summary()));
    }

    private void files(LineReader reader, ParsedLine line, Offer offer) {
        int skipped = offer.prefix.length();
        String word = line.word().substring(skipped);
        if (word.startsWith("~/")
                && line instanceof PromptLine typed
                && typed.current().tilde() < 0) {
            return; // in quotes, it is a directory of that name
        }
        List<Candidate> files = new ArrayList<>();
        FileNameCompleter completer = new FileNameCompleter() {
            @Override
            protected Path getUserHome() {
                return Path.of(session.home());
            }
        };
        completer.complete(reader, new ArgumentLine(word, Math.max(0, line.wordCursor() - skipped)), files);
        files.forEach(offer::add);
    }

    private void jobs(List<String> before, String word, CommandLine line, Offer offer) {
        Set<String> typed = new HashSet<>(before);
        try {
            JobMemory remembered = session.memory(line);
            Matches matches = remembered.book().match(word, MOST_JOBS);
            String beginning = matches.prefix();
            if (beginning != null && beginning.length() > word.length()) {
                offer.addBeginning(beginning);
            } else {
                if (word.isEmpty() || word.startsWith("@")) {
                    references(remembered, typed, offer);
                } else if (matches.entries().stream().noneMatch(entry -> startsWith(entry.id(), word))
                        && named(remembered.book(), word, typed, offer)) {
                    return;
                }
                matches.entries().forEach(entry -> known(entry, typed, offer));
            }
        } catch (IOException | FineTuneException e) {
            // an unreadable book has no candidates; the command itself reports it
        }
        for (String id : session.sandboxIds(line)) {
            id(id, "sandbox", "", typed, offer);
        }
        if (word.startsWith("@")) {
            offer.keep("@"); // JLine also takes a match within a candidate
        }
    }

    /** Offers the ids of jobs whose name starts with the typed word; returns whether there are any. */
    private static boolean named(JobBook book, String word, Set<String> typed, Offer offer) throws IOException {
        boolean any = false;
        for (Entry entry : book.named(word, MOST_JOBS)) {
            if (!typed.contains(entry.id())
                    && !entry.id().startsWith("-")
                    && !entry.id().startsWith("@")) {
                offer.addNamed(entry.id(), described(entry.status(), entry.jobName(), entry.note()));
                any = true;
            }
        }
        return any;
    }

    private static boolean startsWith(String id, String typed) {
        return id.regionMatches(true, 0, typed, 0, typed.length());
    }

    /** Offers the references, each with the job that it refers to now. */
    private static void references(JobMemory remembered, Set<String> typed, Offer offer) throws IOException {
        String last = remembered.last();
        if (last != null) {
            reference("@last", last, remembered.book(), typed, offer);
        }
        List<String> rows = remembered.rows();
        for (int i = 0; i < rows.size(); i++) {
            reference("@" + (i + 1), rows.get(i), remembered.book(), typed, offer);
        }
    }

    private static void reference(String word, String id, JobBook book, Set<String> typed, Offer offer)
            throws IOException {
        if (!typed.contains(word)) {
            String what = book.entry(id)
                    .map(entry -> described(entry.status(), entry.jobName(), entry.note()))
                    .orElse("");
            offer.add(word, "reference", (id + "  " + what).strip());
        }
    }

    private static void known(Entry entry, Set<String> typed, Offer offer) {
        String what = described(entry.status(), entry.jobName(), entry.note());
        if (entry.alias() != null && !typed.contains("@" + entry.alias())) {
            offer.add("@" + entry.alias(), "saved", (entry.id() + "  " + what).strip());
        }
        id(entry.id(), entry.savedAt() == null ? "recent" : "saved", what, typed, offer);
    }

    private static void id(String id, String group, String what, Set<String> typed, Offer offer) {
        String word = id.startsWith("@") ? "@" + id : id;
        if (!typed.contains(word) && !word.startsWith("-")) {
            offer.add(word, group, what);
        }
    }

    private static String described(@Nullable String status, @Nullable String name, @Nullable String note) {
        StringBuilder what = new StringBuilder(status == null ? "" : status);
        what.append(name == null ? "" : "  " + name).append(note == null ? "" : "  (" + note + ")");
        return what.toString().strip();
    }

    /** Collects candidates in order, each once; one that would act on the terminal is not offered. */
    private static final class Offer {
        private final String prefix;
        private final List<Candidate> candidates;
        private final Set<String> offered = new HashSet<>();

        Offer(String prefix, List<Candidate> candidates) {
            this.prefix = prefix;
            this.candidates = candidates;
        }

        /** Adds a file, escaped; the word continues after a directory. */
        void add(Candidate file) {
            if (Sanitizer.oneLine(file.value()).equals(file.value())) {
                candidates.add(new Candidate(
                        prefix + file.value(), file.displ(), null, null, file.suffix(), null, file.complete()));
            }
        }

        /** Adds the beginning of a word, without a space after it. */
        void addBeginning(String value) {
            if (Sanitizer.oneLine(value).equals(value)) {
                candidates.add(new Candidate(prefix + value, value, "saved", null, null, null, false));
            }
        }

        /** Keeps only the candidates with this beginning. */
        void keep(String beginning) {
            candidates.removeIf(candidate -> !candidate.value().startsWith(prefix + beginning));
        }

        /** Adds an id that replaces the typed beginning of the job's name. */
        void addNamed(String id, String description) {
            if (Sanitizer.oneLine(id).equals(id) && offered.add(id)) {
                candidates.add(new Candidate(
                        prefix + id,
                        id,
                        "named",
                        Sanitizer.oneLine(description),
                        null,
                        JobNameMatcher.key(id),
                        true,
                        candidates.size()));
            }
        }

        void add(String value, String group, @Nullable String description) {
            if (Sanitizer.oneLine(value).equals(value) && offered.add(value)) {
                String shown = description == null || description.isEmpty() ? null : Sanitizer.oneLine(description);
                candidates.add(new Candidate(prefix + value, value, group, shown, null, null, true, candidates.size()));
            }
        }
    }
}
