# What the benchmarks that run inside a JVM have in common, sourced by each: they are test classes, run on each JDK.
. "$(dirname "$0")/common.sh"
class_path=$root/scripts/target/bench.classpath

built() {
    [ -f "$class_path" ] && [ -z "$(cd "$root" && find pom.xml ./*/pom.xml core/src/main shell/src/main \
        scripts/src/test/java/dev/ftj/bench -newer "$class_path")" ]
}

in_jvm() { # CLASS ARG...
    local major quietly
    start_server 0
    for major in "${jdks[@]}"; do
        use_jdk "$major"
        built || mvn -q -B -Dstyle.color=never -f "$root/pom.xml" -pl scripts -am -DskipTests process-test-classes >&2
        # these JDKs warn of JMH's use of it, once for each JVM
        quietly=()
        [ "$major" -lt 24 ] || quietly=(--sun-misc-unsafe-memory-access=allow)
        # JMH's JVMs take over the options of this one
        "$JAVA_HOME/bin/java" ${quietly[@]+"${quietly[@]}"} -XX:+UseSerialGC -Djmh.ignoreLock=true \
            "-Dftj.bench.endpoint=$ATAI_API_ENDPOINT" -cp "$root/scripts/target/test-classes:$(<"$class_path")" "$@"
        echo
    done
}
