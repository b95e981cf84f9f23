package dev.ftj;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class MetricsPictureTest {
    private static final String EVIL =
            "</text><script>alert(1)</script><img src=x onerror=y>&\\\"' \\u001b[2J\\u202e" + "\\u0000\\uffff loss";

    private static Document svg(JobMetrics metrics) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(metrics.toSvg())));
    }

    private static JobMetrics hostile() {
        return new JobMetrics(
                "<b>" + "\u202e",
                Map.of(),
                List.of("{\"step\":1,\"" + EVIL + "\":1,\"x" + EVIL + "\":2}", "{\"step\":2,\"" + EVIL + "\":3}"));
    }

    @Test
    void hostileNamesAreShownAndNothingElse() throws Exception {
        NodeList all = svg(hostile()).getElementsByTagName("*");
        for (int i = 0; i < all.getLength(); i++) {
            assertThat(all.item(i).getNodeName()).isIn("svg", "title", "rect", "text", "tspan", "path", "circle");
        }
        assertThat(hostile().toSvg())
                .contains("&lt;/text&gt;&lt;script&gt;")
                .contains("&lt;b&gt;\\u202e")
                .doesNotContain("<script")
                .doesNotContain("\u202e")
                .doesNotContain("\u001b");
        assertThat(hostile().toHtml())
                .contains("&lt;script&gt;")
                .doesNotContain("<script")
                .doesNotContain("<img")
                .doesNotContain("\uFFFF");
    }

    @Test
    void thePictureFetchesNothingAndHasNoIdThatAnotherCouldHave() {
        JobMetrics metrics = JobMetrics.fromJson("[{\"step\":1,\"loss\":1,\"eval_loss\":2}]");

        assertThat(metrics.toHtml().replace("http://www.w3.org/2000/svg", ""))
                .doesNotContain("http")
                .doesNotContain("url(")
                .doesNotContain("href")
                .doesNotContain(" id=")
                .doesNotContain("@import");
    }

    @Test
    void bothLossesAreNamedAndTheBestIsRinged() throws Exception {
        JobMetrics metrics = JobMetrics.fromJson(
                "[{\"step\":1,\"loss\":3,\"eval_loss\":2,\"lr\":5},"
                        + "{\"step\":2,\"loss\":2,\"eval_loss\":1.25,\"lr\":4},{\"step\":3,\"loss\":1,\"eval_loss\":1.5,\"lr\":3}]");

        String text = svg(metrics).getDocumentElement().getTextContent();
        assertThat(text).contains("loss", "eval_loss", "best eval_loss 1.25 at step 2", "step");
        assertThat(text).doesNotContain("lr");
        assertThat(svg(metrics).getElementsByTagName("circle").getLength()).isEqualTo(2);
        assertThat(metrics.toHtml())
                .contains("<th scope=\"row\">lr</th><td>3</td><td>3</td><td></td><td></td>")
                .contains("<th scope=\"row\">eval_loss</th><td>1.5</td><td>3</td><td>1.25</td><td>2</td>");
    }

    @Test
    void thereIsABestColumnOnlyWhereSomethingHasABest() {
        assertThat(JobMetrics.fromJson("[{\"step\":1,\"lr\":1,\"epoch\":0.5}]").toHtml())
                .contains("<th scope=\"col\">last</th><th scope=\"col\">at step</th></tr>")
                .doesNotContain("best");
    }

    @Test
    void recordsWithoutStepsAreCountedAndTheAxisSaysSo() throws Exception {
        JobMetrics metrics = JobMetrics.fromJson("[{\"eval_loss\":3},{\"eval_loss\":1.5},{\"eval_loss\":2}]");

        assertThat(svg(metrics).getDocumentElement().getTextContent())
                .contains("record", "best eval_loss 1.5 at record 2")
                .doesNotContain("step");
        assertThat(metrics.toHtml())
                .contains("at record</th>", "<td>2</td><td>3</td><td>1.5</td><td>2</td>")
                .doesNotContain("at step");
    }

    @Test
    void bothAxesAreNamed() throws Exception {
        assertThat(texts("[{\"step\":1,\"eval_loss\":1},{\"step\":2,\"eval_loss\":2}]"))
                .contains("step", "eval_loss");
        assertThat(texts("[{\"step\":1,\"loss\":1,\"eval_loss\":2}]")).contains("step", "loss");
        assertThat(texts("[{\"step\":1,\"accuracy\":1}]").stream().filter("accuracy"::equals))
                .hasSize(2);
    }

    private static List<String> texts(String json) throws Exception {
        NodeList texts = svg(JobMetrics.fromJson(json)).getElementsByTagName("text");
        return IntStream.range(0, texts.getLength())
                .mapToObj(i -> texts.item(i).getTextContent())
                .toList();
    }

    @Test
    void twoValuesAreJoinedHoweverFarApart() {
        assertThat(line("[{\"step\":1,\"eval_loss\":4,\"loss\":1},{\"step\":2,\"loss\":1},{\"step\":3,\"loss\":1},"
                        + "{\"step\":4,\"eval_loss\":2,\"loss\":1}]"))
                .matches("M[\\d. ]+L[\\d. ]+");
    }

    @Test
    void aRunWithoutOneNumberSaysWhatItHas() throws Exception {
        assertThat(texts("[{\"step\":10,\"loss\":NaN},{\"step\":20,\"loss\":NaN}]"))
                .contains("nothing to draw yet", "loss: NaN since step 10");
    }

    @Test
    void aLoneValueIsADotAndNoLine() throws Exception {
        Document svg = svg(JobMetrics.fromJson("[{\"step\":200,\"loss\":1.842}]"));

        assertThat(drawn(svg, "stroke-linecap")).isEqualTo(1);
        assertThat(drawn(svg, "stroke-linejoin")).isZero();
    }

    @Test
    void aGapBreaksTheLine() {
        String whole = line(
                "[{\"step\":1,\"loss\":4},{\"step\":2,\"loss\":3},{\"step\":3,\"loss\":2},{\"step\":4,\"loss\":1}]");
        String broken = line("[{\"step\":1,\"loss\":4},{\"step\":2,\"loss\":3},{\"step\":2.5,\"loss\":null},"
                + "{\"step\":3,\"loss\":2},{\"step\":4,\"loss\":1}]");

        assertThat(whole.chars().filter(c -> c == 'M')).hasSize(1);
        assertThat(broken.chars().filter(c -> c == 'M')).hasSize(2);
    }

    private static String line(String json) {
        String svg = JobMetrics.fromJson(json).toSvg();
        int end = svg.indexOf("\" stroke-linejoin");
        return svg.substring(svg.lastIndexOf(" d=\"", end) + 4, end);
    }

    private static int drawn(Document svg, String attribute) {
        NodeList paths = svg.getElementsByTagName("path");
        int found = 0;
        for (int i = 0; i < paths.getLength(); i++) {
            found += ((Element) paths.item(i)).hasAttribute(attribute) ? 1 : 0;
        }
        return found;
    }

    @Test
    void noNumberLeadsOutOfThePicture() throws Exception {
        for (String loss : new String[] {"1e308", "-1e308", "5e-324", "0", "123456789012345678", "1e-9"}) {
            for (String step : new String[] {"0", "-5", "1e300", "3e-300", "1e15"}) {
                JobMetrics metrics = JobMetrics.fromJson("[{\"step\":1,\"loss\":1},{\"step\":" + step + ",\"loss\":"
                        + loss + "},{\"step\":" + step + ",\"loss\":-1e308}]");
                assertThat(svg(metrics).getDocumentElement().getTextContent()).contains("loss");
                assertThat(metrics.toSvg())
                        .doesNotContain("NaN")
                        .doesNotContain("Infinity")
                        .doesNotContainPattern("[ \"ML]-?\\d{5,}");
            }
        }
    }
}
