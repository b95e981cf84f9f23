package dev.ftj;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ftj.FineTuneException.Kind;
import dev.ftj.internal.text.HtmlEscaper;
import dev.ftj.internal.text.ZonedClock;
import java.io.StringReader;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.TimeZone;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** The fragments are read as the tree that they are: they happen to be well-formed XML, too, but for the line break. */
class JobHtmlTest {
    private static final ZonedClock CLOCK =
            ZonedClock.of(InstantSource.fixed(Instant.parse("2026-04-27T16:00:00Z")), TimeZone.getTimeZone("UTC"));
    private static final String EVIL = "</td></table><script>alert(1)</script><img src=x onerror=alert(1)>"
            + "<a href='javascript:alert(1)'>\\\"&amp;&#60;</style>";

    private static FineTuneJob job(String fields) {
        return FineTuneJob.fromJson("{\"id\": \"ftj-1\"" + (fields.isEmpty() ? "" : ", ") + fields + "}");
    }

    private static Document tree(String html) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(html.replace("<br>", "<br/>"))));
    }

    private static List<Element> elements(String html, String name) throws Exception {
        NodeList found = tree(html).getElementsByTagName(name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) {
            elements.add((Element) found.item(i));
        }
        return elements;
    }

    private static List<String> texts(String html, String name) throws Exception {
        return elements(html, name).stream().map(Element::getTextContent).toList();
    }

    @Test
    void theModelOfTheNewerApiIsAFieldAsThatOfTheOlderOne() throws Exception {
        FineTuneJob newer = job("\"status\": \"RUNNING\", \"model\": \"omega\", \"fine_tuned_model\": null");
        FineTuneJob older = job("\"model\": \"top\", \"config\": {\"model\": \"inner\"}");

        assertThat(newer.model()).isEqualTo("omega");
        assertThat(older.model()).isEqualTo("inner");
        assertThat(job("\"config\": {}").model()).isNull();
        assertThat(texts(FineTuneJob.toHtml(List.of(newer, older)), "td")).contains("omega", "inner");
        assertThat(newer.rows().stream().filter(row -> row.label().equals("model")))
                .containsExactly(new FineTuneJob.Row("model", List.of("omega"), FineTuneJob.Role.FIELD));
        assertThat(older.rows().stream().filter(row -> row.label().equals("model")))
                .containsExactly(
                        new FineTuneJob.Row("model", List.of("inner"), FineTuneJob.Role.FIELD),
                        new FineTuneJob.Row("model", List.of("top"), FineTuneJob.Role.OTHER));
    }

    @Test
    void theCardHasEveryRowOfTheTextCard() throws Exception {
        JobCard card = JobCard.of(job("""
                        "name": "run", "status": "RUNNING", "created_at": "2026-04-27T15:00:00Z", "new": [1, 2],
                        "config": {"model": "m", "datasets": [{"name": "a"}, {"name": "b", "split": "eval"}]}"""), CLOCK);
        String html = JobHtml.card(card);
        assertThat(texts(html, "th"))
                .isEqualTo(card.rows().stream().map(FineTuneJob.Row::label).toList());
        assertThat(texts(html, "td"))
                .isEqualTo(card.rows().stream()
                        .map(row -> String.join("", row.values()))
                        .toList());
        assertThat(html).contains("today 15:00, 1 h ago", "a<br>b (eval)");
    }

    @Test
    void theStatusIsAWordOnAColour() throws Exception {
        List<String> colours = new ArrayList<>();
        for (String status : List.of("COMPLETED", "FAILED", "STOPPED", "RUNNING", "PAUSED")) {
            Element badge = elements(job("\"status\": \"" + status + "\"").toHtml(), "strong")
                    .get(0);
            assertThat(badge.getTextContent()).isEqualTo(status);
            colours.add(badge.getAttribute("style"));
        }
        assertThat(colours).doesNotHaveDuplicates().allMatch(style -> style.matches(".*background:#[0-9a-f]{6};.*"));
    }

    static Stream<String> hostileRecordsAreTextAlone() {
        return Stream.of(
                "\"name\": \"" + EVIL + "\"",
                "\"status\": \"" + EVIL + "\"",
                "\"inference_config_path\": \"" + EVIL + "\"",
                "\"" + EVIL + "\": \"" + EVIL + "\"",
                "\"config\": {\"model\": \"" + EVIL + "\", \"datasets\": [{\"name\": \"" + EVIL + "\"}], \"" + EVIL
                        + "\": 1}",
                "\"created_at\": \"" + EVIL + "\", \"updated_at\": \"" + EVIL + "\"");
    }

    @ParameterizedTest
    @MethodSource
    void hostileRecordsAreTextAlone(String fields) throws Exception {
        FineTuneJob job = job(fields);
        for (String html : List.of(job.toHtml(), FineTuneJob.toHtml(List.of(job)))) {
            NodeList all = tree(html).getElementsByTagName("*");
            for (int i = 0; i < all.getLength(); i++) {
                assertThat(all.item(i).getNodeName())
                        .isIn("style", "table", "thead", "tbody", "tr", "th", "td", "strong", "span", "br", "div");
                NamedNodeMap attributes = all.item(i).getAttributes();
                for (int j = 0; j < attributes.getLength(); j++) {
                    assertThat(attributes.item(j).getNodeName()).isIn("class", "style", "scope", "colspan");
                    assertThat(attributes.item(j).getNodeValue()).doesNotContain("alert", "<", ">");
                }
            }
        }
        assertThat(texts(job.toHtml(), "table").get(0)).contains("<script>alert(1)</script>", "\"&amp;&#60;</style>");
    }

    @Test
    void whatATerminalWouldActOnIsVisible() {
        assertThat(job("\"name\": \"\\u001b[2J\\u202e\\n\"").toHtml())
                .contains("<span>\\</span>u001b[2J<span>\\</span>u202e<span>\\</span>n")
                .doesNotContain("\u001b", "\u202e");
    }

    @ParameterizedTest
    @ValueSource(strings = {"$x$", "$$x$$", "\\(x\\)", "\\[x\\]", "\\begin{x}\\end{x}", "costs $5 and $6"})
    void noPieceOfTextIsAFormula(String name) throws Exception {
        String html = HtmlEscaper.html(name);
        assertThat(texts("<i>" + html + "</i>", "i")).containsExactly(name);
        // MathJax finds a formula within one run of text, never across elements
        assertThat(html.split("<[^>]*>")).noneMatch(run -> run.matches(".*(\\$.*\\$|\\\\.).*"));
    }

    @Test
    void everyRuleOfTheStylesIsWithinTheCard() throws Exception {
        String style = elements(job("").toHtml(), "style").get(0).getTextContent();
        assertThat(style.replaceAll("\\{[^}]*}", ";").split(";"))
                .filteredOn(selectors -> !selectors.isBlank())
                .hasSizeGreaterThan(3)
                .allSatisfy(selectors -> assertThat(selectors.split(","))
                        .allMatch(selector -> selector.strip().startsWith(".ftj-job")));
        assertThat(style).doesNotContain("@", "url(");
    }

    @Test
    void aTableHasARowForEachJobAndOneLineForEachFailure() throws Exception {
        FineTuneException failure = FineTuneException.ofJob(Kind.NOT_FOUND, "<b>", "not found", "Look & see");
        String html = JobResult.toHtml(List.of(
                new JobResult(
                        "ftj-1",
                        job("\"name\": \"n\", \"status\": \"FAILED\", \"updated\": \"no\", \"status \": 1"),
                        null),
                new JobResult("<b>", null, failure)));
        assertThat(texts(html, "th")).containsExactly("id", "status", "name", "model", "updated", "inference config");
        assertThat(texts(html, "td"))
                .containsExactly("ftj-1", "FAILED", "n", "", "", "none", "<b>: not found. Look & see.");
    }

    @Test
    void aJobWithoutAnIdIsKnownByItsUuid() throws Exception {
        assertThat(texts(FineTuneJob.toHtml(List.of(FineTuneJob.fromJson("{\"uuid\": \"u-1\"}"))), "td"))
                .startsWith("u-1");
    }

    @Test
    void aTableOfFailuresAloneHasNoColumns() throws Exception {
        FineTuneException failure = FineTuneException.ofJob(Kind.USAGE, "a", "no", null);
        JobResult failed = new JobResult("a", null, failure);
        String html = JobResult.toHtml(List.of(failed, failed));
        assertThat(texts(html, "td")).containsExactly("a: no.", "a: no.");
        assertThat(texts(html, "th")).isEmpty();
    }

    @Test
    void noJobsAreSaidToBeNone() throws Exception {
        assertThat(texts(FineTuneJob.toHtml(List.of()), "td")).containsExactly("no jobs");
    }

    @Test
    void aFailedResultShowsItsLine() throws Exception {
        FineTuneException failure = FineTuneException.ofJob(Kind.USAGE, "a", "one\ntwo", null);
        assertThat(texts(new JobResult("a", null, failure).toHtml(), "td")).containsExactly(failure.getMessage());
    }
}
