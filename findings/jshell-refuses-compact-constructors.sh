#!/bin/sh
# jdk.jshell of OpenJDK 17.0.15 and Temurin 25.0.3, run 2026-11-27 (needs one JDK from 17 to 25, no package).
#
# Expected: a record that javac accepts can be defined in jshell and in notebooks, whose Java kernels are made of jdk.jshell.
# What happens: a record whose canonical constructor is written out, compact or not, is refused unless the constructor is
# public. jshell wraps a snippet into a class and makes the record public on the way, and a canonical constructor may not be
# less visible than its record.
# Output seen, the same on both:
#   javac: accepted
#   record P(int a) { P { a = Math.abs(a); } }: REJECTED invalid canonical constructor in record P
#   record Q(int a) { Q(int a) { this.a = a; } }: REJECTED invalid canonical constructor in record Q
#   record R(int a) { public R { a = Math.abs(a); } }: VALID
#   class S { final int a; S(int a) { this.a = a; } }: VALID
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
cat >Records.java <<'JAVA'
record P(int a) { P { a = Math.abs(a); } }
record Q(int a) { Q(int a) { this.a = a; } }
JAVA
cat >Finding.java <<'JAVA'
import java.util.List;
import java.util.Locale;
import jdk.jshell.JShell;
import jdk.jshell.SnippetEvent;

public class Finding {
    public static void main(String[] args) {
        try (JShell jshell = JShell.builder().executionEngine("local").build()) {
            for (String snippet : List.of(
                    "record P(int a) { P { a = Math.abs(a); } }",
                    "record Q(int a) { Q(int a) { this.a = a; } }",
                    "record R(int a) { public R { a = Math.abs(a); } }",
                    "class S { final int a; S(int a) { this.a = a; } }")) {
                SnippetEvent event = jshell.eval(snippet).get(0);
                StringBuilder said = new StringBuilder(snippet + ": " + event.status());
                jshell.diagnostics(event.snippet())
                        .forEach(fault -> said.append(' ').append(fault.getMessage(Locale.ROOT).lines().findFirst().get()));
                System.out.println(said);
            }
        }
    }
}
JAVA
{ javac -d classes Records.java && echo "javac: accepted"; java Finding.java; } >output
cat >expected <<'OUT'
javac: accepted
record P(int a) { P { a = Math.abs(a); } }: REJECTED invalid canonical constructor in record P
record Q(int a) { Q(int a) { this.a = a; } }: REJECTED invalid canonical constructor in record Q
record R(int a) { public R { a = Math.abs(a); } }: VALID
class S { final int a; S(int a) { this.a = a; } }: VALID
OUT
cat output
diff expected output
