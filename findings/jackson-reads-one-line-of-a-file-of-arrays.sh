#!/bin/sh
# Jackson 3.2.4 (jackson-databind), run 2026-11-28 on OpenJDK 17.0.15. No network is used after the installation.
#
# Expected: readValues over JSON Lines gives a value a line, whatever its type: samples that are arrays are as good as objects.
# What happens: an array in the first line is taken for the array around all values. Its elements come one by one, and the end
# of it is the end of the iteration: the other lines are never read, and nothing says so. The same array in a later line is one
# value.
# Output seen:
#   [1,2] [3,4] [5,6] -> 1; 2
#   {"a":1} [3,4] [5,6] -> {a=1}; [3, 4]; [5, 6]
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
cat >pom.xml <<'POM'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId><artifactId>finding</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>tools.jackson.core</groupId><artifactId>jackson-databind</artifactId><version>3.2.4</version></dependency>
  </dependencies>
</project>
POM
mvn -q -B dependency:build-classpath -Dmdep.outputFile=class-path
cat >Finding.java <<'JAVA'
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.MappingIterator;
import tools.jackson.databind.json.JsonMapper;

public class Finding {
    public static void main(String[] files) {
        for (String file : List.of("[1,2]\n[3,4]\n[5,6]\n", "{\"a\":1}\n[3,4]\n[5,6]\n")) {
            List<String> values = new ArrayList<>();
            try (MappingIterator<Object> lines = new JsonMapper().readerFor(Object.class).readValues(file)) {
                lines.forEachRemaining(value -> values.add(value.toString()));
            }
            System.out.println(file.replace('\n', ' ') + "-> " + String.join("; ", values));
        }
    }
}
JAVA
java -cp "$(cat class-path)" Finding.java >output 2>log || cat log
cat >expected <<'OUT'
[1,2] [3,4] [5,6] -> 1; 2
{"a":1} [3,4] [5,6] -> {a=1}; [3, 4]; [5, 6]
OUT
cat output
diff expected output
