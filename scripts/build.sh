# Sourced by launcher.sh in a checkout: sets $lib, and builds it first if there is no build or a source is newer.
# Builds into .build of each module: target/ belongs to those who run Maven themselves.

built() {
    [ -f "$stamp" ] && [ -z "$(cd "$root" && exec find pom.xml .mvn ./*/pom.xml core/src/main shell/src/main scripts/src/assembly \
        scripts/ftj scripts/ftj.cmd scripts/ftj-jshell scripts/launcher.sh scripts/build.sh scripts/jshell -newer "$stamp" 2>/dev/null)" ]
}

run_maven() {
    unset ATAI_API_KEY ATAI_API_KEY_FILE
    export JAVA_HOME="$java_home"
    cd "$root" && exec mvn -B -q -Dmaven.test.skip=true -Dftj.target=.build package >"$place/build.log" 2>&1 </dev/null
}

# The lock names its holder. That of a dead one is removed, and any after half an hour: its number may be another's by then.
lock() {
    until (set -C && echo $$ >"$place/lock") 2>/dev/null; do
        holder='' && read -r holder 2>/dev/null <"$place/lock"
        kill -0 "${holder:-$$}" 2>/dev/null || ps -p "$holder" >/dev/null 2>&1 || rm -f "$place/lock"
        find "$place/lock" -mmin +30 -exec rm -f {} + 2>/dev/null
        sleep 1
    done
}

build() {
    command -v mvn >/dev/null 2>&1 || fail 'the first run builds ftj, and Maven (mvn) is not on the PATH: install it, or use a release archive'
    [ -x "$java_home/bin/javac" ] || fail "the first run builds ftj, and $java_home is no JDK (it has no javac): set JAVA_HOME to a JDK"
    place=$root/scripts/.build stamp=$own
    mkdir -p "$place" 2>/dev/null && : 2>/dev/null >>"$place/build.log" || fail "ftj is not built, and cannot be: $place is not writable"
    lock
    if ! built; then
        echo "ftj: building (once, about 30 s; log: $place/build.log) ..." >&2
        : >"$place/begun"
        (
            [ ! -t 2 ] || begun=$(date +%s)
            guarded run_maven
            code=$?
            [ -z "${begun:-}" ] || printf '\r%30s\r' '' >&2
            [ -z "${interrupted:-}" ] || { rm -f "$place/lock" && exit 130; }
            exit $code
        )
        code=$?
        touch -c -r "$place/begun" "$stamp" # a source that was edited meanwhile is newer
        rm -f "$place/lock"
        [ $code -ne 130 ] || exit 130
        if [ $code -ne 0 ] || [ ! -f "$stamp" ]; then
            tail -n 20 "$place/build.log" >&2
            fail "the build failed; its log is $place/build.log"
        fi
    fi
    rm -f "$place/lock"
}

root=${here%/*} version=''
while [ -z "$version" ] && read -r line; do
    case $line in '<version>'*) version=${line#<version>} version=${version%%<*} ;; esac
done <"$root/pom.xml" || fail "not a checkout of ftj: $root"
own=$root/scripts/.build/ftj-$version.tar.gz stamp=$root/scripts/target/ftj-$version.tar.gz
[ -f "$stamp" ] && [ ! "$own" -nt "$stamp" ] || stamp=$own
# a build that cannot be renewed is used as it is
built || { [ -f "$stamp" ] && [ ! -w "$root/scripts" ]; } || build
lib=${stamp%.tar.gz}/lib
