package dev.ftj.sandbox;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The simulated API: from a request and an instant to an answer. */
final class Api {
    static final String VERSION_PATH = "/v0.5";
    private static final String JOBS = VERSION_PATH + "/fine-tune/jobs/";
    private static final String BEARER = "Bearer ";

    private final List<String> ownHosts;
    private final String apiKey;
    private final Catalogue catalogue;
    private final Faults faults = new Faults();

    Api(List<String> ownHosts, String apiKey, Catalogue catalogue) {
        this.ownHosts = ownHosts;
        this.apiKey = apiKey;
        this.catalogue = catalogue;
    }

    List<String> jobIds() {
        return Stream.concat(catalogue.ids().stream(), faults.lastingIds().stream())
                .toList();
    }

    /** The host comes first: a page that had its own name rebound to loopback must learn nothing. */
    Answer answer(Request request, Instant now) {
        if (request.hosts().isEmpty() || !request.hosts().stream().allMatch(this::isOwnHost)) {
            return Errors.FOREIGN_HOST;
        }
        if (request.authorization() == null) {
            return Errors.NO_KEY;
        }
        if (!isOurKey(request.authorization())) {
            return Errors.WRONG_KEY;
        }
        String segment = jobSegment(request.rawPath());
        if (segment == null) {
            return Errors.NO_SUCH_PATH;
        }
        if (!request.method().equals("GET")) {
            return Errors.WRONG_METHOD;
        }
        String id = decoded(segment);
        return id == null ? Errors.BAD_ENCODING : job(id, now);
    }

    private Answer job(String id, Instant now) {
        Answer fault = faults.of(id);
        if (fault != null) {
            return fault;
        }
        Job job = catalogue.find(id);
        return job == null ? Errors.NO_SUCH_JOB : Answer.json(200, job.record(now));
    }

    private boolean isOwnHost(String host) {
        return ownHosts.stream().anyMatch(host::equalsIgnoreCase);
    }

    private boolean isOurKey(String authorization) {
        return authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
                && authorization.substring(BEARER.length()).equals(apiKey);
    }

    /** The one path segment that names a job, still encoded; null where the path is another. */
    private static @Nullable String jobSegment(String rawPath) {
        if (!rawPath.startsWith(JOBS)) {
            return null;
        }
        String segment = rawPath.substring(JOBS.length());
        return segment.isEmpty() || segment.indexOf('/') >= 0 ? null : segment;
    }

    /** Null where the segment is not percent-encoded UTF-8; a plus sign is a plus sign. */
    private static @Nullable String decoded(String segment) {
        ByteBuffer bytes = ByteBuffer.allocate(segment.length());
        for (int i = 0; i < segment.length(); i++) {
            char c = segment.charAt(i);
            if (c > '~') {
                return null;
            }
            if (c == '%') {
                int high = i + 2 < segment.length() ? Character.digit(segment.charAt(i + 1), 16) : -1;
                int low = i + 2 < segment.length() ? Character.digit(segment.charAt(i + 2), 16) : -1;
                if (high < 0 || low < 0) {
                    return null;
                }
                c = (char) (high << 4 | low);
                i += 2;
            }
            bytes.put((byte) c);
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }
}
