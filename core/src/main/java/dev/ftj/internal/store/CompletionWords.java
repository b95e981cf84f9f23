package dev.ftj.internal.store;

import dev.ftj.internal.store.JobBook.Entry;
import dev.ftj.internal.store.JobBook.Matches;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The words that known jobs are completed by: names as {@code @NAME}, and ids. */
final class CompletionWords {
    private CompletionWords() {}

    /**
     * Returns the lines of the plain file that completion scripts read instead of starting a JVM. An id with another
     * character than {@code [A-Za-z0-9._-]} is left out, since a shell could take it for a command; so is one that begins
     * with a dash, which would be taken for an option.
     */
    static List<byte[]> plain(Stream<String> words) {
        return words.filter(word -> !word.isEmpty()
                        && word.charAt(0) != '-'
                        && word.chars().skip(word.charAt(0) == '@' ? 1 : 0).allMatch(JobBook::isNameCharacter))
                .map(word -> word.getBytes(StandardCharsets.US_ASCII))
                .toList();
    }

    static List<String> of(Entry entry) {
        String id = JobReferences.word(entry.id());
        return entry.alias() == null ? List.of(id) : List.of("@" + entry.alias(), id);
    }

    /** Returns the jobs with a word that starts with what is typed; else that contains it; else all. */
    static Matches match(List<Entry> known, String typed, int most) {
        Matches starting = match(known, most, word -> word.regionMatches(true, 0, typed, 0, typed.length()));
        if (!starting.entries().isEmpty()) {
            return starting;
        }
        String lower = typed.toLowerCase(Locale.ROOT);
        Matches holding =
                match(known, most, word -> word.toLowerCase(Locale.ROOT).contains(lower));
        return new Matches((holding.entries().isEmpty() ? match(known, most, word -> true) : holding).entries(), null);
    }

    private static Matches match(List<Entry> known, int most, Predicate<String> fits) {
        List<Entry> first = new ArrayList<>();
        int count = 0;
        String prefix = null;
        for (Entry entry : known) {
            for (String word : of(entry)) {
                if (word.indexOf('\n') < 0 && fits.test(word)) {
                    prefix = prefix == null ? word : commonPrefix(prefix, word);
                    if (count++ < most && (first.isEmpty() || first.get(first.size() - 1) != entry)) {
                        first.add(entry);
                    }
                }
            }
        }
        return new Matches(List.copyOf(first), count <= most ? null : prefix);
    }

    private static String commonPrefix(String one, String other) {
        int length = one.length();
        while (!one.regionMatches(true, 0, other, 0, length)) {
            length--;
        }
        return one.substring(0, length);
    }
}
