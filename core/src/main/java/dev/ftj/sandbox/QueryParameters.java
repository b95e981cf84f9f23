package dev.ftj.sandbox;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The query parameters of lists and metrics.
 *
 * @param limit the maximum number of items; -1 for all
 * @param offset the number of items to skip
 * @param statuses the statuses to list; empty for all
 */
record QueryParameters(long limit, long offset, List<String> statuses) {
    private static final Set<String> STATUSES = Set.of(
            "UNKNOWN",
            "REGISTERED",
            "STARTING",
            "RUNNING",
            "COMPLETED",
            "FINALIZING",
            "STOPPING",
            "STOPPED",
            "CANCELLED",
            "FAILED");

    QueryParameters {
        statuses = List.copyOf(statuses);
    }

    /**
     * Parses a query; unknown parameters are ignored.
     *
     * @param raw percent-encoded, may be empty
     * @throws ErrorResponse if a value is invalid
     */
    static QueryParameters parse(String raw) {
        long limit = -1;
        long offset = 0;
        List<String> statuses = new ArrayList<>();
        for (String pair : raw.split("&")) {
            String[] parts = URLDecoder.decode(pair, StandardCharsets.UTF_8).split("=", 2);
            String value = parts.length == 1 ? "" : parts[1];
            switch (parts[0]) {
                case "limit" -> limit = number("limit", value, -1);
                case "offset" -> offset = number("offset", value, 0);
                case "statuses" -> statuses.add(value);
                default -> {}
            }
        }
        if (!STATUSES.containsAll(statuses)) {
            throw ErrorResponse.invalid("query.statuses", "must be one of the documented statuses");
        }
        return new QueryParameters(limit, offset, statuses);
    }

    boolean selects(String status) {
        return statuses.isEmpty() || statuses.contains(status);
    }

    /** Returns the requested part of a list. */
    <T> List<T> page(List<T> all) {
        int from = (int) Math.min(offset, all.size());
        int count = (int) (limit < 0 ? all.size() - from : Math.min(limit, all.size() - from));
        return all.subList(from, from + count);
    }

    private static long number(String name, String value, long least) {
        try {
            long number = Long.parseLong(value);
            if (number >= least) {
                return number;
            }
        } catch (NumberFormatException e) {
            // reported below
        }
        throw ErrorResponse.invalid("query." + name, "must be an integer of at least " + least);
    }
}
