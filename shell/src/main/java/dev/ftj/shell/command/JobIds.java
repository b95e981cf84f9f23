package dev.ftj.shell.command;

import dev.ftj.FineTuneException;
import dev.ftj.FineTuneException.Kind;
import dev.ftj.JobResult;
import dev.ftj.shell.args.CommandLine;
import dev.ftj.shell.session.Session;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The ids that the {@code JOB...} of a line mean: typed, looked up, or read from stdin as they are needed. */
final class JobIds implements Iterable<String> {
    /** What one word stands for: ids, or the reason why it stands for none. */
    private record Part(
            String word, Iterable<String> ids, @Nullable FineTuneException failure) {}

    /** Said where stdin held no id, which is no failure: a list of what there is to do may be empty. */
    static final String NOTHING = "ftj: nothing to do: stdin held no id";

    private final List<Part> parts = new ArrayList<>();
    private boolean fromStdin;

    private JobIds() {}

    /** The ids of a line whose words are ids or references. */
    static JobIds of(CommandLine arguments, Session session) {
        return of(arguments, session, word -> session.resolve(arguments, word));
    }

    /**
     * The ids of a line. A reference that leads nowhere fails by itself, and the others go on.
     *
     * @param meaning makes an id of a word that was typed
     * @throws FineTuneException of kind {@code USAGE} where stdin is not there to be read
     */
    static JobIds of(CommandLine arguments, Session session, UnaryOperator<String> meaning) {
        JobIds ids = new JobIds();
        for (int i = 0; i < arguments.words().size(); i++) {
            String word = arguments.words().get(i);
            if (word.equals("-") && !arguments.isLiteral(i)) {
                ids.parts.add(new Part(word, session.stdin().lines("ids"), null));
                ids.fromStdin = true;
            } else {
                ids.parts.add(part(word, meaning));
            }
        }
        return ids;
    }

    private static Part part(String word, UnaryOperator<String> meaning) {
        try {
            return new Part(word, List.of(meaning.apply(word)), null);
        } catch (FineTuneException e) {
            return new Part(word, List.of(), e);
        }
    }

    /**
     * What comes of each, in order.
     *
     * @param fetch gets the records of ids that stand together
     */
    Stream<JobResult> results(Function<Iterable<String>, Stream<JobResult>> fetch) {
        Stream<JobResult> results = Stream.empty();
        List<Iterable<String>> together = new ArrayList<>();
        for (Part part : parts) {
            together.add(part.ids());
            if (part.failure() != null) {
                results = Stream.concat(results, fetch.apply(joined(together)));
                results = Stream.concat(results, Stream.of(new JobResult(part.word(), null, part.failure())));
                together = new ArrayList<>();
            }
        }
        return Stream.concat(results, fetch.apply(joined(together)));
    }

    /** For {@link #results}, where nothing is fetched yet: each id without a record. */
    static Stream<JobResult> asked(Iterable<String> ids) {
        return StreamSupport.stream(ids.spliterator(), false).map(id -> new JobResult(id, null, null));
    }

    /** Whether the call names one job: then the answer is an object, and otherwise an array. */
    boolean isOne() {
        return parts.size() == 1 && !fromStdin;
    }

    /** The only id, for a command that takes no more. */
    String single() {
        Iterator<String> ids = iterator();
        if (!ids.hasNext()) {
            throw FineTuneException.of(Kind.USAGE, "stdin held no id", "Write one id");
        }
        String id = ids.next();
        if (ids.hasNext()) {
            throw FineTuneException.of(Kind.USAGE, "stdin held several ids", "Give one");
        }
        return id;
    }

    /** The ids alone; a word that stands for none throws why. */
    @Override
    public Iterator<String> iterator() {
        List<Iterable<String>> all = new ArrayList<>();
        for (Part part : parts) {
            FineTuneException failure = part.failure();
            all.add(
                    failure == null
                            ? part.ids()
                            : () -> {
                                throw failure;
                            });
        }
        return joined(all).iterator();
    }

    /** One after the other, each begun when it is reached. */
    private static Iterable<String> joined(List<Iterable<String>> several) {
        return () -> new Iterator<>() {
            private final Iterator<Iterable<String>> remaining = several.iterator();
            private Iterator<String> current = List.<String>of().iterator();

            @Override
            public boolean hasNext() {
                while (!current.hasNext() && remaining.hasNext()) {
                    current = remaining.next().iterator();
                }
                return current.hasNext();
            }

            @Override
            public String next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                return current.next();
            }
        };
    }
}
