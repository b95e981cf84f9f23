package dev.ftj.scripts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.ftj.scripts.ToolProcess.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The release archive, unpacked and run on a machine that has Java and no Maven. */
@Tag("once")
class ReleaseArchiveIT {
    private static final Path TAR = Places.ROOT.resolve("scripts/target/ftj-" + Places.VERSION + ".tar.gz");
    private static final Path ZIP = Places.ROOT.resolve("scripts/target/ftj-" + Places.VERSION + ".zip");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path dir;

    private Path release = Path.of("");

    @BeforeEach
    void unpack() {
        assertThat(new ToolProcess(dir, "tar", "xzf", TAR.toString()).run().code())
                .isZero();
        release = dir.resolve("ftj-" + Places.VERSION);
    }

    @Test
    void holdsLaunchersJarsPapersAndTheNotebook() {
        assertThat(release).isDirectoryContaining("glob:**/lib");
        assertThat(release.resolve("LICENSE")).isNotEmptyFile();
        assertThat(release.resolve("README.md")).isNotEmptyFile();
        assertThat(release.resolve("CHANGELOG.md")).isNotEmptyFile();
        assertThat(release.resolve("notebooks/fine-tune-jobs.ipynb")).isNotEmptyFile();
        assertThat(release.resolve("bin/ftj.cmd")).content().contains("\r\n");
        assertThat(release.resolve("lib")).isDirectoryContaining("glob:**/ftj-core-" + Places.VERSION + ".jar");
    }

    /** As SDKMAN wants it: one folder at the top, and bin below. */
    @Test
    void hasOneFolderAtTheTop() {
        Ended listing = new ToolProcess(dir, "tar", "tzf", TAR.toString()).run();

        assertThat(listing.out().lines()).allMatch(name -> name.startsWith("ftj-" + Places.VERSION + "/"));
        assertThat(release.resolve("bin/ftj")).isExecutable();
    }

    @Test
    void jarsOfOursHoldTheLicenceAndANotice() throws IOException {
        for (String name : List.of("core", "shell")) {
            try (ZipFile jar = new ZipFile(release.resolve("lib/ftj-" + name + "-" + Places.VERSION + ".jar")
                    .toFile())) {
                assertThat(jar.stream().map(ZipEntry::getName)).contains("META-INF/LICENSE", "META-INF/NOTICE");
            }
        }
    }

    @Test
    void manualPagesAreInTheArchiveAndManFindsNoFault() throws IOException {
        Path pages = release.resolve("share/man/man1");

        assertThat(pages.resolve("ftj-get.1")).content().contains("\n.SH EXIT STATUS\n");
        assumeThat(Path.of("/usr/bin/groff")).isExecutable();
        try (var files = Files.list(pages)) {
            for (Path page : files.toList()) {
                Ended checked = new ToolProcess(dir, "groff", "-man", "-Tutf8", "-ww", "-z", page.toString()).run();
                assertThat(checked).as(page.toString()).isEqualTo(new Ended(0, "", ""));
            }
        }
    }

    @Test
    void sourcesAndJavadocAreMadeOfEveryJarThatIsPublished() {
        for (String name : List.of("core", "shell")) {
            Path jar = Places.ROOT.resolve(name + "/target/ftj-" + name + "-" + Places.VERSION);
            assertThat(Path.of(jar + "-sources.jar")).isNotEmptyFile();
            assertThat(Path.of(jar + "-javadoc.jar")).isNotEmptyFile();
        }
    }

    @Test
    void descriptorsOfPackageManagersNameTheseArchives() throws Exception {
        Ended filled = new ToolProcess(
                        dir,
                        Places.ROOT.resolve("scripts/release/fill").toString(),
                        "https://example.org/archives/",
                        dir.resolve("filled").toString())
                .run();

        assertThat(filled.code()).as(filled.err()).isZero();
        assertThat(dir.resolve("filled/ftj.rb"))
                .content()
                .contains(
                        "url \"https://example.org/archives/ftj-" + Places.VERSION + ".tar.gz\"",
                        "sha256 \"" + sha256(TAR) + "\"")
                .doesNotContainPattern("@[A-Z0-9_]+@");
        assertThat(dir.resolve("filled/sdkman.json"))
                .content()
                .contains("\"version\": \"" + Places.VERSION + "\"", "ftj-" + Places.VERSION + ".zip", sha256(ZIP))
                .doesNotContainPattern("@[A-Z0-9_]+@");
    }

    @Test
    void theJbangCatalogNamesThisVersionAndMainClassesThatExist() throws IOException {
        String catalog = Files.readString(Places.ROOT.resolve("jbang-catalog.json"));
        List<String> mains = Pattern.compile("\"main\": \"([^\"]+)\"")
                .matcher(catalog)
                .results()
                .map(match -> match.group(1))
                .toList();

        assertThat(catalog)
                .contains("\"script-ref\": \"dev.ftj:ftj-shell:" + Places.VERSION + "\"")
                .doesNotContainPattern("ftj-shell:(?!" + Places.VERSION + "\")");
        assertThat(mains).hasSize(2);
        try (ZipFile jar = new ZipFile(
                release.resolve("lib/ftj-shell-" + Places.VERSION + ".jar").toFile())) {
            assertThat(jar.stream().map(ZipEntry::getName))
                    .containsAll(mains.stream()
                            .map(main -> main.replace('.', '/') + ".class")
                            .toList());
        }
    }

    private static String sha256(Path file) throws IOException, GeneralSecurityException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    }

    @Test
    void onlyLaunchersAndScriptsAreExecutable() throws IOException {
        try (var files = Files.walk(release)) {
            Set<Path> executable = files.filter(Files::isRegularFile)
                    .filter(Files::isExecutable)
                    .collect(Collectors.toSet());
            assertThat(executable)
                    .contains(release.resolve("bin/ftj"), release.resolve("bin/ftj-jshell"))
                    .allMatch(file ->
                            file.startsWith(release.resolve("bin")) || file.startsWith(release.resolve("jshell")));
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(release.resolve("bin/ftj"))))
                .isEqualTo("rwxr-xr-x");
    }

    @Test
    void theZipHoldsTheSameFiles() throws IOException {
        Set<String> inTar = new TreeSet<>();
        try (var files = Files.walk(release)) {
            files.filter(Files::isRegularFile)
                    .forEach(file -> inTar.add(dir.relativize(file).toString()));
        }
        try (ZipFile zip = new ZipFile(ZIP.toFile())) {
            assertThat(zip.stream().filter(entry -> !entry.isDirectory()).map(ZipEntry::getName))
                    .containsExactlyInAnyOrderElementsOf(inTar);
        }
    }

    /** The JVM would open its own files in their place, and read them as ids. */
    @Test
    void aStreamThatIsClosedIsEmptyAndNotAFile() throws IOException {
        Ended noInput = shell("--sandbox get - <&-");
        Ended noOutput = shell("--sandbox get ftj-my-finetune-run-3de60a5c >&-");

        assertThat(noInput.code()).isZero();
        assertThat(noInput.err()).endsWith("ftj: nothing to do: stdin held no id\n");
        assertThat(noOutput.code()).isEqualTo(1);
        assertThat(noOutput.err()).contains("stdout cannot be written");
        assertThat(shell("--sandbox get ftj-no-such-job 2>&-").code()).isEqualTo(4);
    }

    private Ended shell(String line) {
        return new ToolProcess(dir, "sh", "-c", release.resolve("bin/ftj") + " " + line)
                .with("JAVA_HOME", Places.JAVA_HOME)
                .with("FTJ_HOME", dir.resolve("home"))
                .run();
    }

    @Test
    void runsWithoutMaven() throws IOException {
        Ended ended = new ToolProcess(
                        dir, release.resolve("bin/ftj").toString(), "--sandbox", "get", "ftj-my-finetune-run-3de60a5c")
                .with("JAVA_HOME", Places.JAVA_HOME)
                .with("FTJ_HOME", dir.resolve("home"))
                .with("PATH", Places.bareMachine(dir.resolve("programs")))
                .run();

        assertThat(ended.code()).isZero();
        assertThat(ended.out()).contains("ftj-my-finetune-run-3de60a5c");
        assertThat(ended.err()).doesNotContain("building");
    }

    @Test
    void theJarNamesItsWholeClassPath() {
        Ended ended = new ToolProcess(
                        dir,
                        Places.JAVA_HOME.resolve("bin/java").toString(),
                        "-jar",
                        release.resolve("lib/ftj.jar").toString(),
                        "--version")
                .with("FTJ_HOME", dir.resolve("home"))
                .run();

        assertThat(ended.code()).isZero();
        assertThat(ended.out()).contains("ftj");
    }
}
