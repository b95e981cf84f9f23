package dev.ftj.shell.command;

import dev.ftj.FineTuneJob;
import dev.ftj.JobStatus;
import java.util.Comparator;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Compares jobs by one field. A job without a value comes last, ascending and descending.
 */
record JobComparator(
        Function<FineTuneJob, @Nullable Comparable<?>> key, Comparator<@Nullable Comparable<?>> comparator) {

    /** @param field a value of {@code --sort} */
    static JobComparator of(String field) {
        boolean descending = field.startsWith("-");
        Comparator<Comparable<?>> ascending = JobComparator::compare;
        return new JobComparator(
                key(descending ? field.substring(1) : field),
                Comparator.nullsLast(descending ? ascending.reversed() : ascending));
    }

    private static Function<FineTuneJob, @Nullable Comparable<?>> key(String field) {
        return switch (field) {
            case "created" -> FineTuneJob::createdAt;
            case "updated" -> FineTuneJob::updatedAt;
            case "name" -> FineTuneJob::name;
            case "status" -> JobComparator::status;
            case "model" -> FineTuneJob::model;
            case "inference_config_path" -> FineTuneJob::inferenceConfigPath;
            case "id" -> job -> job.idOrUuid();
            default -> throw new IllegalArgumentException(field);
        };
    }

    private static @Nullable String status(FineTuneJob job) {
        JobStatus status = job.status();
        return status == null ? null : status.canonical().value();
    }

    /** Both are values of one field, and so of one type. */
    @SuppressWarnings("unchecked")
    private static int compare(Comparable<?> one, Comparable<?> other) {
        return ((Comparable<Object>) one).compareTo(other);
    }
}
