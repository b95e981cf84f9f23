package dev.ftj.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ftj.scripts.ToolProcess.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The library as others get it: {@code mvn install} into a repository of its own, and programs that are built against what
 * is there. All else in that repository is a link to the one that this build has filled.
 */
@Tag("once")
class InstallIT {
    private static final String OKHTTP_4_LEFT_OUT = """
            <exclusions>
              <exclusion>
                <groupId>com.squareup.okhttp3</groupId>
                <artifactId>okhttp</artifactId>
              </exclusion>
            </exclusions>
            """;

    private static final String PLAIN = "            System.out.println(job(sandbox.sampleId()).as(Short.class));";
    private static final List<String> ANNOTATIONS = List.of("2.19.2", "2.20", "2.21", "2.22");

    private static final int MOST_JARS = 8;
    private static final long MOST_BYTES = 6_000_000;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path dir;

    private static Path repository = Path.of("");
    private static Path installed = Path.of("");

    @BeforeAll
    static void install() throws IOException {
        Path real = Path.of(System.getProperty("ftj.repository"));
        repository = Files.createDirectory(dir.resolve("repository"));
        link(real, repository, "dev");
        link(real.resolve("dev"), Files.createDirectory(repository.resolve("dev")), "ftj");
        Path checkout = Places.copy(Places.ROOT, dir.resolve("checkout"));

        // what this build has no use for itself is fetched, once, by the first who asks for it
        Ended ended = maven(
                checkout, "-ntp", "-pl", "core", "-am", "-Dmaven.test.skip=true", "-Dspotless.check.skip", "install");

        assertThat(ended.code()).as(ended.out() + ended.err()).isZero();
        installed = repository.resolve("dev/ftj/ftj-core").resolve(Places.VERSION);
        compileConsumers();
    }

    /** By one run of Maven, as the modules of one project. */
    private static void compileConsumers() throws IOException {
        consumer("class-path", "", "", PLAIN);
        consumer("module-path", "", """
                module consumer {
                    requires dev.ftj;
                    opens consumer to tools.jackson.databind;
                }
                """, PLAIN);
        for (String exclusions : List.of("", OKHTTP_4_LEFT_OUT)) {
            consumer("beside-" + exclusions.isEmpty(), """
                    <dependency>
                      <groupId>com.fasterxml.jackson.core</groupId>
                      <artifactId>jackson-databind</artifactId>
                      <version>2.22.4</version>
                    </dependency>
                    <dependency>
                      <groupId>com.squareup.okhttp3</groupId>
                      <artifactId>logging-interceptor</artifactId>
                      <version>4.12.0</version>
                      %s
                    </dependency>
                    """.formatted(exclusions), "", PLAIN);
        }
        for (String version : ANNOTATIONS) {
            consumer("annotations-" + version, """
                    <dependency>
                      <groupId>com.fasterxml.jackson.core</groupId>
                      <artifactId>jackson-annotations</artifactId>
                      <version>%s</version>
                    </dependency>
                    """.formatted(version), "", """
                            var id = sandbox.sampleId();
                            System.out.println(job(id).status() + " " + await(id).config().model());
                            System.out.println(list().stream().filter(job -> job.id() != null).limit(3).count());
                            System.out.println(metrics(id).size());
                            for (int i = 0; i < 2; i++) {
                                try {
                                    System.out.println(job(id).as(Short.class).status());
                                } catch (dev.ftj.FineTuneException e) {
                                    System.out.println(e.kind() + " " + e.getMessage());
                                }
                            }
                    """);
        }
        StringBuilder modules = new StringBuilder();
        try (Stream<Path> projects = Files.list(dir.resolve("consumers"))) {
            projects.forEach(project -> modules.append("<module>%s</module>".formatted(project.getFileName())));
        }
        Files.writeString(dir.resolve("consumers/pom.xml"), """
                <project>
                  <modelVersion>4.0.0</modelVersion>
                  <groupId>consumer</groupId>
                  <artifactId>consumers</artifactId>
                  <version>1</version>
                  <packaging>pom</packaging>
                  <modules>%s</modules>
                </project>
                """.formatted(modules));
        Ended ended = maven(
                dir.resolve("consumers"),
                "-ntp",
                "org.apache.maven.plugins:maven-compiler-plugin:3.14.1:compile",
                "org.apache.maven.plugins:maven-dependency-plugin:3.11.0:build-classpath",
                "-Dmdep.outputFile=jars.txt");
        assertThat(ended.code()).as(ended.out() + ended.err()).isZero();
    }

    @Test
    void sourcesAndJavadocAreBesideTheJar() {
        for (String kind : List.of(".jar", "-sources.jar", "-javadoc.jar", ".pom")) {
            assertThat(installed.resolve("ftj-core-" + Places.VERSION + kind)).isNotEmptyFile();
        }
        assertThat(repository.resolve("dev/ftj/ftj-parent")).isDirectoryRecursivelyContaining("glob:**.pom");
    }

    /** All that a public repository asks for but the developers, who are the publisher's. */
    @Test
    void thePomSaysWhatItIsWhereItIsAtHomeAndUnderWhichLicence() throws IOException {
        String own = Files.readString(installed.resolve("ftj-core-" + Places.VERSION + ".pom"));
        String parent = Files.readString(Places.ROOT.resolve("pom.xml"));

        assertThat(own).contains("<name>", "<description>");
        assertThat(parent).contains("<url>", "<licenses>", "<scm ", "<connection>", "<developerConnection>");
    }

    @Test
    void aProgramIsBuiltAgainstItAndRunsOnTheClassPath() throws IOException {
        Path consumer = consumer("class-path");

        assertThat(java("-cp", consumer.resolve("target/classes") + ":" + classPath(consumer), "consumer.App"))
                .isEqualTo(new Ended(0, "Short[id=ftj-my-finetune-run-3de60a5c, status=COMPLETED]\n", ""));
    }

    @Test
    void aProgramIsBuiltAgainstItAndRunsOnTheModulePath() throws IOException {
        Path consumer = consumer("module-path");

        assertThat(java(
                        "-p",
                        consumer.resolve("target/classes") + ":" + classPath(consumer),
                        "-m",
                        "consumer/consumer.App"))
                .isEqualTo(new Ended(0, "Short[id=ftj-my-finetune-run-3de60a5c, status=COMPLETED]\n", ""));
    }

    /** OkHttp 4 and 5 have different names for Maven, so that neither gives way: the user has to leave one out. */
    @ParameterizedTest
    @ValueSource(strings = {"", OKHTTP_4_LEFT_OUT})
    void besideJackson2AndALibraryThatPinsOkHttp4ItRuns(String exclusions) throws IOException {
        Path consumer = consumer("beside-" + exclusions.isEmpty());

        assertThat(classPath(consumer)).contains("okhttp-jvm-5.", "/jackson-databind-2.", "/jackson-databind-3.");
        assertThat(classPath(consumer).contains("/okhttp-4.12.0.jar")).isEqualTo(exclusions.isEmpty());
        assertThat(java("-cp", consumer.resolve("target/classes") + ":" + classPath(consumer), "consumer.App"))
                .isEqualTo(new Ended(0, "Short[id=ftj-my-finetune-run-3de60a5c, status=COMPLETED]\n", ""));
    }

    /** The README's way out, and what a program is told that does not take it; the record itself needs neither. */
    @ParameterizedTest
    @CsvSource({"2.19.2, false", "2.20, false", "2.21, true", "2.22, true"})
    void besideOlderAnnotationsABindingSaysWhichToPinAndAllElseWorks(String version, boolean binds) throws IOException {
        Path consumer = consumer("annotations-" + version);
        assertThat(classPath(consumer)).contains("/jackson-annotations-" + version + ".jar");

        Ended ended = java("-cp", consumer.resolve("target/classes") + ":" + classPath(consumer), "consumer.App");

        assertThat(ended.err()).isEmpty();
        assertThat(ended.code()).isZero();
        assertThat(ended.out()).startsWith("COMPLETED Newton::c2_4_7b_251215a172f6d7\n3\n28\n");
        assertThat(ended.out().lines().skip(3))
                .hasSize(2)
                .allSatisfy(
                        line -> assertThat(line)
                                .matches(
                                        binds
                                                ? "COMPLETED"
                                                : "local cannot bind the record of ftj-.*annotation.JsonSerializeAs.*"
                                                        + " Pin com.fasterxml.jackson.core:jackson-annotations to 2.22 in your.*"));
    }

    @Test
    void itDragsInFewJars() throws IOException {
        List<Path> jars = Stream.of(classPath(consumer("class-path")).split(":"))
                .map(Path::of)
                .filter(jar -> !jar.startsWith(installed))
                .toList();
        long bytes = 0;
        for (Path jar : jars) {
            System.out.printf("%,10d  %s%n", Files.size(jar), jar.getFileName());
            bytes += Files.size(jar);
        }
        System.out.printf("%,10d  in %d jars besides ftj-core%n", bytes, jars.size());

        assertThat(jars)
                .extracting(jar -> jar.getFileName().toString().replaceAll("-[0-9].*", ""))
                .containsExactlyInAnyOrder(
                        "okhttp-jvm",
                        "okio-jvm",
                        "kotlin-stdlib",
                        "annotations",
                        "jackson-databind",
                        "jackson-core",
                        "jackson-annotations",
                        "jspecify")
                .hasSizeLessThanOrEqualTo(MOST_JARS);
        assertThat(bytes).isLessThanOrEqualTo(MOST_BYTES);
    }

    /** A project, compiled by Maven, that asks the simulated API for a job and binds it to a record of its own. */
    private static void consumer(String name, String dependencies, String module, String statements)
            throws IOException {
        Path project = Files.createDirectories(consumer(name));
        Path sources = Files.createDirectories(project.resolve("src/main/java/consumer"));
        Files.writeString(project.resolve("pom.xml"), """
                <project>
                  <modelVersion>4.0.0</modelVersion>
                  <groupId>consumer</groupId>
                  <artifactId>%s</artifactId>
                  <version>1</version>
                  <properties>
                    <maven.compiler.release>17</maven.compiler.release>
                    <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
                  </properties>
                  <dependencies>
                    %s
                    <dependency>
                      <groupId>dev.ftj</groupId>
                      <artifactId>ftj-core</artifactId>
                      <version>%s</version>
                    </dependency>
                  </dependencies>
                </project>
                """.formatted(name, dependencies, Places.VERSION));
        if (!module.isEmpty()) {
            Files.writeString(project.resolve("src/main/java/module-info.java"), module);
        }
        Files.writeString(sources.resolve("App.java"), """
                package consumer;

                import static dev.ftj.script.FineTune.*;

                public class App {
                    public record Short(String id, String status) {}

                    public static void main(String[] args) {
                        try (var sandbox = sandbox()) {
                            %s
                        }
                    }
                }
                """.formatted(statements));
    }

    private static Path consumer(String name) {
        return dir.resolve("consumers").resolve(name);
    }

    private static String classPath(Path project) throws IOException {
        return Files.readString(project.resolve("jars.txt")).strip();
    }

    private static Ended maven(Path directory, String... arguments) {
        List<String> command = new ArrayList<>(List.of("mvn", "-B", "-q", "-Dmaven.repo.local=" + repository));
        command.addAll(List.of(arguments));
        return new ToolProcess(directory, command.toArray(String[]::new))
                .with("JAVA_HOME", Places.JAVA_HOME)
                .with("MAVEN_OPTS", "-XX:TieredStopAtLevel=1")
                .with("PATH", System.getProperty("ftj.maven") + ":" + ToolProcess.inherited("PATH"))
                .run();
    }

    private static Ended java(String... arguments) {
        List<String> command =
                new ArrayList<>(List.of(Places.JAVA_HOME.resolve("bin/java").toString()));
        command.addAll(List.of(arguments));
        return new ToolProcess(dir, command.toArray(String[]::new))
                .with("FTJ_HOME", dir.resolve("home"))
                .run();
    }

    private static void link(Path from, Path to, String except) throws IOException {
        if (!Files.isDirectory(from)) {
            return;
        }
        try (Stream<Path> entries = Files.list(from)) {
            for (Path entry : entries.toList()) {
                if (!entry.getFileName().toString().equals(except)) {
                    Files.createSymbolicLink(to.resolve(entry.getFileName().toString()), entry);
                }
            }
        }
    }
}
