package dev.ftj.sandbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * The parameters of a listing.
 *
 * @param limit how many at most; -1 for all
 * @param offset how many to leave out before that
 * @param statuses the only ones to list; empty for all
 */
record Query(long limit, long offset, List<String> statuses) {
    private static final List<String> STATUSES = List.of(
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
    private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9]+");

    Query {
        statuses = List.copyOf(statuses);
    }

    /**
     * Reads the query part of a target; parameters that it does not know are left alone.
     *
     * @param raw still encoded, maybe empty
     * @param invalid told what is wrong
     */
    static Query of(String raw, Invalid invalid) {
        long limit = -1;
        long offset = 0;
        List<String> statuses = new ArrayList<>();
        for (String pair : raw.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
            String value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
            switch (name) {
                case "limit" -> limit = number(name, value, -1, invalid);
                case "offset" -> offset = number(name, value, 0, invalid);
                case "statuses" -> {
                    if (!STATUSES.contains(value)) {
                        String all = String.join("', '", STATUSES);
                        invalid.add(
                                List.of("query", name, statuses.size()),
                                "enum",
                                "Input should be one of '" + all + "'");
                    }
                    statuses.add(value);
                }
                default -> {}
            }
        }
        return new Query(limit, offset, statuses);
    }

    boolean wants(String status) {
        return statuses.isEmpty() || statuses.contains(status);
    }

    /** The part of these that was asked for. */
    <T> List<T> page(List<T> all) {
        int from = (int) Math.min(offset, all.size());
        int count = (int) (limit < 0 ? all.size() - from : Math.min(limit, all.size() - from));
        return all.subList(from, from + count);
    }

    private static long number(String name, String value, long least, Invalid invalid) {
        long number = least;
        if (!INTEGER.matcher(value).matches()) {
            invalid.add(
                    List.of("query", name),
                    "int_parsing",
                    "Input should be a valid integer, unable to parse string as an integer");
            return number;
        }
        try {
            number = Long.parseLong(value);
        } catch (NumberFormatException e) {
            invalid.add(
                    List.of("query", name),
                    "int_parsing_size",
                    "Unable to parse input string as an integer, exceeded maximum size");
            return number;
        }
        if (number < least) {
            invalid.add(
                    List.of("query", name), "greater_than_equal", "Input should be greater than or equal to " + least);
        }
        return number;
    }

    private static String decoded(String text) {
        return Objects.requireNonNullElse(Percent.decode(text.replace('+', ' ')), "\ufffd");
    }
}
