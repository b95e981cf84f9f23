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

/** The ids of the {@code JOB...} of a line: typed, resolved, or read from stdin as they are needed. */
final class JobIds implements Iterable<String> {
    /** The ids of one word, or the reason why it has none. */
    private record Part(
            String word, Iterable<String> ids, @Nullable FineTuneException failure) {}

    /** Printed if stdin held no id, which is not a failure: a list of jobs may be empty. */
    static final String NOTHING = "ftj: nothing to do: stdin held no id";

    private final List<Part> parts = new ArrayList<>();
    private final boolean one;

    private JobIds(boolean one) {
        this.one = one;
    }

    /** Returns the ids of a line whose words are ids, references or saved names. */
    static JobIds of(CommandLine arguments, Session session) {
        return of(arguments, session, word -> session.names().resolve(arguments, word));
    }

    /** Returns the ids of a line whose words are ids or references. */
    static JobIds referenced(CommandLine arguments, Session session) {
        return of(arguments, session, word -> session.names().reference(arguments, word));
    }

    /**
     * Returns the ids of a line. An unknown reference is the failure of that word only.
     *
     * @param meaning resolves a typed word to an id
     * @throws FineTuneException of kind {@code USAGE} if stdin cannot be read
     */
    static JobIds of(CommandLine arguments, Session session, UnaryOperator<String> meaning) {
        JobIds ids = new JobIds(arguments.namesOneJob());
        for (int i = 0; i < arguments.words().size(); i++) {
            String word = arguments.words().get(i);
            if (word.equals("-") && !arguments.isLiteral(i)) {
                ids.parts.add(new Part(word, session.stdin().lines("ids"), null));
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
     * Returns the result of each word, in order.
     *
     * @param fetch fetches the records of neighbouring ids
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

    /** Returns each id without a record, for {@link #results}. */
    static Stream<JobResult> asked(Iterable<String> ids) {
        return StreamSupport.stream(ids.spliterator(), false).map(id -> new JobResult(id, null, null));
    }

    /** Returns whether the line names one job, so that the output is an object and not an array. */
    boolean isOne() {
        return one;
    }

    /** Returns the only id, for a command that takes one. */
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

    /** Returns the ids; the reason of a word without any is thrown when it is reached. */
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

    /** Concatenates lazily. */
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
