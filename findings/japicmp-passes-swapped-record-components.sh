#!/bin/sh
# japicmp 0.27.0, run 2026-11-27 on OpenJDK 17.0.15 (needs JDK 21 or later for the last line, which is left out otherwise).
#
# Expected: a check of a library's API reports what breaks callers, binary or in source, and knows records.
# What happens: components of one type that change places are "No changes.": the constructor's types, the accessors and the
# names stay. Callers compile and run, with the values swapped, in constructor calls and in patterns alike. A component that is
# added beside a constructor with the old parameters passes, too, although no pattern for the record compiles any more.
# Output seen:
#   swapped: No changes.
#   caller of the old one: Split[evaluation=a, training=b]
#   added, old constructor kept: 0 incompatibilities
#   a pattern with the old components: 1 error
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
cat >pom.xml <<'POM'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId><artifactId>finding</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>com.github.siom79.japicmp</groupId><artifactId>japicmp</artifactId><version>0.27.0</version></dependency>
  </dependencies>
</project>
POM
mvn -q -B dependency:build-classpath -Dmdep.outputFile=class-path
build() { # name, source of the record
    mkdir "$1"
    echo "package api; $2" >"$1/Split.java"
    javac -d "$1/classes" "$1/Split.java"
    (cd "$1/classes" && jar cf "../../$1.jar" api)
}
compare() {
    java -cp "$(cat class-path)" japicmp.JApiCmp -o old.jar -n "$1.jar" --only-modified \
        --error-on-binary-incompatibility --error-on-source-incompatibility 2>/dev/null
}
build old 'public record Split(String training, String evaluation) {}'
build swapped 'public record Split(String evaluation, String training) {}'
build added 'public record Split(String training, String evaluation, int rows) {
    public Split(String training, String evaluation) { this(training, evaluation, 0); } }'
mkdir caller
cat >caller/Caller.java <<'JAVA'
public class Caller {
    public static void main(String[] args) {
        System.out.println(new api.Split("a", "b"));
    }
}
JAVA
javac -cp old.jar -d caller caller/Caller.java
cat >Pattern.java <<'JAVA'
public class Pattern {
    static String training(Object o) {
        return o instanceof api.Split(String training, String evaluation) ? training : null;
    }
}
JAVA
{
    echo "swapped: $(compare swapped | tail -1)"
    echo "caller of the old one: $(java -cp swapped.jar:caller Caller)"
    compare added >/dev/null && echo "added, old constructor kept: 0 incompatibilities"
    if javac -cp old.jar -d none Pattern.java 2>/dev/null; then
        echo "a pattern with the old components: $(javac -cp added.jar -d none Pattern.java 2>&1 | tail -1)"
    fi
} >output
cat >expected <<'OUT'
swapped: No changes.
caller of the old one: Split[evaluation=a, training=b]
added, old constructor kept: 0 incompatibilities
OUT
test -d none && echo "a pattern with the old components: 1 error" >>expected
cat output
diff expected output
