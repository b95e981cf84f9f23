# What the benchmarks have in common, sourced by each: JDKs, the server, python, the clock, and the rows that are printed.
#
#   JDKS='17 25'      the JDKs to measure on, by major version
#   ROWS=FILE         rows go there as well, as Markdown (see scripts/bench/all)
#   CACHE=DIRECTORY   class-data archives that are made already, an FTJ_HOME's cache directory: to save time
#   BIN=DIRECTORY     the ftj and ftj-jshell to measure; this checkout's by default
set -eu
bench=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$bench/../.." && pwd)
bin=${BIN:-$root/scripts}

work=$(mktemp -d)
running=() # ended with the benchmark
clean_up() {
    local pid
    for pid in ${running[@]+"${running[@]}"}; do
        kill "$pid" 2>/dev/null && wait "$pid" 2>/dev/null || true
    done
    rm -rf "$work"
}
trap clean_up EXIT

unset JAVA_TOOL_OPTIONS JDK_JAVA_OPTIONS SSL_CERT_FILE ATAI_API_KEY_FILE ATAI_API_ENDPOINT HTTPS_PROXY https_proxy HTTP_PROXY http_proxy ALL_PROXY all_proxy
new_home() { # DIRECTORY: for local files
    mkdir -p "$1"
    [ -z "${CACHE:-}" ] || "$bench/copy-cache" "$CACHE" "$1/cache"
}

new_home "$work/home"
export FTJ_HOME=$work/home ATAI_API_KEY=sk_bench_is_not_a_key_0123

fail() {
    echo "$0: $*" >&2
    exit 1
}

# ---- who takes part: what is missing is said, and not measured ----

jdks=()
declare -A home
for major in ${JDKS:-17 25}; do
    if home[$major]=$("$root/.ci/jdk" "$major"); then
        jdks+=("$major")
    else
        echo "JDK $major: not found, not measured"
    fi
done
[ ${#jdks[@]} -gt 0 ] || exit 1

use_jdk() { # MAJOR
    export JAVA_HOME=${home[$1]}
}
use_jdk "${jdks[0]}"

# The interpreter itself, so that the ratios are fair: version managers put a slow script in front of it. Empty where
# python3 or requests is missing.
python=$(python3 -c 'import sys, requests; print(sys.executable)' 2>/dev/null) || python=''
[ -n "$python" ] || echo 'python3 with requests: not found, not measured'

need_python() {
    [ -n "$python" ] || fail 'needs python3 with requests'
}

versions() { # what takes part, on a line
    local major
    printf '%s, %s cores' "$(date +%F)" "$(getconf _NPROCESSORS_ONLN)"
    for major in "${jdks[@]}"; do
        sed -n 's/^JAVA_RUNTIME_VERSION="\(.*\)"/, JDK \1/p' "${home[$major]}/release" | tr -d '\n'
    done
    [ -z "$python" ] || "$python" -c 'import platform, requests
print(", Python", platform.python_version(), "with requests", requests.__version__, end="")'
    if command -v curl >/dev/null; then
        curl --version | sed -n '1s/^curl \([^ ]*\).*/, curl \1/p' | tr -d '\n'
    else
        printf ', no curl'
    fi
    echo
}

# ---- the server, and what is asked of it ----

start_server() { # JOBS [KEYSTORE PASSWORD]: sets $http, and $https where there is a certificate
    local ports=$work/ports-${#running[@]}
    "${home[${jdks[0]}]}/bin/java" -XX:+UseSerialGC "$bench/Server.java" "$ports" "$@" &
    running+=($!)
    until [ -s "$ports" ]; do
        kill -0 $! || fail 'the server did not start'
        sleep 0.1
    done
    read -r http https <"$ports"
    export ATAI_API_ENDPOINT=http://localhost:$http/v0.5
}

count() { # PORT: prints how many calls of each kind that server has seen, "jobs N lists N"
    exec 4<>"/dev/tcp/127.0.0.1/$1"
    printf 'GET /count HTTP/1.0\r\n\r\n' >&4
    tail -n 1 <&4
    exec 4<&-
}

ids() { # COUNT: ids of the server's jobs, as Server.java spells them
    awk -v count="$1" 'BEGIN { for (i = 1; i <= count; i++) printf "ftj-bench-%06d\n", i }'
}

ftj() {
    "$bin/ftj" "$@"
}

fill_book() { # HOME COUNT: saves so many jobs, ftj-run-NNNNNN-XXXX, for $ATAI_API_ENDPOINT
    local book
    new_home "$1"
    FTJ_HOME=$1 ftj save ftj-run-000000-0000 2>/dev/null
    book=$(echo "$1"/data/*.saved.jsonl)
    # the line that ftj wrote, once for each
    awk -v count="$2" '/ftj-run-000000-0000/ { line = $0 }
        END { for (i = 1; i <= count; i++) { job = line; sub("000000-0000", sprintf("%06d-%04x", i, i * 40503 % 65536), job); print job } }' \
        "$book" >"$work/lines"
    cat "$work/lines" >>"$book"
    # makes the file for completion scripts
    FTJ_HOME=$1 ftj save ftj-run-000000-0000 2>/dev/null
}

# ---- figures ----

now() { # sets $now, in microseconds
    if [ -n "${EPOCHREALTIME:-}" ]; then
        now=${EPOCHREALTIME/[.,]/}
    else
        now=$(($(date +%s%N) / 1000))
    fi
}

time_of() { # FILE COMMAND...: one more line in FILE, in ms; what the command says goes to $work/out and $work/err
    local begin file=$1
    shift
    now
    begin=$now
    "$@" >"$work/out" 2>"$work/err" || {
        cat "$work/err" >&2
        fail "failed: $*"
    }
    now
    awk -v us=$((now - begin)) 'BEGIN { printf "%.1f\n", us / 1000 }' >>"$file"
}

# Everything runs before it counts, too: caches, bytecode files, the server's compiler.
warm_rounds() { # ROUNDS MOST: prints how often
    echo $(($1 < $2 ? $1 : $2))
}

quantile() { # P <FILE
    sort -n | awk -v p="$1" '{ v[NR] = $1 }
        END { i = p * (NR - 1) + 1; f = int(i); print v[f] + (i - f) * ((f < NR ? v[f + 1] : v[f]) - v[f]) }'
}

median() {
    quantile 0.5
}

figure() { # FILE UNIT: the median, and where the middle eight of ten lie
    printf '%s %s (%s-%s)' "$(median <"$1" | rounded)" "$2" "$(quantile 0.1 <"$1" | rounded)" "$(quantile 0.9 <"$1" | rounded)"
}

rounded() {
    awk '{ printf $1 < 10 ? "%.1f" : "%.0f", $1 }'
}

ratio() { # OURS THEIRS: the median of the ratios taken round by round
    paste "$1" "$2" | awk '{ print $1 / $2 }' | median | awk '{ printf "%.2f", $1 }'
}

peak() { # COMMAND...: prints MB
    if [ -x /usr/bin/time ] && /usr/bin/time -f %M true 2>/dev/null >&2; then
        /usr/bin/time -f %M -o "$work/peak" "$@" >/dev/null 2>&1 && awk '{ printf "%.0f MB", $1 / 1024 }' "$work/peak"
    elif [ -n "$python" ]; then
        "$python" -c 'import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024, "MB", end="")' "$@"
    else
        printf 'not measured'
    fi
}

head_line() { # WHAT: before the rows
    [ -n "${ROWS:-}" ] || versions
    echo "$1; median (p10-p90)"
    printf '%-40s %-24s %-32s %-8s %s\n' '' 'ftj' 'peer' 'ratio' 'goal'
}

row() { # FIGURE OURS PEER RATIO GOAL, - for what there is not
    printf '%-40s %-24s %-32s %-8s %s\n' "$@"
    [ -z "${ROWS:-}" ] || printf '| %s | %s | %s | %s | %s |\n' "$@" >>"$ROWS"
}
