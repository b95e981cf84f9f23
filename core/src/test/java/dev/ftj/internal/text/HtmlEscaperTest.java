package dev.ftj.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HtmlEscaperTest {
    @Test
    void whatMarkupIsMadeOfIsEscapedAndAllElseIsSafeToShow() {
        assertThat(HtmlEscaper.escaped("a <b> & \"c\" 'd'")).isEqualTo("a &lt;b&gt; &amp; &quot;c&quot; &#39;d&#39;");
        assertThat(HtmlEscaper.escaped("\u001b\n\u202e\uFFFF\ud800")).isEqualTo("\\u001b\\n\\u202e\uFFFD\\ud800");
        assertThat(HtmlEscaper.escaped("é漢\ud83c\udf89")).isEqualTo("é漢\ud83c\udf89");
    }

    @Test
    void whatBeginsAFormulaIsSetApart() {
        assertThat(HtmlEscaper.html("$a$ \\(b\\) <"))
                .isEqualTo("<span>$</span>a<span>$</span> <span>\\</span>(b<span>\\</span>) &lt;");
        assertThat(HtmlEscaper.svg("$")).isEqualTo("<tspan>$</tspan>");
    }
}
