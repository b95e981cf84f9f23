#!/bin/sh
# tools.jackson.dataformat:jackson-dataformat-yaml 3.2.4 (with snakeyaml-engine 3.0.1), beside yaml 2.9.1 of npm; run
# 2026-11-28 on OpenJDK 17.0.15 and Node 20.20.2. No network is used after the installation.
#
# Expected: Jackson 3 moved to YAML 1.2, so a training configuration has the types of that version's core schema: `~` and
# `Null` are null, `True` is a boolean, `.5`, `+1`, `0x10` and `.NaN` are numbers, as in npm's yaml. (PyYAML, on YAML
# 1.1, reads these the same.)
# What happens: only what JSON would spell so has a type, with few exceptions (`5.`, `.inf`, `.nan`, an empty value). The
# others are text, without a word: a tree or a Map has the string "~", a String field has "~" in place of null, an Integer
# field fails.
# Output seen:
#   value    Jackson          yaml of npm
#   ~        STRING "~"       null
#   Null     STRING "Null"    null
#   null     NULL null        null
#   True     STRING "True"    true
#   true     BOOLEAN true     true
#   .5       STRING ".5"      0.5
#   5.       NUMBER 5.0       5
#   +1       STRING "+1"      1
#   0x10     STRING "0x10"    16
#   .NaN     STRING ".NaN"    NaN
#   1e-5     NUMBER 1.0E-5    0.00001
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
cat >pom.xml <<'POM'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId><artifactId>finding</artifactId><version>1</version>
  <dependencies>
    <dependency>
      <groupId>tools.jackson.dataformat</groupId><artifactId>jackson-dataformat-yaml</artifactId><version>3.2.4</version>
    </dependency>
  </dependencies>
</project>
POM
mvn -q -B dependency:build-classpath -Dmdep.outputFile=class-path
npm init -y >/dev/null
npm install --silent --no-audit --no-fund yaml@2.9.1 >/dev/null 2>&1
values='~ Null null True true .5 5. +1 0x10 .NaN 1e-5'
cat >Finding.java <<'JAVA'
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

public class Finding {
    public static void main(String[] values) {
        for (String value : values) {
            JsonNode read = new YAMLMapper().readTree("lr: " + value).get("lr");
            System.out.println(value + " " + read.getNodeType() + " " + read);
        }
    }
}
JAVA
cat >finding.js <<'JS'
const YAML = require("yaml");
process.argv.slice(2).forEach((value) => console.log(String(YAML.parse("lr: " + value).lr)));
JS
# shellcheck disable=SC2086
java -cp "$(cat class-path)" Finding.java $values >by-jackson 2>log || cat log
# shellcheck disable=SC2086
node finding.js $values >by-npm
paste -d' ' by-jackson by-npm | awk 'BEGIN { printf "%-8s %-16s %s\n", "value", "Jackson", "yaml of npm" }
    { printf "%-8s %-16s %s\n", $1, $2 " " $3, $4 }' >output
cat >expected <<'OUT'
value    Jackson          yaml of npm
~        STRING "~"       null
Null     STRING "Null"    null
null     NULL null        null
True     STRING "True"    true
true     BOOLEAN true     true
.5       STRING ".5"      0.5
5.       NUMBER 5.0       5
+1       STRING "+1"      1
0x10     STRING "0x10"    16
.NaN     STRING ".NaN"    NaN
1e-5     NUMBER 1.0E-5    0.00001
OUT
cat output
diff expected output
