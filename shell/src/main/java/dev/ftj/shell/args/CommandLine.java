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
import org.springframework.shell.core.command.CommandArgument;
import org.springframework.shell.core.command.CommandOption;
import org.springframework.shell.core.command.ParsedInput;

/** Reads what {@link LineParser} has parsed, for a command. */
public final class CommandLine {
    /** The option in which a {@code ParsedInput} carries how many arguments stood before {@code --}. */
    static final String LITERAL = "--";

    private static final Duration SHORTEST_INTERVAL = Duration.ofMillis(200);

    private static final Pattern DECIMAL = Pattern.compile("[0-9]+(?:\\.[0-9]+)?");
    private static final int DATE_LENGTH = "2026-11-20".length();
    private static final Pattern PORT = Pattern.compile("[0-9]{1,5}");

    private final ParsedInput input;
    private final List<String> words;

    public CommandLine(ParsedInput input) {
        this.input = input;
        words = new ArrayList<>(input.arguments().size());
        for (CommandArgument argument : input.arguments()) {
            words.add(argument.value());
        }
    }

    /** The options as they were given. */
    public List<CommandOption> options() {
        return input.options();
    }

    /** The arguments, without the command's name. */
    public List<String> words() {
        return List.copyOf(words);
    }

    /** Whether the argument stood behind {@code --}: a lone {@code -} is an id there, not stdin. */
    public boolean isLiteral(int index) {
        String before = last(LITERAL);
        return before != null && index >= Integer.parseInt(before);
    }

    /** Whether the option was given. */
    public boolean has(Option option) {
        return last(option.longName()) != null;
    }

    /** How many times a flag was given. */
    public int count(Option option) {
        int count = 0;
        for (CommandOption given : input.options()) {
            count += option.longName().equals(given.longName()) ? 1 : 0;
        }
        return count;
    }

    /** The option's value as typed, the last one of those that repeat; null where it was not given. */
    public @Nullable String value(Option option) {
        return last(option.longName());
    }

    /** All values of an option that {@linkplain Option#repeats() repeats}, as typed and in their order. */
    public List<String> values(Option option) {
        List<String> values = new ArrayList<>();
        for (CommandOption given : input.options()) {
            if (option.longName().equals(given.longName())) {
                values.add(given.value());
            }
        }
        return values;
    }

    /** The same, where one value may hold several with commas between; without the blanks around them, and none empty. */
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

    /** The option's value out of its fixed ones; null where it was not given. */
    public @Nullable String oneOf(Option option) {
        String value = value(option);
        if (value != null && !option.choices().contains(value)) {
            throw wrong(option, value, DidYouMean.choice(value, option.choices()));
        }
        return value;
    }

    /**
     * The option's value as a duration: {@code 90s}, {@code 1h30m}, {@code 7d}, {@code 1w}, or ISO 8601.
     *
     * @return more than zero and less than 292 years; null where the option was not given
     * @throws FineTuneException of kind {@code USAGE} for any other value
     */
    public @Nullable Duration duration(Option option) {
        String value = value(option);
        if (value == null) {
            return null;
        }
        Duration duration = Durations.parse(value);
        if (duration == null) {
            throw wrong(option, value, "Write a time of more than zero, such as 90s, 5m, 1h30m or PT90S");
        }
        return duration;
    }

    /**
     * The option's value as a moment: a duration before now, or a date or time, in the local zone unless it has one.
     *
     * @return null where the option was not given
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
     * The option's value as a number, such as {@code 60} or {@code 0.5}.
     *
     * @return finite and more than zero; null where the option was not given
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
     * The option's value as a whole number.
     *
     * @param least the smallest that there may be
     * @param otherwise the number where the option was not given
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
            // told below, as one that is too small is
        }
        throw wrong(option, value, "Write a whole number, " + least + " or more");
    }

    /**
     * The option's value as a TCP port.
     *
     * @return 1 to 65535; null where the option was not given
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
     * The time between two looks.
     *
     * @return 200 ms or more; null where it was not given
     * @throws FineTuneException of kind {@code USAGE} for any other value
     */
    public @Nullable Duration interval() {
        Duration interval = duration(Option.INTERVAL);
        if (interval != null && interval.compareTo(SHORTEST_INTERVAL) < 0) {
            throw wrong(Option.INTERVAL, String.valueOf(value(Option.INTERVAL)), "200ms at least");
        }
        return interval;
    }

    /** The same without an option, whose meaning another part of the program must not see. */
    public CommandLine without(Option option) {
        List<CommandOption> others = new ArrayList<>(input.options());
        others.removeIf(given -> option.longName().equals(given.longName()));
        return new CommandLine(new ParsedInput(input.commandName(), input.subCommands(), others, input.arguments()));
    }

    /** The same with one value of an option, in place of those that it has. */
    public CommandLine with(Option option, String value) {
        List<CommandOption> options = new ArrayList<>(without(option).options());
        options.add(option(option.shortName(), option.longName(), value));
        return new CommandLine(new ParsedInput(input.commandName(), input.subCommands(), options, input.arguments()));
    }

    /** As the parser makes it: nothing null that Spring Shell would trip over. */
    static CommandOption option(char shortName, String longName, String value) {
        return new CommandOption(shortName, longName, "", false, "", value, String.class);
    }

    private @Nullable String last(String longName) {
        String value = null;
        for (CommandOption given : input.options()) {
            if (longName.equals(given.longName())) {
                value = given.value();
            }
        }
        return value;
    }

    private static FineTuneException wrong(Option option, String value, @Nullable String hint) {
        String what = "not a value of " + option.spelling() + ": " + ArgumentParser.shown(value);
        return FineTuneException.of(FineTuneException.Kind.USAGE, what, hint);
    }
}
