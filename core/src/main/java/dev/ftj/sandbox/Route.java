package dev.ftj.sandbox;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a path leads to.
 *
 * @param segment the path segment that names a job, still encoded; empty where the path is about no single job
 */
record Route(Place place, String segment) {
    private static final String FINE_TUNE = Api.VERSION_PATH + "/fine-tune/";
    private static final String JOBS = FINE_TUNE + "jobs";

    /** The resources, each with the methods that it knows. */
    enum Place {
        NODE("GET"),
        JOBS("GET", "POST"),
        JOB("GET", "DELETE"),
        STOP("PUT"),
        CANCEL("PUT"),
        METRICS("GET");

        @SuppressWarnings("ImmutableEnumChecker") // made by List.of
        private final List<String> methods;

        Place(String... methods) {
            this.methods = List.of(methods);
        }

        boolean knows(String method) {
            return methods.contains(method);
        }

        /** As the header {@code Allow} has it. */
        String allowed() {
            return String.join(", ", methods);
        }
    }

    /** Null where the path leads nowhere. */
    static @Nullable Route of(String rawPath) {
        if (rawPath.equals(JOBS)) {
            return new Route(Place.JOBS, "");
        }
        if (rawPath.equals(FINE_TUNE + "status")) {
            return new Route(Place.NODE, "");
        }
        if (!rawPath.startsWith(JOBS + "/")) {
            return null;
        }
        String rest = rawPath.substring(JOBS.length() + 1);
        int slash = rest.indexOf('/');
        String segment = slash < 0 ? rest : rest.substring(0, slash);
        Place place = slash < 0 ? Place.JOB : below(rest.substring(slash + 1));
        return segment.isEmpty() || place == null ? null : new Route(place, segment);
    }

    private static @Nullable Place below(String rest) {
        return switch (rest) {
            case "stop" -> Place.STOP;
            case "cancel" -> Place.CANCEL;
            case "metrics" -> Place.METRICS;
            default -> null;
        };
    }
}
