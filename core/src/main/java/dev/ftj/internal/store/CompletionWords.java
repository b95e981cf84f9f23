package dev.ftj.internal.store;

import dev.ftj.internal.store.JobBook.Entry;
import dev.ftj.internal.store.JobBook.Matches;
import dev.ftj.internal.text.Sanitizer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** The words that known jobs are completed by, in their order: names as {@code @NAME}, and ids. Immutable. */
final class CompletionWords {
    final List<Entry> known;
    private final List<String> words = new ArrayList<>();
    private final List<Entry> owners = new ArrayList<>();

    CompletionWords(List<Entry> known) {
        this.known = known;
        for (Entry entry : known) {
            if (entry.alias() != null) {
                add("@" + entry.alias(), entry);
            }
            add(word(entry.id()), entry);
        }
    }

    /** Returns the word for an id, which must not look like a reference. */
    static String word(String id) {
        return id.startsWith("@") ? "@" + id : id;
    }

    static List<String> words(List<String> ids) {
        List<String> words = new ArrayList<>(ids.size());
        for (String id : ids) {
            words.add(word(id));
        }
        return words;
    }

    private void add(String word, Entry owner) {
        if (word.indexOf('\n') < 0) { // it cannot be typed
            words.add(word);
            owners.add(owner);
        }
    }

    /** Returns the lines of the file for completion scripts. */
    List<byte[]> lines() {
        return lines(words);
    }

    /**
     * Returns the lines of the file that completion scripts read instead of starting a JVM. A word that would act on a
     * terminal is left out, and so is one that begins with a dash, which would be taken for an option; the scripts quote
     * what their shell must not evaluate.
     */
    static List<byte[]> lines(List<String> words) {
        List<byte[]> lines = new ArrayList<>(words.size());
        for (String word : words) {
            if (!word.isEmpty()
                    && word.charAt(0) != '-'
                    && Sanitizer.oneLine(word).equals(word)) {
                lines.add(word.getBytes(StandardCharsets.UTF_8));
            }
        }
        return lines;
    }

    /** Returns the jobs with a word that starts with the typed text; else that contains it; else all. */
    Matches match(String typed, int most) {
        Matches starting = match(most, word -> word.regionMatches(true, 0, typed, 0, typed.length()));
        if (!starting.entries().isEmpty()) {
            return starting;
        }
        String lower = typed.toLowerCase(Locale.ROOT);
        Matches holding = match(most, word -> word.toLowerCase(Locale.ROOT).contains(lower));
        return new Matches((holding.entries().isEmpty() ? match(most, word -> true) : holding).entries(), null);
    }

    private Matches match(int most, Predicate<String> fits) {
        List<Entry> first = new ArrayList<>();
        int count = 0;
        String prefix = null;
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (fits.test(word)) {
                prefix = prefix == null ? word : commonPrefix(prefix, word);
                if (count++ < most && (first.isEmpty() || first.get(first.size() - 1) != owners.get(i))) {
                    first.add(owners.get(i));
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
