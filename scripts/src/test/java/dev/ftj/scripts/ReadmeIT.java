package dev.ftj.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ftj.sandbox.Sandbox;
import dev.ftj.scripts.ToolProcess.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The README shows what happens: each of its commands is run, and each of its programs. */
@Tag("once")
class ReadmeIT {
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w*)\\n(.*?)^```$");
    private static final String MARK = "-- end of a command --";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path home;

    @TestFactory
    List<DynamicTest> everyConsoleBlockPrintsWhatItShows() throws IOException {
        return blocks("console").stream()
                .map(block -> DynamicTest.dynamicTest(firstLine(block), () -> runs(block)))
                .toList();
    }

    @TestFactory
    List<DynamicTest> everyProgramCompilesAndRuns() throws IOException {
        return blocks("java").stream()
                .map(block -> DynamicTest.dynamicTest(firstLine(block), () -> compilesAndRuns(block)))
                .toList();
    }

    @Test
    void nothingButTheBuildItselfIsShownWithoutBeingRun() throws IOException {
        List<String> languages = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(readme());
        while (matcher.find()) {
            languages.add(matcher.group(1));
        }
        assertThat(languages).isSubsetOf("console", "java", "sh").contains("console", "java");
        assertThat(blocks("sh")).containsExactly("mvn verify\n");
    }

    @Test
    void itIsShortEnoughToBeRead() throws IOException {
        assertThat(readme().lines()).hasSizeLessThanOrEqualTo(320);
    }

    private void runs(String block) throws IOException {
        StringBuilder script = new StringBuilder();
        StringBuilder expected = new StringBuilder();
        boolean first = true;
        for (String line : block.split("\n", -1)) {
            if (line.startsWith("$ ")) {
                script.append(line.substring(2)).append("\nrc=$?; echo '" + MARK + "'; (exit $rc)\n");
                expected.append(first ? "" : MARK + "\n");
                first = false;
            } else {
                expected.append(line).append('\n');
            }
        }
        Files.createDirectories(home);
        Ended ended = new ToolProcess(Places.ROOT, "bash", "-c", "exec 2>&1\n" + script)
                .with("HOME", home)
                .with("PATH", home.resolve(".local/bin") + ":" + ToolProcess.inherited("PATH"))
                .with("JAVA_HOME", Places.JAVA_HOME)
                .with("FTJ_HOME", TrainedCache.copyTo(home.resolve("ftj"), "command"))
                .with("TZ", "UTC")
                .run();
        Files.deleteIfExists(home.resolve(".local/bin/ftj"));
        Files.deleteIfExists(home.resolve(".local/bin/ftj-jshell"));
        assertThat(timeless(ended.out().replace(home.toString(), "/home/you")))
                .isEqualTo(timeless(expected + MARK + "\n"));
    }

    /** What differs from day to day and from JDK to JDK. */
    private static String timeless(String text) {
        return text.replaceAll("\\d+ (s|min|h|d) ago", "N ago")
                .replaceAll("\\(Java [^)]+\\)", "(Java)")
                .replaceAll("\n+" + MARK, "\n" + MARK)
                .strip();
    }

    private void compilesAndRuns(String block) throws IOException {
        StringBuilder imports = new StringBuilder();
        StringBuilder body = new StringBuilder();
        block.lines()
                .forEach(line -> (line.startsWith("import ") ? imports : body)
                        .append(line)
                        .append('\n'));
        Path source = Files.writeString(
                home.resolve("Example.java"),
                imports + "class Example { public static void main(String[] args) {\n" + body + "} }\n");
        String classPath = Places.LAYOUT.resolve("lib/ftj.jar").toString();
        try (Sandbox sandbox = Sandbox.start()) {
            Ended ended = new ToolProcess(
                            home, Places.JAVA_HOME.resolve("bin/java").toString(), "-cp", classPath, source.toString())
                    .with("ATAI_API_ENDPOINT", sandbox.endpoint())
                    .with("ATAI_API_KEY", sandbox.apiKey())
                    .run();
            assertThat(ended.err()).isEmpty();
            assertThat(ended.code()).isZero();
            assertThat(ended.out()).startsWith("COMPLETED s3://");
        }
    }

    private static List<String> blocks(String language) throws IOException {
        List<String> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(readme());
        while (matcher.find()) {
            if (matcher.group(1).equals(language)) {
                blocks.add(matcher.group(2));
            }
        }
        return blocks;
    }

    private static String readme() throws IOException {
        return Files.readString(Places.ROOT.resolve("README.md"));
    }

    private static String firstLine(String block) {
        return block.lines().findFirst().orElse("");
    }
}
