package dev.ftj.shell.command;

import dev.ftj.FineTuneException;
import dev.ftj.FineTuneException.Kind;
import dev.ftj.shell.line.Arguments;
import dev.ftj.shell.session.Session;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.UnaryOperator;

/** The ids that the {@code JOB...} of a line mean: typed, looked up, or read from stdin as they are needed. */
final class JobIds implements Iterable<String> {
    private final List<Iterable<String>> parts;
    private final boolean fromStdin;

    private JobIds(List<Iterable<String>> parts, boolean fromStdin) {
        this.parts = parts;
        this.fromStdin = fromStdin;
    }

    /**
     * The ids of a line.
     *
     * @param meaning makes an id of a word that was typed
     * @throws FineTuneException of kind {@code USAGE} where a reference leads nowhere, or stdin is not there to be read
     */
    static JobIds of(Arguments arguments, Session session, UnaryOperator<String> meaning) {
        List<Iterable<String>> parts = new ArrayList<>();
        boolean fromStdin = false;
        for (int i = 0; i < arguments.words().size(); i++) {
            String word = arguments.words().get(i);
            if (word.equals("-") && !arguments.isLiteral(i)) {
                parts.add(session.stdin().lines("ids"));
                fromStdin = true;
            } else {
                parts.add(List.of(meaning.apply(word)));
            }
        }
        return new JobIds(parts, fromStdin);
    }

    /** Whether the call names one job: then the answer is an object, and otherwise an array. */
    boolean isOne() {
        return parts.size() == 1 && !fromStdin;
    }

    /** The only id, for a command that takes no more. */
    String single() {
        Iterator<String> ids = iterator();
        if (!ids.hasNext()) {
            throw none();
        }
        String id = ids.next();
        if (ids.hasNext()) {
            throw FineTuneException.of(Kind.USAGE, "stdin held several ids", "Give one");
        }
        return id;
    }

    static FineTuneException none() {
        return FineTuneException.of(Kind.USAGE, "stdin held no id", "Write one id a line");
    }

    @Override
    public Iterator<String> iterator() {
        return new Iterator<>() {
            private final Iterator<Iterable<String>> remaining = parts.iterator();
            private Iterator<String> part = List.<String>of().iterator();

            @Override
            public boolean hasNext() {
                while (!part.hasNext() && remaining.hasNext()) {
                    part = remaining.next().iterator();
                }
                return part.hasNext();
            }

            @Override
            public String next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                return part.next();
            }
        };
    }
}
