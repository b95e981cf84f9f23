package dev.ftj.shell.assumptions;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.prefs.AbstractPreferences;
import jdk.jshell.JShell;
import jdk.jshell.Snippet.Status;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis.Completeness;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import jdk.jshell.tool.JavaShellToolBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;

/**
 * What jdk.jshell does, from 17 to 25, that is the reason for the script runner of ftj ({@code dev.ftj.shell.jshell}). A test
 * that fails with a newer JDK names what may go there.
 */
@Timeout(120)
class JShellAssumptionsTest {
    private final JShell jshell = JShell.builder().executionEngine("local").build();

    @TempDir
    Path directory;

    @AfterEach
    void close() {
        jshell.close();
    }

    private Status status(String source) {
        return jshell.eval(source).get(0).status();
    }

    private CompletionInfo completion(String source) {
        return jshell.sourceCodeAnalysis().analyzeCompletion(source);
    }

    private List<String> faults(SnippetEvent event) {
        return jshell.diagnostics(event.snippet())
                .map(diagnostic -> diagnostic.getMessage(Locale.ROOT))
                .toList();
    }

    /** Splitter cuts a script into snippets before anything is compiled. */
    @Test
    void textAfterAFirstDeclarationIsDroppedHoweverWrongItIs() {
        assertThat(status("int a = 1; this is no Java")).isEqualTo(Status.VALID);
        assertThat(jshell.snippets()).hasSize(1);
    }

    /** Splitter takes an annotation with what it annotates. */
    @Test
    void anAnnotationOnItsOwnLineIsTakenForASnippet() {
        assertThat(completion("@Deprecated\n").completeness()).isEqualTo(Completeness.COMPLETE_WITH_SEMI);
    }

    /** Splitter knows the whole script: a statement continues in the next line where it can. */
    @Test
    void aCallThatContinuesInTheNextLineIsTakenForComplete() {
        assertThat(completion("\"a\".trim()\n").completeness()).isEqualTo(Completeness.COMPLETE);
    }

    /** Splitter keeps comments out of snippets: the lines of a snippet are those that are reported. */
    @Test
    void aCommentBehindASnippetIsConsumedWithIt() {
        assertThat(completion("int a = 1; // one").source()).isEqualTo("int a = 1; // one");
    }

    /** Splitter ends a statement without a semicolon with its line. */
    @Test
    void twoLinesWithoutASemicolonBetweenAreOneSnippetThatIsRefused() {
        String lines = "int a = 1\nint b = 2;";
        CompletionInfo info = completion(lines);
        assertThat(info.completeness()).isEqualTo(Completeness.COMPLETE);
        assertThat(info.source()).isEqualTo(lines);
        assertThat(status(info.source())).isEqualTo(Status.REJECTED);
    }

    /** A script compiles types as they are: a record may check its values. */
    @Test
    void aRecordWithACompactConstructorIsRefusedUnlessThatIsPublic() {
        SnippetEvent event =
                jshell.eval("record P(int a) { P { a = Math.abs(a); } }").get(0);
        assertThat(event.status()).isEqualTo(Status.REJECTED);
        assertThat(faults(event)).singleElement().asString().contains("stronger access privileges");
        assertThat(status("record Q(int a) { public Q { a = Math.abs(a); } }")).isEqualTo(Status.VALID);
    }

    /** ScriptState keeps the imports of a script one by one. */
    @Test
    void importsInOneSnippetAreReplacedTogether() {
        assertThat(jshell.eval("import java.util.Map; import java.util.List;")).hasSize(1);
        assertThat(status("Map<String, String> one = null;")).isEqualTo(Status.VALID);
        assertThat(status("import java.util.Map;")).isEqualTo(Status.VALID);
        assertThat(status("List<String> two = null;")).isNotEqualTo(Status.VALID);
    }

    /** Splitter reads such an import as one snippet. */
    @Test
    @EnabledForJreRange(min = JRE.JAVA_25)
    void aModuleIsImportedAndTwoModulesMakeNamesAmbiguous() {
        assertThat(status("import module java.base;")).isEqualTo(Status.VALID);
        assertThat(status("Date first = null;")).isEqualTo(Status.VALID);
        assertThat(status("import module java.sql;")).isEqualTo(Status.VALID);
        SnippetEvent second = jshell.eval("Date second = null;").get(0);
        assertThat(second.status()).isEqualTo(Status.REJECTED);
        assertThat(faults(second)).first().asString().startsWith("reference to Date is ambiguous");
    }

    /** RunScript stops at the first failure and reports it by its exit code. */
    @Test
    void theToolContinuesAfterAnExceptionAndAnErrorAndEndsWithZero() throws Exception {
        Path script = Files.writeString(directory.resolve("script.jsh"), """
                throw new IllegalStateException("first")
                int no = "number";
                throw new IllegalStateException("last")
                /exit
                """);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream printed = new PrintStream(out, true, StandardCharsets.UTF_8);
        int code = JavaShellToolBuilder.builder()
                .in(new ByteArrayInputStream(new byte[0]), new ByteArrayInputStream(new byte[0]))
                .out(printed)
                .err(printed)
                .persistence(new NoPreferences())
                .locale(Locale.ROOT)
                .start("-s", "--execution", "local", script.toString());
        assertThat(code).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("first", "incompatible types", "last");
    }

    /** The settings of the tool, kept nowhere. */
    private static final class NoPreferences extends AbstractPreferences {
        NoPreferences() {
            super(null, "");
        }

        @Override
        protected void putSpi(String key, String value) {}

        @Override
        protected String getSpi(String key) {
            return "";
        }

        @Override
        protected void removeSpi(String key) {}

        @Override
        protected void removeNodeSpi() {}

        @Override
        protected String[] keysSpi() {
            return new String[0];
        }

        @Override
        protected String[] childrenNamesSpi() {
            return new String[0];
        }

        @Override
        protected AbstractPreferences childSpi(String name) {
            return this;
        }

        @Override
        protected void syncSpi() {}

        @Override
        protected void flushSpi() {}
    }
}
