package dev.ftj.shell.args;

import dev.ftj.JobStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The candidates for a word that is being typed. They are no restriction: if a command's spec names no choices, any
 * other word may stand there, too.
 *
 * @param kind the kind of the candidates
 * @param words the words themselves, if they are fixed; empty if there are none
 */
public record Suggestions(Kind kind, List<String> words) {
    /** The source of the words. */
    public enum Kind {
        WORDS,
        FILES,
        /** Uploaded files, and files on this machine. */
        DATASETS,
        JOBS,
        COMMANDS
    }

    private static final List<String> FIELDS = List.of(
            "status",
            "name",
            "id",
            "inference_config_path",
            "config.model",
            "config.datasets",
            "config.datasets[0].file_ids",
            "created_at",
            "updated_at",
            "uuid",
            "org_uuid");
    private static final List<String> MODELS =
            List.of("Newton::c2_4_7b_251215a172f6d7", "Newton::c2_4_3b_251215dfe6a746");

    /**
     * Returns those for the value of an option: its choices, or the kind that its placeholder names.
     *
     * @param command the command of the line; null if none is typed yet
     */
    public static Suggestions of(Option option, @Nullable CommandSpec command) {
        List<String> choices = command == null ? option.choices() : command.choices(option);
        String placeholder = option.placeholder();
        if (!choices.isEmpty() || placeholder == null) {
            return new Suggestions(Kind.WORDS, choices);
        }
        return switch (placeholder) {
            case "FILE_ID" ->
                new Suggestions(
                        command != null && command.name().equals("check") ? Kind.FILES : Kind.DATASETS, List.of());
            case "FILE|-" -> new Suggestions(Kind.FILES, List.of());
            case "JOB" -> new Suggestions(Kind.JOBS, List.of());
            case "PATH" -> new Suggestions(Kind.WORDS, FIELDS);
            case "MODEL" -> new Suggestions(Kind.WORDS, MODELS);
            case "STATUS" ->
                new Suggestions(
                        Kind.WORDS,
                        JobStatus.documented().stream().map(JobStatus::value).toList());
            default -> new Suggestions(Kind.WORDS, List.of());
        };
    }

    /** For the arguments of a command. */
    public static Suggestions of(Parameters parameters) {
        if (parameters.jobs()) {
            return new Suggestions(Kind.JOBS, List.of());
        }
        if (parameters.usage().contains("FILE...")) {
            return new Suggestions(Kind.FILES, List.of());
        }
        if (parameters.usage().equals("[FILE_ID]")) {
            return new Suggestions(Kind.DATASETS, List.of());
        }
        return parameters.usage().equals("[COMMAND]")
                ? new Suggestions(Kind.COMMANDS, List.of())
                : new Suggestions(Kind.WORDS, parameters.choices());
    }
}
