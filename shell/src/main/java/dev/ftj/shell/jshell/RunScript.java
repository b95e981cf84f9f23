package dev.ftj.shell.jshell;

import dev.ftj.ApiKey;
import dev.ftj.Endpoint;
import dev.ftj.FineTuneClient;
import dev.ftj.FineTuneException;
import dev.ftj.FineTuneJob;
import dev.ftj.internal.concurrent.Daemons;
import dev.ftj.internal.text.Sanitizer;
import dev.ftj.shell.args.NativeArguments;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The program behind {@code ftj-jshell SCRIPT [ARG...]}. */
public final class RunScript {
    private RunScript() {}

    /**
     * Runs a script, and ends the process with its exit code.
     *
     * @param argv the script's file name, and its arguments
     */
    public static void main(String[] argv) {
        System.setOut(ScriptOutput.stdout());
        Ending ending;
        // Java runtimes without a compiler are made, and still called Java
        if (ModuleLayer.boot().findModule("jdk.compiler").isEmpty()) {
            ending = new Ending(
                    1,
                    List.of(System.getProperty("java.home")
                            + " is no JDK (it has no jdk.compiler module): set JAVA_HOME to a JDK"));
        } else {
            warmUp();
            Prelude.args = Arrays.copyOfRange(argv, 1, argv.length);
            ending = run(argv);
        }
        report(ending);
        System.exit(ending.code());
    }

    private static void report(Ending ending) {
        System.out.flush();
        ending.lines().forEach(line -> System.err.println("ftj: " + Sanitizer.oneLine(line)));
    }

    /** What nearly every script needs is loaded on another core, while jshell makes itself ready. */
    private static void warmUp() {
        Daemons.start("ftj-warm-up", RunScript::aClientThatAsksNothing);
    }

    private static void aClientThatAsksNothing() {
        FineTuneClient.builder()
                .environment(Map.of())
                .endpoint(Endpoint.of("http://127.0.0.1:1"))
                .apiKey(ApiKey.of("none"))
                .build()
                .close();
        String unused = FineTuneJob.fromJson("{\"id\": \"ftj-1\"}").toString();
    }

    private static Ending run(String[] argv) {
        try {
            NativeArguments.check(List.of(argv));
            ScriptRun run = new ScriptRun(ScriptSource.read(argv[0]));
            ScriptThreads threads = new ScriptThreads(thrown -> report(run.thrown(thrown, 0)));
            Ending ending = run.run();
            return ending.equals(Ending.WELL) && !threads.endWell() ? new Ending(1, List.of()) : ending;
        } catch (FineTuneException e) {
            return new Ending(e.kind().exitCode(), List.of(String.valueOf(e.getMessage())));
        }
    }
}
