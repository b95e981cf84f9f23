package dev.ftj;

import dev.ftj.FineTuneJob.Role;
import dev.ftj.FineTuneJob.Row;
import dev.ftj.internal.text.HtmlEscaper;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Jobs as HTML for a notebook: a fragment that needs no other resources and does not affect the page around it. It takes
 * the page's own text colour, on no background, so that it is as readable on dark as on light; if a viewer drops the
 * style element, a plain table remains. No attribute holds anything of a server's.
 */
final class JobHtml {
    private static final String STYLE = """
            <style>
            .ftj-job { width: fit-content; max-width: 100%; box-sizing: border-box; overflow-x: auto; margin: 4px 0;
              padding: 6px 12px; border: 1px solid rgba(128, 128, 128, .45); border-radius: 8px; color: inherit }
            .ftj-job table.ftj-rows { margin: 0; border: 0; border-collapse: collapse; font-size: 14px; line-height: 1.5 }
            .ftj-job .ftj-rows tr:nth-child(n) { background: none; border: 0 }
            .ftj-job .ftj-rows th, .ftj-job .ftj-rows td { padding: 2px 18px 2px 0; border: 0; background: none;
              color: inherit; text-align: left; vertical-align: top; white-space: normal; max-width: none }
            .ftj-job .ftj-rows th { font-weight: normal; white-space: nowrap; opacity: .75 }
            .ftj-job .ftj-rows td { overflow-wrap: anywhere }
            .ftj-job .ftj-many td { white-space: nowrap }
            .ftj-job .ftj-many td.ftj-text { min-width: 14em; max-width: 24em; white-space: normal;
              overflow-wrap: anywhere }
            .ftj-job .ftj-many td.ftj-line { white-space: normal }
            .ftj-job .ftj-many tbody tr:nth-child(n) { border-top: 1px solid rgba(128, 128, 128, .3) }
            </style>
            """;

    /** The columns of a table, by the labels of the card's rows. */
    private static final List<String> COLUMNS = List.of("id", "status", "name", "model", "updated", "inference config");

    private JobHtml() {}

    /** One job: a row for each row of its card. */
    static String card(JobCard card) {
        return framed("""
                <table class="ftj-rows"><tbody>
                %s</tbody></table>
                """.formatted(card.rows().stream()
                .map(row -> "<tr><th scope=\"row\">" + HtmlEscaper.html(row.label()) + "</th><td>" + values(row)
                        + "</td></tr>\n")
                .collect(Collectors.joining())));
    }

    /** Many jobs: a row for each, or a line with the failure if there is no record. */
    static String table(Collection<JobResult> results) {
        String head = results.stream().allMatch(result -> result.job() == null)
                ? ""
                : COLUMNS.stream()
                        .map(label -> "<th scope=\"col\">" + label + "</th>")
                        .collect(Collectors.joining("", "<thead>\n<tr>", "</tr>\n</thead>"));
        String body = results.isEmpty()
                ? across("no jobs")
                : results.stream().map(JobHtml::line).collect(Collectors.joining());
        return framed("""
                <table class="ftj-rows ftj-many">%s<tbody>
                %s</tbody></table>
                """.formatted(head, body));
    }

    private static String framed(String table) {
        return "<div class=\"ftj-job\">\n" + STYLE + table + "</div>";
    }

    private static String line(JobResult result) {
        if (result.job() == null) {
            String failure = result.failure() == null
                    ? result.toString()
                    : String.valueOf(result.failure().getMessage());
            return across(failure.lines().map(HtmlEscaper::html).collect(Collectors.joining("<br>")));
        }
        List<Row> rows = JobCard.of(result.job()).rows();
        return COLUMNS.stream().map(label -> cell(label, rows)).collect(Collectors.joining("", "<tr>", "</tr>\n"));
    }

    private static String across(String html) {
        return "<tr><td class=\"ftj-line\" colspan=\"" + COLUMNS.size() + "\">" + html + "</td></tr>\n";
    }

    /** A field that is not documented may have any name, a column's too: it is none of them. */
    private static String cell(String label, List<Row> rows) {
        String value = rows.stream()
                .filter(row -> row.role() != Role.OTHER)
                .filter(row -> row.label().equals(label)
                        || (label.equals("id") && row.label().equals("uuid")))
                .findFirst()
                .map(JobHtml::values)
                .orElse("");
        return (label.equals("name") ? "<td class=\"ftj-text\">" : "<td>") + value + "</td>";
    }

    private static String values(Row row) {
        return row.values().stream().map(value -> value(value, row.role())).collect(Collectors.joining("<br>"));
    }

    private static String value(String value, Role role) {
        return switch (role) {
            case NAME -> "<strong>" + HtmlEscaper.html(value) + "</strong>";
            case STATUS -> badge(value);
            default -> HtmlEscaper.html(value);
        };
    }

    /** The word on its colour, which is the element's own: it stays if the style element is dropped, and in print. */
    private static String badge(String word) {
        return "<strong style=\"background:" + colour(JobStatus.of(word)) + ";color:#fff;padding:1px 8px;"
                + "border-radius:10px;font-size:12px;-webkit-print-color-adjust:exact;print-color-adjust:exact\">"
                + HtmlEscaper.html(word) + "</strong>";
    }

    /** Green went well, red did not, yellow is on request, blue is under way; white is readable on each. */
    private static String colour(JobStatus status) {
        if (status.equals(JobStatus.COMPLETED)) {
            return "#1a7f37";
        }
        if (status.equals(JobStatus.FAILED)) {
            return "#c62828";
        }
        if (status.equals(JobStatus.CANCELLED)
                || status.equals(JobStatus.STOPPED)
                || status.equals(JobStatus.STOPPING)) {
            return "#8a5a00";
        }
        return status.isDocumented() && !status.equals(JobStatus.UNKNOWN) ? "#0b6e8a" : "#7a3e9d";
    }
}
