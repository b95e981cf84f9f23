#!/bin/sh
# Jackson 3.3.0 (jackson-core), run 2026-11-27 on OpenJDK 17.0.15; 24 MB of heap are enough. Takes some seconds.
#
# Expected: an array of more than 2 GB on one line, as APIs send it, is streamed, and places in it are right: offsets are long.
# What happens: the offset is right; the column is an int and overflows, so that each message about something behind the first
# 2^31 characters names a negative column.
# Output seen:
#   value 1 at offset 2200000001, line 1, column -2094967294
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
cat >pom.xml <<'POM'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId><artifactId>finding</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>tools.jackson.core</groupId><artifactId>jackson-core</artifactId><version>3.3.0</version></dependency>
  </dependencies>
</project>
POM
mvn -q -B dependency:build-classpath -Dmdep.outputFile=class-path
cat >Finding.java <<'JAVA'
import java.io.Reader;
import java.util.Arrays;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

public class Finding {
    /** An array on one line, with so many spaces before its value that nothing but the place takes time. */
    static final class Line extends Reader {
        private long spaces = 2_200_000_000L;
        private boolean begun;

        @Override
        public int read(char[] buffer, int offset, int length) {
            if (!begun) {
                begun = true;
                buffer[offset] = '[';
                return 1;
            }
            if (spaces == 0) {
                spaces = -1;
                "1]".getChars(0, 2, buffer, offset);
                return 2;
            }
            int count = (int) Math.min(length, spaces);
            Arrays.fill(buffer, offset, offset + Math.max(count, 0), ' ');
            spaces -= count;
            return count < 0 ? -1 : count;
        }

        @Override
        public void close() {}
    }

    public static void main(String[] args) {
        try (JsonParser parser = new JsonFactory().createParser(ObjectReadContext.empty(), new Line())) {
            while (parser.nextToken() != JsonToken.VALUE_NUMBER_INT) {
                // on to the value
            }
            TokenStreamLocation place = parser.currentTokenLocation();
            System.out.println("value " + parser.getIntValue() + " at offset " + place.getCharOffset() + ", line "
                    + place.getLineNr() + ", column " + place.getColumnNr());
        }
    }
}
JAVA
java -Xmx24m -cp "$(cat class-path)" Finding.java >output 2>log || cat log
cat >expected <<'OUT'
value 1 at offset 2200000001, line 1, column -2094967294
OUT
cat output
diff expected output
