# What ftj and ftj-jshell have in common: finds Java, builds a source checkout once, keeps the class-data cache, starts
# one JVM. Sourced by either, which has set $here. stdout belongs to the JVM alone.
# Few processes are started on the usual way: each costs a millisecond of a start that takes about 150.

nl='
'

fail() {
    printf 'ftj: %s\n' "$*" >&2
    exit 1
}

# ---- streams: one that is closed would be the first file that the JVM opens, to be read as ids or written as data ----

keep_streams() {
    true 3>&2 || exec 2>/dev/null
    { true 3<&0; } 2>/dev/null || exec 0</dev/null
    { true 3>&1; } 2>/dev/null || exec 1</dev/null
}

# ---- Java: $java, $java_home, and what its release file says ----

find_java() {
    if [ -n "${JAVA_HOME:-}" ]; then
        java=$JAVA_HOME/bin/java
        [ -x "$java" ] || fail "no Java in JAVA_HOME ($JAVA_HOME): point it at a Java 17 or newer, or unset it"
        java_home=$JAVA_HOME
    else
        java=$(command -v java) || fail 'Java 17 or newer is needed: install a JDK, or set JAVA_HOME'
        # macOS has a stub in /usr/bin that asks this program, too
        if [ "$java" = /usr/bin/java ] && [ -x /usr/libexec/java_home ]; then
            java_home=$(/usr/libexec/java_home 2>/dev/null) && java=$java_home/bin/java
        else
            java_home=$(readlink -f "$java" 2>/dev/null) || java_home=$java
            java_home=${java_home%/bin/*}
            [ -x "$java_home/bin/java" ] && java=$java_home/bin/java
        fi
    fi
    java_version='' java_build=''
    if [ -r "$java_home/release" ]; then
        while IFS='=' read -r name value; do
            value=${value#\"}
            value=${value%\"}
            case $name in
                JAVA_VERSION) java_version=$value ;;
                JAVA_RUNTIME_VERSION | IMPLEMENTOR | OS_ARCH) java_build=$java_build-$value ;;
                MODULES | SOURCE) ;;
            esac
        done <"$java_home/release"
    fi
    # without a release file only the JVM itself can tell, and there is no name for a cache of its classes
    if [ -z "$java_version" ]; then
        java_build=''
        java_version=$("$java" -version 2>&1 | sed -n 's/.* version "\([^"]*\)".*/\1/p')
    fi
    java_major=${java_version%%[!0-9]*}
    case $java_major in
        '') fail "cannot tell the version of $java: ftj needs Java 17 or newer" ;;
    esac
    [ "$java_major" -ge 17 ] || fail "Java 17 or newer is needed, but $java is $java_version: set JAVA_HOME to a newer one"
}

# ---- a source checkout: build it once ----

built() {
    [ -f "$stamp" ] && [ -z "$(cd "$root" && find pom.xml .mvn ./*/pom.xml core/src/main shell/src/main \
        scripts/src/assembly scripts/ftj scripts/ftj.cmd scripts/ftj-jshell scripts/launcher.sh scripts/jshell -newer "$stamp" 2>/dev/null)" ]
}

# The lock is the kernel's where there is flock(1): it ends with its holder and the holder's Maven, however they die. Elsewhere it is a
# link that names its holder, made in one step; that of a dead holder is taken away by one of those who wait.
lock() {
    if command -v flock >/dev/null 2>&1; then
        exec 9>"$1.flock" && flock 9
        return
    fi
    misses=0
    until ln -s $$ "$1" 2>/dev/null; do
        if ! holder=$(readlink "$1"); then
            # its holder left between the two looks, or no link can be made here
            misses=$((misses + 1))
            [ $misses -lt 100 ] || return 1
        elif kill -0 "$holder" 2>/dev/null || ps -p "$holder" >/dev/null 2>&1; then
            misses=0
            sleep 1
        else
            take_away "$1" "$holder"
        fi
    done
}

# take_away LOCK HOLDER: the lock of a dead holder, unless somebody else did, and it is a living one's by now
take_away() {
    if mkdir "$1.away" 2>/dev/null; then
        [ "$(readlink "$1")" != "$2" ] || rm -f "$1"
        rmdir "$1.away"
    else
        sleep 1
        find "$1.away" -mmin +1 -exec rmdir {} \; 2>/dev/null
    fi
}

unlock() {
    exec 9>&-
    rm -f "$1"
}

build() {
    command -v mvn >/dev/null 2>&1 || fail 'the first run builds ftj, and Maven (mvn) is not on the PATH: install it, or use a release archive'
    [ -x "$java_home/bin/javac" ] || fail "the first run builds ftj, and $java_home is no JDK (it has no javac): set JAVA_HOME to a JDK"
    log=$root/scripts/target/build.log
    mkdir -p "$root/scripts/target" 2>/dev/null && : 2>/dev/null >>"$log" || fail "ftj is not built, and cannot be: $root/scripts/target is not writable"
    lock "$root/scripts/target/build.holder" || fail "cannot lock $root/scripts/target"
    trap 'unlock "$root/scripts/target/build.holder"; exit 130' INT TERM HUP
    if ! built; then
        echo 'ftj: building (once) ...' >&2
        begun=$root/scripts/target/build.begun
        : >"$begun"
        if (
            unset ATAI_API_KEY ATAI_API_KEY_FILE
            JAVA_HOME=$java_home MAVEN_OPTS="-XX:TieredStopAtLevel=1 ${MAVEN_OPTS:-}"
            export JAVA_HOME MAVEN_OPTS
            cd "$root" && exec mvn -B -q -Dmaven.test.skip=true package
        ) >"$log" 2>&1 </dev/null && [ -f "$stamp" ]; then
            # what was edited while the build ran is newer than the build
            touch -r "$begun" "$stamp"
        else
            tail -n 20 "$log" >&2
            unlock "$root/scripts/target/build.holder"
            fail "the build failed; all it said is in $log"
        fi
    fi
    unlock "$root/scripts/target/build.holder"
    trap - INT TERM HUP
}

# ---- the jars: $lib, of a release, or of a checkout that is built if it has to be ----

find_lib() {
    case $here in
        *:*) fail "Java cannot run from a directory with a colon in its name: $here" ;;
    esac
    if [ -f "$here/../lib/ftj.jar" ]; then
        lib=${here%/*}/lib
        return
    fi
    root=${here%/*}
    version=''
    while [ -z "$version" ] && read -r line; do
        case $line in
            '<version>'*) version=${line#<version>} version=${version%%<*} ;;
        esac
    done <"$root/pom.xml" || fail "neither a release nor a checkout of ftj: $root"
    stamp=$root/scripts/target/ftj-$version.tar.gz
    lib=$root/scripts/target/ftj-$version/lib
    # one that cannot be rebuilt is used as it is
    built || { [ -f "$stamp" ] && [ ! -w "$root/scripts/target" ]; } || build
}

# ---- the class-data cache: $archive, an existing file or empty ----

# find_archive TRAINING: for $class_path and $flags; TRAINING, a class and what it is told, does what a usual start does, against the sandbox
find_archive() {
    training=$1
    archive=''
    [ -n "$java_build" ] || return
    if [ -n "${FTJ_HOME:-}" ]; then
        cache=$FTJ_HOME/cache
    else
        cache=${XDG_CACHE_HOME:-${HOME:+$HOME/.cache}}
        [ -n "$cache" ] || return
        cache=$cache/ftj
    fi
    case $cache in
        *:* | *"$nl"*) return ;; # the JVM takes a colon for two archives
        /*) ;;
        *) cache=$PWD/$cache ;;
    esac
    [ -e "$cache" ] || [ -h "$cache" ] || (umask 077 && mkdir -p "$cache") 2>/dev/null

    # Used only if nobody else could have put a file there: its classes would run as ours.
    [ -d "$cache" ] && [ ! -h "$cache" ] && [ -O "$cache" ] || return
    files=$(LC_ALL=C TZ=UTC ls -lna "$cache/" 2>/dev/null)$nl
    files=${files#*"$nl"}
    case $files in
        dr?x------[!+]*" .$nl"*) ;;
        *) return ;;
    esac

    # The name tells the JVM and the place of ftj, the state of its jars (size, and when they came to this disk: a
    # release's own times are all the same), and its own size. A date of ours shows that nobody wrote to it since: a JVM
    # crashes on one that is truncated or damaged.
    jars=$(list --full-time "$lib"/*.jar || list -T "$lib"/*.jar) || return
    place=$(printf '%s\n' "$java_home" "$java_build" "$lib" "$flags" "$training" | cksum 2>/dev/null) || return
    state=$(printf '%s\n' "$jars" | cksum) || return
    place=$cache/$java_major-${place%% *}
    state=$place-${state%% *}
    for archive in "$state"-*.jsa; do
        size=${archive##*-}
        case $files in
            *" ${size%.jsa} Jan  1  2000 ${archive##*/}$nl"*) [ -r "$archive" ] && break ;;
        esac
        archive=''
    done
    [ -n "$archive" ] || train
    [ -s "$archive" ] || archive=''
}

# GNU and BSD have an option each for times to the second
list() {
    LC_ALL=C TZ=UTC ls -Lnlc "$@" 2>/dev/null
}

# The new archive is a file of this process until
# it is complete; one of another living process means that it is being made, and this start goes without. An empty
# archive remembers that it cannot be made here.
train() {
    for new in "$place"-*.new.*; do
        [ -e "$new" ] || continue
        maker=${new##*.new.}
        kill -0 "${maker%%.*}" 2>/dev/null && return
        rm -f "$new"
    done
    new=$state.new.$$
    (umask 077 && : >"$new") 2>/dev/null || return
    [ -t 2 ] && echo 'ftj: preparing fast starts (once) ...' >&2
    if [ "$java_major" -ge 25 ]; then
        record=-XX:AOTCacheOutput=$new
    else
        record=-XX:ArchiveClassesAtExit=$new
    fi
    (
        unset ATAI_API_KEY ATAI_API_KEY_FILE ATAI_API_ENDPOINT JAVA_TOOL_OPTIONS JDK_JAVA_OPTIONS _JAVA_OPTIONS
        umask 077
        FTJ_REMEMBER=off
        export FTJ_REMEMBER
        exec "$java" "$record" $flags -cp "$class_path" $training
    ) >/dev/null 2>&1 </dev/null || (rm -f "$new" && umask 077 && : >"$new") 2>/dev/null
    size=$(wc -c 2>/dev/null <"$new")
    archive=$state-$((size)).jsa
    rm -f "$new".* "$place"-*.jsa
    find "$cache" -type f -ctime +60 -exec rm -f {} + 2>/dev/null
    TZ=UTC touch -t 200001010000 "$new" && mv -f "$new" "$archive"
}

# ---- what the JVM is started with ----

# Without a locale it would read arguments and file names as ASCII, and lose the rest.
give_locale() {
    case ${LC_ALL:-${LC_CTYPE:-${LANG:-C}}} in
        C | POSIX) LC_CTYPE=C.UTF-8 && export LC_CTYPE && [ -n "${LC_ALL:-}" ] && LC_ALL=C.UTF-8 ;;
    esac
}

# choose_memory [YOUNG]: adds to $flags the usual collector, and after how much it looks through young objects. The user's
# own choice stands: two collectors would not start, nor would a heap smaller than YOUNG.
choose_memory() {
    users="${JAVA_TOOL_OPTIONS:-} ${JDK_JAVA_OPTIONS:-} ${_JAVA_OPTIONS:-}"
    case $users in
        *-XX:+Use*GC*) return ;;
    esac
    flags="-XX:+UseSerialGC $flags"
    case $users in
        *-Xm[nsx]* | *HeapSize* | *NewSize* | *NewRatio* | *RAM*) return ;;
    esac
    [ -z "${1:-}" ] || flags="-XX:NewSize=$1 $flags"
}

# launch MAIN_CLASS [ARG...]: becomes the JVM
launch() {
    ulimit -c 0 2>/dev/null
    if [ -z "$archive" ]; then
        exec "$java" $flags "-Dftj.tty=$tty" -cp "$class_path" "$@"
    elif [ "$java_major" -ge 25 ]; then
        exec "$java" "-XX:AOTCache=$archive" $flags "-Dftj.tty=$tty" -cp "$class_path" "$@"
    else
        exec "$java" "-XX:SharedArchiveFile=$archive" $flags "-Dftj.tty=$tty" -cp "$class_path" "$@"
    fi
}
