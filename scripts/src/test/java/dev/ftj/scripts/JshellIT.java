package dev.ftj.scripts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.ftj.sandbox.Sandbox;
import dev.ftj.scripts.ToolProcess.Ended;
import dev.ftj.scripts.ToolProcess.Running;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code ftj-jshell} as a process: scripts that go well, that fail in every way, and the prompt that it opens. */
class JshellIT {
    private static final String SAMPLE = Sandbox.SAMPLE_JOB_ID;
    private static final Path EXAMPLES = Places.ROOT.resolve("scripts/jshell");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path files;

    @AutoClose
    private final Sandbox sandbox = Sandbox.builder().speed(8).start();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path dir;

    private Path bin = Path.of("");

    @BeforeEach
    void layout() {
        bin = Places.LAYOUT.resolve("bin");
    }

    @Test
    void aScriptHasTheHelpersTheUsualImportsAndItsArguments() throws IOException {
        Ended ended = script("""
                #!/usr/bin/env ftj-jshell
                record Short(String id, String status) {}
                List<String> all = new ArrayList<>(Arrays.asList(args));
                println(all + " " + Duration.ofSeconds(1) + " " + Stream.of(1, 2)
                        .map(i -> i + 1)
                        .toList());
                println(job(args[0]).as(Short.class))
                System.out.print("no line end");
                """, SAMPLE, "a \"b\"", "", "日本");

        assertThat(ended)
                .isEqualTo(new Ended(
                        0,
                        "[" + SAMPLE + ", a \"b\", , 日本] PT1S [2, 3]\nShort[id=" + SAMPLE
                                + ", status=COMPLETED]\nno line end",
                        ""));
    }

    @ParameterizedTest
    @CsvSource({
        "'\n\nint x = 1;\nint y = \"a\";\nprintln(2);', 4",
        "'int f(int i) {\n  if (i == 0)\n    throw new IllegalStateException();\n  return g(i - 1);\n}\nint g(int i) { return f(i); }\nf(2);', 3",
    })
    void theFirstFailureEndsTheScriptAndNamesItsLine(String text, int line) throws IOException {
        Ended ended = script(text + "\nprintln(\"went on\");\n");

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.out()).doesNotContain("went on");
        assertThat(ended.err()).startsWith("ftj: script.jsh:" + line + ": ");
    }

    @Test
    void whatIsNowhereInTheScriptIsToldAtItsEndAtTheLatest() throws IOException {
        assertThat(script("\nvoid f() { notThere(); }\nprintln(1);"))
                .isEqualTo(new Ended(1, "1\n", "ftj: script.jsh:2: method f uses notThere(), which is not defined\n"));
    }

    @Test
    void anExceptionInAMethodNamesTheStatementThatCalledItToo() throws IOException {
        Ended ended = script("""
                void check(int i) {
                    if (i > 1)
                        throw new IllegalStateException("too \\u001b[31mmany");
                }

                for (int i = 0; i < 3; i++) {
                    check(i);
                }
                """);

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err())
                .hasLineCount(2)
                .doesNotContain("\u001b")
                .startsWith("ftj: script.jsh:3: ")
                .contains("java.lang.IllegalStateException: too ")
                .endsWith("ftj: script.jsh:7: called from here\n");
    }

    @ParameterizedTest
    @CsvSource({"ftj-error-404, 4", "ftj-error-403, 3", "ftj-error-409, 7", "'', 2", "@nobody, 2"})
    void aFailureOfTheLibraryGivesTheShellsExitCode(String id, int code) throws IOException {
        Ended ended = script("println(1);\njob(args[0]);\nprintln(2);", id);

        assertThat(ended.code()).isEqualTo(code);
        assertThat(ended.out()).isEqualTo("1\n");
        assertThat(ended.err()).startsWith("ftj: ").endsWith("ftj: script.jsh:2: thrown here\n");
    }

    @Test
    void whatAFuturesTaskThrewIsToldAsIfItHadBeenThrownHere() throws IOException {
        Ended ended = script("\nCompletableFuture.supplyAsync(() -> job(\"ftj-error-404\")).join();");

        assertThat(ended.code()).isEqualTo(4);
        assertThat(ended.err())
                .startsWith("ftj: ftj-error-404: not found (404)")
                .contains("script.jsh:2:");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "exit(7);",
                "Runnable r = () -> exit(7);\nr.run();",
                "System.exit(7);",
                "var dev = 6;\n/exit dev + 1"
            })
    void aScriptEndsWithTheCodeThatItGives(String text) throws IOException {
        assertThat(script(text + "\nprintln(\"went on\");")).isEqualTo(new Ended(7, "", ""));
    }

    @Test
    void anExitCodeThatTheSystemWouldCutIsRefused() throws IOException {
        Ended ended = script("\nexit(300);");

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err())
                .isEqualTo("ftj: script.jsh:2: java.lang.IllegalArgumentException: exit code 300 is out of range:"
                        + " use 0 to 255\n");
    }

    @Test
    void whatAThreadThrowsIsReportedAndIsTheEndOfTheScript() throws IOException {
        Ended ended = script("\nThread thread = new Thread(() -> {\n  throw new IllegalStateException(\"boom\");\n});\n"
                + "thread.start();\nprintln(\"went on\");");

        assertThat(ended)
                .isEqualTo(new Ended(1, "went on\n", "ftj: script.jsh:3: java.lang.IllegalStateException: boom\n"));
    }

    @Test
    void anExecutorThatIsNotShutDownDoesNotKeepAScriptFromEnding() throws IOException {
        assertThat(script("println(Executors.newFixedThreadPool(2).submit(() -> 1).get());"))
                .isEqualTo(new Ended(0, "1\n", ""));
    }

    @Test
    void tasksThatAreQueuedOrScheduledStillRun() throws IOException {
        Ended ended = script("""
                var scheduled = Executors.newScheduledThreadPool(2);
                scheduled.schedule(() -> println("later"), 500, TimeUnit.MILLISECONDS);
                var pool = Executors.newFixedThreadPool(1);
                for (int i = 0; i <= 500_000; i++) {
                    int task = i;
                    pool.submit(() -> { if (task == 500_000) println("last"); });
                }
                println("main");
                """);

        assertThat(ended.err()).isEmpty();
        assertThat(ended.code()).isZero();
        assertThat(ended.out().lines()).containsExactlyInAnyOrder("main", "last", "later");
    }

    @Test
    void aScriptIsReadFromStdin() throws IOException {
        Ended ended = run(shell("printf 'println(args[0]);\\nint i = 1 / 0;' | ftj-jshell - first"));

        assertThat(ended)
                .isEqualTo(new Ended(1, "first\n", "ftj: stdin:2: java.lang.ArithmeticException: / by zero\n"));
    }

    @Test
    void theHelpersHandOutJobs() throws IOException {
        Ended ended = script(
                "for (var job : list()) println(job.status());\n"
                        + "for (var job : jobs(args[0], args[0])) println(job.status());",
                SAMPLE);

        assertThat(ended.code()).isZero();
        assertThat(ended.out()).endsWith("COMPLETED\nCOMPLETED\n");
    }

    @Test
    void aMissingKeySaysWhatToSet() throws IOException {
        Ended ended = run(program(write("job(\"ftj-1\");")).without("ATAI_API_KEY"));

        assertThat(ended.code()).isEqualTo(3);
        assertThat(ended.err()).startsWith("ftj: no API key. Set ATAI_API_KEY, or ATAI_API_KEY_FILE");
    }

    @Test
    void whatRefersToWhatFollowsIsFine() throws IOException {
        assertThat(script("int f() { return g(); }\nclass A { B b = new B(); }\nclass B {}\nint g() { return 3; }\n"
                        + "if (f() == 4) {\n  println(4);\n}\nelse {\n  println(f());\n}\nnew A();\n"))
                .isEqualTo(new Ended(0, "3\n", ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "println(\"\"\"\r\n  a\r\n  b\"\"\");\r\nint i = 1 / 0;\r\n",
                "\uFEFFprintln(\"a\\nb\");\n\n\nint i = 1 / 0;"
            })
    void lineEndsAndMarksOfOtherSystemsAreFine(String text) throws IOException {
        Ended ended = script(text);

        assertThat(ended.out()).isEqualTo("a\nb\n");
        assertThat(ended.err()).contains("script.jsh:4: java.lang.ArithmeticException");
    }

    @Test
    void whatIsNoScriptIsOneClearLine() throws IOException {
        Files.write(dir.resolve("latin.jsh"), "println(\"\u00e9\");".getBytes(StandardCharsets.ISO_8859_1));

        assertThat(run(program("none.jsh"))).isEqualTo(new Ended(1, "", "ftj: no such script: none.jsh.\n"));
        assertThat(run(program(dir.toString())).err()).isEqualTo("ftj: " + dir + " is a directory, not a script.\n");
        assertThat(run(program("latin.jsh"))).isEqualTo(new Ended(1, "", "ftj: latin.jsh is no UTF-8 text.\n"));
        assertThat(run(program("--nonsense")).code()).isEqualTo(2);
    }

    @Test
    void withoutACompilerItIsOneClearLine() throws IOException {
        Ended ended = run(program(write("println(1);"))
                .with("JDK_JAVA_OPTIONS", "--limit-modules=java.base,jdk.httpserver -Xshare:auto"));

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err().lines().filter(line -> !line.startsWith("NOTE:")))
                .singleElement()
                .asString()
                .contains("is no JDK (it has no jdk.compiler module)");
    }

    @Test
    void ctrlCEndsAnEndlessScriptAtOnce() throws Exception {
        Running running = program(write("println(\"begun\");\nwhile (true) { Thread.onSpinWait(); }"))
                .start();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> Files.readString(running.out()).contains("begun"));

        new ProcessBuilder("kill", "-INT", Long.toString(running.process().pid()))
                .start()
                .waitFor();

        assertThat(running.process().waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(running.end()).isEqualTo(new Ended(130, "begun\n", ""));
    }

    @Test
    void aReaderThatGoesEndsAScriptThatPrintsWithoutEnd() throws IOException {
        write("while (true) println(\"y\");");

        Ended ended = run(shell("ftj-jshell script.jsh | head -n 1; echo \"${PIPESTATUS[0]}\" >&2"));

        assertThat(ended).isEqualTo(new Ended(0, "y\n", "0\n"));
    }

    @Test
    void itIsAProgramByItsFirstLineAndReadsStdin() throws IOException {
        Places.executable(
                dir.resolve("lines"),
                "#!/usr/bin/env ftj-jshell\n"
                        + "println(new BufferedReader(new InputStreamReader(System.in)).lines().map(String::strip).toList());\n");

        assertThat(run(shell("printf 'a\\nb\\n' | ./lines"))).isEqualTo(new Ended(0, "[a, b]\n", ""));
    }

    @Test
    void aLinkToItWorks() throws IOException {
        Path link = Files.createSymbolicLink(dir.resolve("fj"), bin.resolve("ftj-jshell"));

        assertThat(run(program(new ToolProcess(dir, link.toString(), write("println(1);"))))
                        .out())
                .isEqualTo("1\n");
    }

    @Test
    void thePromptHasTheHelpersAndSaysSo() throws IOException {
        Files.writeString(
                dir.resolve("typed"),
                "FineTuneJob q = job(\"" + SAMPLE
                        + "\")\nq\nDuration.ofHours(1)\nprintln(\"printed\")\nprintf(\"%d-%s%n\", 1, 'c')\n/exit\n");

        Ended ended = run(shell("ftj-jshell <typed"));

        assertThat(ended.code()).isZero();
        assertThat(ended.out())
                .contains("ftj: job(id), list()")
                .contains(SAMPLE + "  COMPLETED  my-finetune-run")
                .contains("PT1H")
                .contains("printed")
                .contains("1-c");
    }

    @Test
    void plainJshellWorksWithTheClassPathThatItPrints() throws IOException {
        Files.writeString(dir.resolve("plain.jsh"), "System.out.println(job(\"" + SAMPLE + "\").status());\n/exit\n");

        Ended ended = run(shell("'" + Places.JAVA_HOME + "/bin/jshell' -s --class-path \"$(ftj-jshell --class-path)\""
                + " --startup DEFAULT --startup '" + EXAMPLES + "/startup.jsh' plain.jsh"));

        assertThat(ended.code()).isZero();
        assertThat(ended.out()).endsWith("COMPLETED\n");
    }

    @Tag("once")
    @Test
    void theExamplesDoWhatTheySay() throws IOException {
        assertThat(example("wait.jsh", "ftj-live-completes").out())
                .isEqualTo("s3://atai-finetune/inference-configs/ftj-live-completes.yaml\n");
        assertThat(example("outcome.jsh", SAMPLE).code()).isZero();
        assertThat(example("compare.jsh", SAMPLE, SAMPLE)).isEqualTo(new Ended(0, "", ""));
        assertThat(example("compare.jsh", SAMPLE, "ftj-live-fails")).satisfies(ended -> {
            assertThat(ended.code()).isEqualTo(1);
            assertThat(ended.out()).contains("datasets[0].name\n  - training-set\n  + seams\n");
        });
        assertThat(example("wait.jsh", "ftj-live-fails").code()).isEqualTo(10);
        assertThat(example("outcome.jsh", "ftj-live-fails").code()).isEqualTo(10);
        assertThat(example("outcome.jsh").code()).isEqualTo(2);
        assertThat(example("loss.jsh", SAMPLE)).satisfies(ended -> {
            assertThat(ended.code()).isZero();
            assertThat(ended.out()).hasLineCount(30).endsWith("\nloss: 0.4926, best 0.4843 at step 4800, 28 values\n");
        });
        assertThat(example("loss.jsh", "ftj-forklift-near-miss-0b94ae17").code())
                .isEqualTo(1);
    }

    @Tag("once")
    @Test
    void theCsvExampleReadsIdsFromStdinAndWritesNoFormula() throws IOException {
        Files.writeString(dir.resolve("ids"), SAMPLE + "\r\n\nftj-error-404\nftj-hostile-name-e6b29d07\n");

        Ended ended = run(shell("'" + EXAMPLES + "/csv.jsh' <ids"));

        assertThat(ended.code()).isEqualTo(4);
        assertThat(ended.err()).startsWith("ftj-error-404: not found");
        assertThat(ended.out())
                .doesNotContain("\u001b")
                .hasLineCount(3)
                .startsWith("id,name,status,model,created_at,updated_at,inference_config_path\n" + SAMPLE
                        + ",my-finetune-run,COMPLETED,");
    }

    /** jshell shows nothing of its prompt and of what is typed there otherwise. */
    @Tag("once")
    @Test
    void aTerminalWithoutASizeIsGivenOneForJshell() {
        String session = "stty cols 0 rows 0; ftj-jshell; stty size";
        Ended ended = run(
                shell("echo /exit | script -qefc '" + session + "' /dev/null").with("TERM", "xterm"));

        assertThat(ended.out()).contains("jshell> ").contains("24 80");
    }

    private Ended example(String name, String... arguments) {
        return run(program(EXAMPLES.resolve(name).toString(), arguments));
    }

    private Ended script(String text, String... arguments) throws IOException {
        return run(program(write(text), arguments));
    }

    private String write(String text) throws IOException {
        Files.writeString(dir.resolve("script.jsh"), text);
        return "script.jsh";
    }

    private ToolProcess program(String script, String... arguments) {
        List<String> command = new ArrayList<>(List.of(bin.resolve("ftj-jshell").toString(), script));
        command.addAll(List.of(arguments));
        return program(new ToolProcess(dir, command.toArray(String[]::new)));
    }

    private ToolProcess shell(String line) {
        assumeThat(Path.of("/bin/bash")).isExecutable();
        return program(new ToolProcess(dir, "/bin/bash", "-c", line));
    }

    private ToolProcess program(ToolProcess program) {
        return program.with("JAVA_HOME", Places.JAVA_HOME)
                .with("FTJ_HOME", TrainedCache.copyTo(files.resolve("home"), "jshell"))
                .with("PATH", bin + ":" + ToolProcess.inherited("PATH"))
                .with("ATAI_API_ENDPOINT", sandbox.endpoint())
                .with("ATAI_API_KEY", sandbox.apiKey());
    }

    private static Ended run(ToolProcess program) {
        return program.run();
    }
}
