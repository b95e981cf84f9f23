package dev.ftj.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jline.reader.Candidate;
import org.jline.reader.impl.CompletionMatcherImpl;
import org.jspecify.annotations.Nullable;

/**
 * JLine's matcher, and the ids of jobs whose name starts with the typed word: their candidates have a {@link #key}, and do
 * not start with the typed word. They replace it. A word of one or two characters has no typing errors: to JLine, any
 * candidate is at distance one of one character.
 */
final class JobNameMatcher extends CompletionMatcherImpl {
    private static final String KEY = "job name of ";
    private static final int SHORTEST_WITH_TYPO = 3;

    private boolean byName;

    /** Returns the key of a candidate that matches by the job's name; different for each, since JLine merges equal ones. */
    static String key(String id) {
        return KEY + id;
    }

    @Override
    public List<Candidate> matches(List<Candidate> candidates) {
        List<Candidate> named = candidates.stream()
                .filter(candidate -> candidate.key() != null && candidate.key().startsWith(KEY))
                .toList();
        byName = !named.isEmpty();
        return byName ? new ArrayList<>(named) : super.matches(candidates);
    }

    @Override
    protected Function<Map<String, List<Candidate>>, Map<String, List<Candidate>>> typoMatcher(
            String word, int errors, boolean caseInsensitive, String originalGroupName) {
        return word.length() < SHORTEST_WITH_TYPO
                ? candidates -> Map.of()
                : super.typoMatcher(word, errors, caseInsensitive, originalGroupName);
    }

    @Override
    public @Nullable Candidate exactMatch() {
        return byName ? null : super.exactMatch();
    }

    @Override
    public String getCommonPrefix() {
        return byName ? "" : super.getCommonPrefix();
    }
}
