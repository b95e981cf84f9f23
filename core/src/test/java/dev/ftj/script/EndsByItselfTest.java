package dev.ftj.script;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ftj.sandbox.Sandbox;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code java Script.java}, which closes nothing and waits for nothing, ends when its main method does. */
class EndsByItselfTest {
    private static final String SCRIPT = """
            import static dev.ftj.script.FineTune.*;

            class Script {
                public static void main(String[] args) {
                    String id = args[0];
                    System.out.println(client().async().job(dev.ftj.JobId.of(id)).join().status());
                    for (int i = 0; i < 40; i++) {
                        client().async().job(dev.ftj.JobId.of(id));
                    }
                    System.out.println(job(id).id());
                    sandbox();
                    System.out.println(job(id).name());
                }
            }
            """;

    @AutoClose
    private final Sandbox sandbox = Sandbox.start();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path dir;

    @Test
    void noThreadKeepsTheScriptAlive() throws Exception {
        Path script = Files.writeString(dir.resolve("Script.java"), SCRIPT);
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path").replace("\n", File.pathSeparator),
                        script.toString(),
                        Sandbox.SAMPLE_JOB_ID)
                .redirectErrorStream(true);
        builder.environment().put("ATAI_API_ENDPOINT", sandbox.endpoint());
        builder.environment().put("ATAI_API_KEY", sandbox.apiKey());
        builder.environment().put("FTJ_HOME", dir.resolve("home").toString());
        Process process = builder.start();
        try {
            // idle contexts and their threads would take a minute
            assertThat(process.waitFor(40, TimeUnit.SECONDS))
                    .as("ended by itself")
                    .isTrue();
            assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines())
                    .containsExactly("COMPLETED", Sandbox.SAMPLE_JOB_ID, "my-finetune-run");
            assertThat(process.exitValue()).isZero();
        } finally {
            process.destroyForcibly();
        }
    }
}
