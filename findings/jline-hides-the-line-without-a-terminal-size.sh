#!/bin/sh
# JLine 3.30.16, run 2026-11-27 on OpenJDK 17.0.15 and Temurin 25.0.3. The jshell of both, which has a JLine of its own, does
# the same at a pseudo-terminal of 0 rows and 0 columns, TERM vt100, linux or xterm.
#
# Expected: a line editor at a terminal whose size is not known takes a usual one (readline: 80 by 24 of terminfo). Serial lines
# have no size, and a pseudo-terminal has none until somebody sets it.
# What happens: at 0 columns JLine cuts each line to an ellipsis. Of the prompt one character is left, and nothing that is typed
# is shown, although it is read and carried out.
# Output seen:
#   0 columns: read "typed", shown >....
#   80 columns: read "typed", shown > typed
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
cat >pom.xml <<'POM'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId><artifactId>finding</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>org.jline</groupId><artifactId>jline</artifactId><version>3.30.16</version></dependency>
  </dependencies>
</project>
POM
mvn -q -B dependency:build-classpath -Dmdep.outputFile=class-path
cat >Finding.java <<'JAVA'
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.jline.reader.LineReaderBuilder;
import org.jline.terminal.Size;
import org.jline.terminal.impl.LineDisciplineTerminal;

public class Finding {
    static void run(Size size) throws Exception {
        ByteArrayOutputStream shown = new ByteArrayOutputStream();
        LineDisciplineTerminal terminal = new LineDisciplineTerminal("finding", "vt100", shown, StandardCharsets.UTF_8);
        terminal.setSize(size);
        var reader = LineReaderBuilder.builder().terminal(terminal).build();
        CompletableFuture<String> line = CompletableFuture.supplyAsync(() -> reader.readLine("> "));
        while (!shown.toString(StandardCharsets.UTF_8).contains(">")) {
            Thread.sleep(10);
        }
        terminal.processInputBytes("typed\r".getBytes(StandardCharsets.UTF_8));
        String read = line.get();
        String text = shown.toString(StandardCharsets.UTF_8).replaceAll("\u001b(\\[[?0-9;]*[a-zA-Z]|[=>])", "");
        System.out.println(size.getColumns() + " columns: read \"" + read + "\", shown " + text.strip());
    }

    public static void main(String[] args) throws Exception {
        run(new Size(0, 0));
        run(new Size(80, 24));
        System.exit(0);
    }
}
JAVA
java -cp "$(cat class-path)" Finding.java >output 2>log
cat >expected <<'OUT'
0 columns: read "typed", shown >....
80 columns: read "typed", shown > typed
OUT
cat output
diff expected output
