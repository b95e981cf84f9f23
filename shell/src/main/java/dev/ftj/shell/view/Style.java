package dev.ftj.shell.view;

import dev.ftj.JobStatus;
import java.util.List;

/** The few colours that there are, or none. */
public record Style(boolean coloured) {
    private static final String RESET = "\u001b[0m";
    private static final List<String> CURVES = List.of("36", "33", "35", "32");

    String bold(String text) {
        return painted("1", text);
    }

    String dim(String text) {
        return painted("2", text);
    }

    String error(String text) {
        return painted("31", text);
    }

    String good(String text) {
        return painted("32", text);
    }

    /** A status in its colour: green went well, red did not, yellow is on request, cyan is under way. */
    String status(String word) {
        JobStatus status = JobStatus.of(word);
        if (status.equals(JobStatus.COMPLETED)) {
            return painted("1;32", word);
        }
        if (status.equals(JobStatus.FAILED)) {
            return painted("1;31", word);
        }
        if (status.equals(JobStatus.CANCELLED)
                || status.equals(JobStatus.STOPPED)
                || status.equals(JobStatus.STOPPING)) {
            return painted("1;33", word);
        }
        return status.isDocumented() && !status.equals(JobStatus.UNKNOWN)
                ? painted("1;36", word)
                : painted("1;35", word);
    }

    /** One of several lines in a plot. */
    String curve(int index, String text) {
        return painted(CURVES.get(index % CURVES.size()), text);
    }

    private String painted(String code, String text) {
        return coloured ? "\u001b[" + code + "m" + text + RESET : text;
    }
}
