package dev.ftj.shell.command;

import dev.ftj.FineTuneException;
import dev.ftj.FineTuneException.Kind;
import dev.ftj.shell.Remembered;
import dev.ftj.shell.Session;
import dev.ftj.shell.line.Arguments;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/** The ids that the {@code JOB...} of a line mean: typed, looked up, or read from stdin as they are needed. */
final class JobIds implements Iterable<String> {
    private final List<Iterable<String>> parts;
    private final boolean fromStdin;

    private JobIds(List<Iterable<String>> parts, boolean fromStdin) {
        this.parts = parts;
        this.fromStdin = fromStdin;
    }

    /**
     * @throws FineTuneException of kind {@code USAGE} where a reference leads nowhere, or stdin is not there to be read
     */
    static JobIds of(Arguments arguments, Session session, Remembered remembered) {
        List<Iterable<String>> parts = new ArrayList<>();
        boolean fromStdin = false;
        for (int i = 0; i < arguments.words().size(); i++) {
            String word = arguments.words().get(i);
            if (word.equals("-") && !arguments.isLiteral(i)) {
                if (session.isInteractive()) {
                    throw FineTuneException.of(
                            Kind.USAGE, "- reads ids from stdin, and here that is the prompt", "Type the ids");
                }
                parts.add(session.stdin().lines("ids"));
                fromStdin = true;
            } else {
                parts.add(List.of(remembered.resolve(word)));
            }
        }
        return new JobIds(parts, fromStdin);
    }

    /** Whether the call names one job: then the answer is an object, and otherwise an array. */
    boolean isOne() {
        return parts.size() == 1 && !fromStdin;
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
