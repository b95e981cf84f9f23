package dev.ftj.shell.args;

import dev.ftj.FineTuneException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One parsed command line, checked against the command's spec. {@link Commands} makes it, from argv and from the prompt
 * alike.
 *
 * @param command the command's name; empty if the line names none
 * @param options the options as they were given, in their order
 * @param words the arguments, without the command's name
 * @param literalFrom the index of the first argument after {@code --}, after which a lone {@code -} is an id and not stdin;
 *     {@link #NONE_LITERAL} if there is no {@code --}
 */
public record CommandLine(String command, List<Given> options, List<String> words, int literalFrom) {
    static final int NONE_LITERAL = Integer.MAX_VALUE;

    /** No command, no option, no argument. */
    public static final CommandLine EMPTY = new CommandLine("", List.of(), List.of(), NONE_LITERAL);

    /**
     * An option as it was given.
     *
     * @param value {@code true} for a flag
     */
    public record Given(Option option, String value) {}

    private static final Duration SHORTEST_INTERVAL = Duration.ofMillis(200);

    private static final Pattern DECIMAL = Pattern.compile("[0-9]+(?:\\.[0-9]+)?");
    private static final int DATE_LENGTH = "2026-11-20".length();
    private static final Pattern PORT = Pattern.compile("[0-9]{1,5}");

    public CommandLine {
        options = List.copyOf(options);
        words = List.copyOf(words);
    }

    /** Returns a line of options only. */
    public static CommandLine ofOptions(List<Given> options) {
        return new CommandLine("", options, List.of(), NONE_LITERAL);
    }

    /** Returns whether an argument follows {@code --}, after which a lone {@code -} is an id and not stdin. */
    public boolean isLiteral(int index) {
        return index >= literalFrom;
    }

    /** Returns whether the arguments name one job, so that the output is an object and not an array. */
    public boolean namesOneJob() {
        return words.size() == 1 && (!words.get(0).equals("-") || isLiteral(0));
    }

    /** Returns whether an option was given. */
    public boolean has(Option option) {
        return value(option) != null;
    }

    /** Returns how many times a flag was given. */
    public int count(Option option) {
        return values(option).size();
    }

    /** Returns an option's value as typed, the last one if it repeats; null if it was not given. */
    public @Nullable String value(Option option) {
        String value = null;
        for (Given given : options) {
            if (given.option() == option) {
                value = given.value();
            }
        }
        return value;
    }

    /** Returns all values of an option that {@linkplain Option#repeats() repeats}, as typed and in their order. */
    public List<String> values(Option option) {
        List<String> values = new ArrayList<>();
        for (Given given : options) {
            if (given.option() == option) {
                values.add(given.value());
            }
        }
        return values;
    }

    /** Returns the values of an option that also takes several values with commas between, trimmed, none empty. */
    public List<String> listed(Option option) {
        List<String> listed = new ArrayList<>();
        for (String value : values(option)) {
            List<String> several = Stream.of(value.split(","))
                    .map(String::strip)
                    .filter(one -> !one.isEmpty())
                    .toList();
            if (several.isEmpty()) {
                throw wrong(option, value, "Write " + option.placeholder() + ", or several with commas between");
            }
            listed.addAll(several);
        }
        return listed;
    }

    /** Returns an option's value, which must be one of its choices; null if it was not given. */
    public @Nullable String oneOf(Option option) {
        String value = value(option);
        if (value != null && !option.choices().contains(value)) {
            throw wrong(option, value, DidYouMean.choice(value, option.choices()));
        }
        return value;
    }

    /**
     * Returns an option's value as a duration: {@code 90s}, {@code 1h30m}, {@code 7d}, {@code 1w}, or ISO 8601.
     *
     * @return more than zero and less than 292 years; null if the option was not given
     * @throws FineTuneException of kind {@code USAGE} for any other value
     */
    public @Nullable Duration duration(Option option) {
        String value = value(option);
        if (value == null) {
            return null;
        }
        Duration duration = Durations.parse(value);
        if (duration == null) {
            throw wrong(
                    option,
                    value,
                    value.matches("[1-9][0-9]*")
                            ? "It has no unit: write " + value + "s or " + value + "m"
                            : "Write a time of more than zero, such as 90s, 5m, 1h30m or PT90S");
        }
        return duration;
    }

    /**
     * Returns an option's value as an instant: a duration before now, or a date or time, in the local zone unless it
     * has one.
     *
     * @return null if the option was not given
     * @throws FineTuneException of kind {@code USAGE} for any other value
     */
    public @Nullable Instant moment(Option option) {
        String value = value(option);
        if (value == null) {
            return null;
        }
        String text = value.strip();
        Duration age = Durations.parse(text);
        try {
            return age != null ? Instant.now().minus(age) : moment(text);
        } catch (DateTimeParseException e) {
            throw wrong(option, value, "Write an age such as 90m, 24h, 7d or 1w, or a date such as 2026-11-20");
        } catch (DateTimeException | ArithmeticException e) {
            return Instant.MIN;
        }
    }

    private static Instant moment(String text) {
        if (text.length() == DATE_LENGTH) {
            return LocalDate.parse(text).atStartOfDay(ZoneId.systemDefault()).toInstant();
        }
        TemporalAccessor time = DateTimeFormatter.ISO_DATE_TIME.parseBest(
                text.replace(' ', 'T'), OffsetDateTime::from, LocalDateTime::from);
        return time instanceof OffsetDateTime zoned
                ? zoned.toInstant()
                : ((LocalDateTime) time).atZone(ZoneId.systemDefault()).toInstant();
    }

    /**
     * Returns an option's value as a number, such as {@code 60} or {@code 0.5}.
     *
     * @return finite and more than zero; null if the option was not given
     * @throws FineTuneException of kind {@code USAGE} for any other value
     */
    public @Nullable Double factor(Option option) {
        String value = value(option);
        if (value == null) {
            return null;
        }
        double factor = DECIMAL.matcher(value).matches() ? Double.parseDouble(value) : 0;
        if (!(factor > 0) || Double.isInfinite(factor)) {
            throw wrong(option, value, "Write a number of more than zero, such as 60 or 0.5");
        }
        return factor;
    }

    /**
     * Returns an option's value as an integer.
     *
     * @param least the smallest valid number
     * @param otherwise the number if the option was not given
     * @throws FineTuneException of kind {@code USAGE} for any other value
     */
    public int number(Option option, int least, int otherwise) {
        String value = value(option);
        if (value == null) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(value);
            if (number >= least) {
                return number;
            }
        } catch (NumberFormatException e) {
            // reported below, as a number that is too small is
        }
        throw wrong(option, value, "Write a whole number, " + least + " or more");
    }

    /**
     * Returns an option's value as a TCP port.
     *
     * @return 1 to 65535; null if the option was not given
     * @throws FineTuneException of kind {@code USAGE} for any other value
     */
    public @Nullable Integer port(Option option) {
        String value = value(option);
        if (value == null) {
            return null;
        }
        int port = PORT.matcher(value).matches() ? Integer.parseInt(value) : 0;
        if (port < 1 || port > 0xFFFF) {
            throw wrong(option, value, "Write a number from 1 to 65535");
        }
        return port;
    }

    /**
     * Returns the polling interval.
     *
     * @return 200 ms or more; null if it was not given
     * @throws FineTuneException of kind {@code USAGE} for any other value
     */
    public @Nullable Duration interval() {
        Duration interval = duration(Option.INTERVAL);
        if (interval != null && interval.compareTo(SHORTEST_INTERVAL) < 0) {
            throw wrong(Option.INTERVAL, String.valueOf(value(Option.INTERVAL)), "200ms at least");
        }
        return interval;
    }

    /** Returns this line without an option. */
    public CommandLine without(Option option) {
        List<Given> others = new ArrayList<>();
        for (Given given : options) {
            if (given.option() != option) {
                others.add(given);
            }
        }
        return new CommandLine(command, others, words, literalFrom);
    }

    /** Returns this line with one value of an option, which replaces those that it has. */
    public CommandLine with(Option option, String value) {
        List<Given> changed = new ArrayList<>(without(option).options);
        changed.add(new Given(option, value));
        return new CommandLine(command, changed, words, literalFrom);
    }

    /** Returns this line with options that stand before its own. */
    public CommandLine withDefaults(List<Given> defaults) {
        if (defaults.isEmpty()) {
            return this;
        }
        List<Given> all = new ArrayList<>(defaults);
        all.addAll(options);
        return new CommandLine(command, all, words, literalFrom);
    }

    private static FineTuneException wrong(Option option, String value, @Nullable String hint) {
        String what = "invalid value for " + option.spelling() + ": " + ArgumentParser.shown(value);
        return FineTuneException.of(FineTuneException.Kind.USAGE, what, hint);
    }
}
