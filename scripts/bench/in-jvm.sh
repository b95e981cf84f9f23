# What the benchmarks that run inside a JVM have in common, sourced by each: they are test classes, run on each JDK.
#
#   JDKS='17 25'      the JDKs to measure on, by major version
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
class_path=$root/scripts/target/bench.classpath
unset JAVA_TOOL_OPTIONS JDK_JAVA_OPTIONS

built() {
    [ -f "$class_path" ] && [ -z "$(cd "$root" && find pom.xml ./*/pom.xml core/src/main shell/src/main \
        scripts/src/test/java/dev/ftj/bench -newer "$class_path")" ]
}

in_jvm() { # CLASS ARG...
    local major home measured='' quietly
    for major in ${JDKS:-17 25}; do
        if ! home=$("$root/.ci/jdk" "$major"); then
            echo "JDK $major: not found, not measured"
            continue
        fi
        built || JAVA_HOME=$home mvn -q -B -Dstyle.color=never -f "$root/pom.xml" -pl scripts -am -DskipTests process-test-classes >&2
        measured=yes
        # these JDKs warn of JMH's use of it, once for each JVM
        quietly=()
        [ "$major" -lt 24 ] || quietly=(--sun-misc-unsafe-memory-access=allow)
        # JMH's JVMs take over the options of this one
        "$home/bin/java" ${quietly[@]+"${quietly[@]}"} -XX:+UseSerialGC -Djmh.ignoreLock=true \
            -cp "$root/scripts/target/test-classes:$(<"$class_path")" "$@"
        echo
    done
    [ -n "$measured" ]
}
