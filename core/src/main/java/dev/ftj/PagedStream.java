package dev.ftj;

import dev.ftj.internal.json.RawJson;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators.AbstractSpliterator;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * A list that the server may send in pages; each is requested when the one before was read. There is a next page only if an
 * object around the array says so: by {@code has_more}, {@code next} or {@code after}. A page without new elements fails the
 * list, and so does a server that never stops.
 */
final class PagedStream<T> extends AbstractSpliterator<T> {
    /** How far back an element is recognized: the next page repeats some if the list grew in between. */
    private static final int OVERLAP = 1024;

    /** A million elements by the documented page size: no honest list is longer. */
    static final int MAX_PAGES = 10_000;

    /** Longer cursors are not sent, longer keys are not kept whole. */
    private static final int MAX_TEXT = 4096;

    private static final Pattern QUERY = Pattern.compile("[A-Za-z0-9._~!$&'()*+,;=:@/?%-]{1,4096}");

    private final String what;
    private final Function<String, ListPage> open;
    private final BiFunction<RawJson, Long, T> reader;
    private final long limit;
    private final Set<String> requested = new HashSet<>();
    private final Set<String> firsts = new HashSet<>();
    private final String[] recent = new String[OVERLAP];
    private Set<String> known = Set.of();
    private @Nullable RawJson lastId;
    private boolean fresh;
    private volatile ListPage page;
    private long inPage;
    private long count;
    private boolean ended;
    private volatile boolean closed;

    private PagedStream(String what, Function<String, ListPage> open, long limit, BiFunction<RawJson, Long, T> reader) {
        super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL);
        this.what = what;
        this.open = open;
        this.limit = limit;
        this.reader = reader;
        this.page = open.apply("");
    }

    /**
     * @param what the plural of the elements, for messages
     * @param open returns the page that a query asks for; an empty query for the first
     * @param limit with so many elements no further page is requested; negative for no limit
     * @param reader makes an element of a record and its place, counted from 1
     */
    static <T> Stream<T> stream(
            String what, Function<String, ListPage> open, long limit, BiFunction<RawJson, Long, T> reader) {
        PagedStream<T> list = new PagedStream<>(what, open, limit, reader);
        return StreamSupport.stream(list, false).onClose(list::close);
    }

    @Override
    public boolean tryAdvance(Consumer<? super T> action) {
        if (ended) {
            return false;
        }
        // set first: nothing more comes after a failure
        ended = true;
        RawJson next = next();
        if (next == null) {
            return false;
        }
        ended = false;
        action.accept(reader.apply(next, ++count));
        return true;
    }

    private @Nullable RawJson next() {
        while (!closed) {
            RawJson element = page.next();
            if (element != null) {
                lastId = element.member("id");
                String key = key(lastId == null ? element : lastId);
                if (inPage == 0 && !firsts.add(key)) {
                    throw endless(what);
                }
                recent[(int) (inPage++ % OVERLAP)] = key;
                boolean isNew = !known.contains(key);
                fresh |= isNew;
                if (isNew || lastId == null) {
                    return element;
                }
            } else if (!turn()) {
                return null;
            }
        }
        return null;
    }

    /** Returns a text by which an element is recognized. */
    private static String key(RawJson idOrElement) {
        String text = idOrElement.raw();
        return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT) + text.length() + text.hashCode();
    }

    /** Opens the next page; returns false if there is none. */
    private boolean turn() {
        String query = inPage == 0 || (limit >= 0 && count >= limit) ? null : nextQuery(page.head());
        if (query == null || closed) {
            return false;
        }
        if (!fresh || firsts.size() == MAX_PAGES) {
            throw endless(what);
        }
        known = Arrays.stream(recent).filter(Objects::nonNull).collect(Collectors.toSet());
        inPage = 0;
        fresh = false;
        page = open.apply(query);
        if (closed) {
            close(); // the thread that closed it saw the page before
        }
        return true;
    }

    /** Returns the query of the next page; null if the server names none, or one that was requested. */
    private @Nullable String nextQuery(Map<String, RawJson> head) {
        String more = Objects.toString(head.get("has_more"));
        if (more.equals("false")) {
            return null;
        }
        for (RawJson cursor : Arrays.asList(head.get("next"), head.get("after"), more.equals("true") ? lastId : null)) {
            String query = cursor == null ? null : query(cursor);
            if (query != null && requested.add(query)) {
                return query;
            }
        }
        if (more.equals("true")) {
            throw endless(what);
        }
        return null;
    }

    /** Returns the query of a URL, whatever else the URL names; any other text or number is a value of {@code after}. */
    private static @Nullable String query(RawJson cursor) {
        String text = cursor.number() != null ? cursor.raw() : cursor.text();
        if (text == null || text.isEmpty() || text.length() > MAX_TEXT) {
            return null;
        }
        String query = text.substring(text.indexOf('?') + 1);
        return query.length() == text.length() || !QUERY.matcher(query).matches()
                ? "after=" + JobId.encoded(text)
                : query;
    }

    static FineTuneException endless(String what) {
        return FineTuneException.of(
                FineTuneException.Kind.UNREADABLE,
                "the server says that there are more " + what + ", but sends no new ones",
                "These " + what + " may not be all; report this to the service");
    }

    private void close() {
        closed = true;
        page.close();
    }
}
