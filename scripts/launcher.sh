# Shared by ftj and ftj-jshell, which set $here: finds Java, builds a checkout once, keeps a class-data archive, starts one
# JVM. stdout belongs to the JVM. Every program that is started here costs each command about 1 ms.

nl='
'
users="${JAVA_TOOL_OPTIONS:-} ${JDK_JAVA_OPTIONS:-} ${_JAVA_OPTIONS:-}"
flags='-XX:TieredStopAtLevel=1 -XX:-UsePerfData -Xlog:disable -XX:-PrintWarnings -XX:+DisplayVMOutputToStderr
    -Dfile.encoding=UTF-8 -Dstdout.encoding=UTF-8 -Dstderr.encoding=UTF-8'
utf8=C.UTF-8 full_time=--full-time
[ ! -x /usr/libexec/java_home ] || utf8=en_US.UTF-8 full_time=-T # macOS

# A closed stream would become the first file that the JVM opens: it would be read as ids or overwritten.
true 3>&2 || exec 2>/dev/null
{ true 3<&0; } 2>/dev/null || exec 0</dev/null
{ true 3>&1; } 2>/dev/null || exec 1</dev/null

fail() { printf 'ftj: %s\n' "$*" >&2 && exit 1; }

# If one locale variable names a locale that is not installed, the JVM reads arguments as ASCII. locale(1) warns then.
give_locale() {
    categories=${LC_CTYPE:-}${LC_COLLATE:-}${LC_MESSAGES:-}${LC_MONETARY:-}${LC_NUMERIC:-}${LC_TIME:-}${LC_ADDRESS:-}
    categories=$categories${LC_IDENTIFICATION:-}${LC_MEASUREMENT:-}${LC_NAME:-}${LC_PAPER:-}${LC_TELEPHONE:-}
    [ "${LC_ALL:-${LANG:-}$categories}" != "$utf8" ] || return 0
    case ${LC_ALL:-${LC_CTYPE:-${LANG:-C}}} in
        C | POSIX) ;;
        *) case $(locale charmap 2>&1) in *"$nl"* | *' '* | ANSI* | US-ASCII | '') ;; *) return 0 ;; esac ;;
    esac
    export LC_ALL="$utf8"
}

find_java() { # sets java, java_home, java_major, java_build
    if [ -n "${JAVA_HOME:-}" ]; then
        java_home=$JAVA_HOME java=$JAVA_HOME/bin/java
        [ -x "$java" ] || fail "no Java in JAVA_HOME ($JAVA_HOME): point it at a Java 17 or newer, or unset it"
    else
        java=$(command -v java) || fail 'Java 17 or newer is needed: install a JDK, or set JAVA_HOME'
        java_home=$(readlink -f "$java" 2>/dev/null) || java_home=$java
        java_home=${java_home%/bin/*}
        [ "$java" != /usr/bin/java ] || [ "$full_time" != -T ] || java_home=$(/usr/libexec/java_home 2>/dev/null)
        [ ! -x "$java_home/bin/java" ] || java=$java_home/bin/java
    fi
    java_version='' java_build='' # up to the version, the release file tells one build from another
    [ ! -r "$java_home/release" ] || while [ -z "$java_version" ] && read -r line; do
        java_build=$java_build$line
        case $line in JAVA_VERSION=*) java_version=${line#*\"} java_version=${java_version%\"*} ;; esac
    done <"$java_home/release"
    [ -n "$java_version" ] || java_build='' java_version=$("$java" -version 2>&1 | sed -n 's/.* version "\([^"]*\)".*/\1/p')
    java_major=${java_version%%[!0-9]*}
    [ -n "$java_major" ] || fail "cannot tell the version of $java: ftj needs Java 17 or newer"
    [ "$java_major" -ge 17 ] || fail "Java 17 or newer is needed, but $java is $java_version: set JAVA_HOME to a newer one"
}

# guarded COMMAND...: ends it within 0.1 s if this shell is interrupted or the launcher is gone. Runs in a subshell.
guarded() {
    "$@" &
    trap stop INT TERM HUP
    while kill -0 $! 2>/dev/null; do
        [ -z "${interrupted:-}" ] && kill -0 $$ 2>/dev/null || stop
        [ -z "${begun:-}" ] || printf '\rftj: building, %d s ' $(($(date +%s) - begun)) >&2
        sleep 0.1
    done
    wait $! 2>/dev/null
}

stop() { interrupted=yes && kill -9 $! $(ps -A -o ppid= -o pid= 2>/dev/null | sed -n "s/^ *$! //p") 2>/dev/null; }

find_lib() { # sets lib, the directory of the jars: of a release, or of a checkout, which is built if it has to be
    case $here in *:*) fail "Java cannot run from a directory with a colon in its name: $here" ;; esac
    lib=${here%/*}/lib
    [ -f "$lib/ftj.jar" ] || [ -r "$here/build.sh" ] || fail "neither a release nor a checkout of ftj: ${here%/*}"
    [ -f "$lib/ftj.jar" ] || . "$here/build.sh"
}

# Sets seen: size and time of the jars' directory, ftj.jar and the archive. Fails if others can write to the cache.
look() {
    [ -e "$archive" ] && set -- "$archive" || set --
    seen=$(cd "$lib" && LC_ALL=C TZ=UTC exec ls -ldnc $full_time . ftj.jar "$cache" "$@" 2>/dev/null)
    cache_line=${seen#*"$nl"}
    seen=${seen%%"$nl"*}$nl${cache_line#*"$nl"}
    case $cache_line in drwx------[!+]*) [ -O "$cache" ] ;; *) false ;; esac
}

# find_archive KIND CLASS [ARG...]: sets archive, made by a run of CLASS if none fits. Its key file holds what it was made of.
# JDK 25 does not start with a cache beside the user's own -Xshare: see JdkAssumptionsTest.
find_archive() {
    archive=''
    case $users in *-Xshare* | *Archive* | *AOT* | *ClassList* | *Flags=* | *OptionsFile=* | *@*) return 0 ;; esac
    case ${XDG_CACHE_HOME:-} in /*) cache=$XDG_CACHE_HOME/ftj ;; *) cache=${HOME:+$HOME/.cache/ftj} ;; esac
    [ -z "${FTJ_HOME:-}" ] || cache=$FTJ_HOME/cache
    case $java_build:$cache in :* | *:*:* | *"$nl"*) return 0 ;; *:/*) ;; *) return 0 ;; esac
    [ -d "$cache" ] || (umask 077 && mkdir -p "$cache") 2>/dev/null
    for key in "$cache/$java_major-$1"-*.key; do
        known=''
        while IFS= read -r line; do known=$known$line$nl; done 2>/dev/null <"$key"
        case $known in "$lib|$java_home$nl"*) archive=${key%key}jsa && break ;; esac
    done
    [ -n "$archive" ] || archive=$cache/$java_major-$1-$$.jsa key=$cache/$java_major-$1-$$.key
    shift
    # a key file without its archive: none can be made here
    look && { [ "$known" = "$lib|$java_home$nl$java_build$nl$seen$nl" ] || train "$@"; } && [ -e "$archive" ] || archive=''
}

# train CLASS [ARG...]: makes the archive and its key file. While another start makes one, this one goes without.
train() {
    new=$archive.new.$$
    (umask 077 && mkdir "$new") 2>/dev/null || { archive='' && return; }
    find "$cache"/*.new.* -prune -mmin +30 -exec rm -rf {} + 2>/dev/null
    for other in "$cache"/*.new.*; do
        [ "$other" != "$new" ] || continue
        kill -0 "${other##*.}" 2>/dev/null && rm -rf "$new" && archive='' && return
        rm -rf "$other"
    done
    for other in "$cache"/*.jsa; do [ -e "${other%jsa}key" ] || rm -f "$other"; done
    [ ! -t 2 ] || [ "$(echo "$cache"/*.key)" != "$cache/*.key" ] || echo 'ftj: preparing fast starts (once) ...' >&2
    (
        unset ATAI_API_KEY ATAI_API_KEY_FILE ATAI_API_ENDPOINT JAVA_TOOL_OPTIONS JDK_JAVA_OPTIONS _JAVA_OPTIONS
        umask 077
        export FTJ_REMEMBER=off
        flags="-XX:+UseSerialGC $flags"
        if [ "$java_major" -ge 25 ]; then
            guarded "$java" -XX:AOTMode=record "-XX:AOTConfiguration=$new/seen" $flags "-Djava.io.tmpdir=$new" -cp "$class_path" "$@" &&
                guarded "$java" -XX:AOTMode=create "-XX:AOTConfiguration=$new/seen" "-XX:AOTCache=$new/archive" $flags -cp "$class_path"
        else
            guarded "$java" "-XX:ArchiveClassesAtExit=$new/archive" $flags "-Djava.io.tmpdir=$new" -cp "$class_path" "$@"
        fi && mv -f "$new/archive" "$archive" || rm -f "$archive"
        if [ -z "${interrupted:-}" ]; then
            look && printf '%s\n' "$lib|$java_home" "$java_build" "$seen" >"$new/key" && mv -f "$new/key" "$key"
            find "$cache" -type f -ctime +60 -exec rm -f {} +
        fi
        rm -rf "$new"
        [ -z "${interrupted:-}" ]
    ) >/dev/null 2>&1 </dev/null || exit 130
}

# choose_memory [YOUNG]: a collector, and the size of its young generation, if the user chose none: two would not start.
choose_memory() {
    case $users in *-XX:+Use*GC* | *Flags=* | *OptionsFile=* | *@*) return ;; esac
    flags="-XX:+UseSerialGC $flags"
    case $users in *-Xm[nsx]* | *HeapSize* | *NewSize* | *NewRatio* | *RAM*) return ;; esac
    [ -z "${1:-}" ] || flags="-XX:NewSize=$1 $flags"
}

# launch MAIN_CLASS [ARG...]: becomes the JVM
launch() {
    ulimit -c 0 2>/dev/null
    case $java_major:$archive in *:) ;; 1?:* | 2[0-4]:*) archive=-XX:SharedArchiveFile=$archive ;; *) archive=-XX:AOTCache=$archive ;; esac
    exec "$java" ${archive:+"$archive"} $flags "-Dftj.tty=${tty:-}" -cp "$class_path" "$@"
}
