# Completion of ftj for bash 3.2 and newer: source this file, or put it where bash-completion looks.
# No JVM is started: saved and recent jobs come from a file that ftj keeps. Its lines are only ever compared, copied and
# quoted, never evaluated (compgen -W would run an id such as $(command)).

# prints the path of the file .$1 of the endpoint that a command would use; nothing if no absolute home directory is known
_ftj_ids_file() {
    local data endpoint host path name
    case ${FTJ_HOME:-}:${XDG_DATA_HOME:-} in
        ?*:*) data=$FTJ_HOME/data ;;
        :/*) data=$XDG_DATA_HOME/ftj ;;
        *) data=${HOME:-}/.local/share/ftj && [ -n "${HOME:-}" ] || return 0 ;;
    esac
    case $data in /*) ;; *) return 0 ;; esac
    # as ftj does: without blanks around it, scheme and host in lower case, without the scheme's own port
    endpoint=${ATAI_API_ENDPOINT:-}
    endpoint=${endpoint#"${endpoint%%[![:space:]]*}"}
    endpoint=${endpoint%"${endpoint##*[![:space:]]}"}
    endpoint=${endpoint:-https://api.u1.archetypeai.app/v0.5}
    host=${endpoint#*://}
    host=${endpoint%%://*}://${host%%/*}
    path=${endpoint#"$host"}
    case $host in *[[:upper:]]*) host=$(printf '%s' "$host" | tr '[:upper:]' '[:lower:]') ;; esac
    case $host in
        https://*:443) host=${host%:443} ;;
        http://*:80) host=${host%:80} ;;
    esac
    endpoint=$host$path
    while [ "${endpoint%/}" != "$endpoint" ]; do
        endpoint=${endpoint%/}
    done
    case $endpoint in
        */v0.5 | */v0.6) ;;
        *) endpoint=$endpoint/v0.5 ;;
    esac
    name=${endpoint//\%/%25}
    name=${name//+/%2B}
    name=${name//=/%3D}
    name=${name//\//+}
    name=${name//:/=}
    printf '%s' "$data/$name.$1"
}

# a row a line: COMMAND|WORD|KIND|VALUES|DESCRIPTION
_ftj_table() {
    printf '%s\n' '@TABLE@'
}

# adds the words that begin with $1 to COMPREPLY, each behind $lead
_ftj_offer() {
    local prefix=$1 word
    shift
    for word in "$@"; do
        if [ "${word:0:${#prefix}}" = "$prefix" ]; then
            COMPREPLY[${#COMPREPLY[@]}]=$lead$word
        fi
    done
}

# the same for words that ftj knows: a status may be typed in any case
_ftj_offer_known() {
    local prefix=$1 word unset=-s
    shift
    shopt -q nocasematch || unset=-u
    shopt -s nocasematch
    for word in "$@"; do
        if [[ ${word:0:${#prefix}} == "$prefix" ]]; then
            COMPREPLY[${#COMPREPLY[@]}]=$lead$word
        fi
    done
    shopt "$unset" nocasematch
}

# offers the ids in the file .$2 that begin with $1
_ftj_offer_ids() {
    local prefix=$1 file id
    file=$(_ftj_ids_file "$2")
    [ -r "$file" ] || return 0
    while IFS= read -r id; do
        case $id in
            '' | *[[:cntrl:]]*) ;;
            *) _ftj_offer "$prefix" "$id" ;;
        esac
    done <"$file"
}

# by Readline's own way, which knows ~, variables and quotes; bash 3.2 has no compopt
_ftj_offer_files() {
    local file
    compopt -o default 2>/dev/null && return
    while IFS= read -r file; do
        COMPREPLY[${#COMPREPLY[@]}]=$lead$file
    done < <(compgen -f -- "$1")
}

# offers what may stand in place of $word: a row's KIND and VALUES
_ftj_offer_kind() {
    local -a values
    case $1 in
        words)
            IFS=' ' read -r -a values <<<"$2"
            _ftj_offer_known "$word" "${values[@]}"
            ;;
        files) _ftj_offer_files "$word" ;;
        datasets)
            _ftj_offer_ids "$word" files
            _ftj_offer_files "$word"
            ;;
        jobs)
            _ftj_offer "$word" @last
            _ftj_offer_ids "$word" ids
            ;;
        commands) _ftj_offer_rows '' command ;;
    esac
}

# offers the words of the rows of command $1 that are commands ($2: command) or long options ($2: option)
_ftj_offer_rows() {
    local command text kind rest
    while IFS='|' read -r command text kind rest; do
        [ "$command" = "$1" ] || continue
        case $2:$kind:$text in
            command:command:* | option:*:--*) _ftj_offer_known "$word" "$text" ;;
        esac
    done < <(_ftj_table 2>/dev/null)
}

# sets found to KIND and VALUES of the row of command $1 and word $2
_ftj_find() {
    local command text kind values rest
    found=()
    while IFS='|' read -r command text kind values rest; do
        if [ "$command" = "$1" ] && [ "$text" = "$2" ]; then
            found=("$kind" "$values")
            return 0
        fi
    done < <(_ftj_table 2>/dev/null)
    return 1
}

# sets plain to $1 without quotes and backslashes, quote to one that is still open, and opened to the length of what stands
# before it
_ftj_unquote() {
    local text=$1 c
    plain='' opened='' quote=''
    while [ -n "$text" ]; do
        c=${text:0:1}
        text=${text:1}
        case $quote$c in
            \'\' | \"\") quote='' opened='' ;;
            \' | \") quote=$c opened=${#plain} ;;
            \\ | \"\\) plain=$plain${text:0:1} text=${text:1} ;;
            *) plain=$plain$c ;;
        esac
    done
}

_ftj() {
    local valued=' @VALUED@ '
    local IFS=$' \t\n' word='' lead='' kept='' command='' awaiting='' ended='' glue='' plain opened='' quote='' part i
    local -a words found
    COMPREPLY=()

    # since version 4 bash cuts words at "=", ":" and "@": they are put together again
    for ((i = 1; i <= COMP_CWORD; i++)); do
        part=${COMP_WORDS[i]}
        case $part in
            [=:]*) glue=yes ;;
            # "a@b", but not "a @b"
            @*) case ${COMP_LINE:-} in *"${COMP_WORDS[i - 1]}$part"*) glue=yes ;; esac ;;
        esac
        if [ -n "$glue" ] && [ ${#words[@]} -gt 0 ]; then
            words[${#words[@]} - 1]=${words[${#words[@]} - 1]}$part
        else
            words[${#words[@]}]=$part
        fi
        case $part in
            '' | *[!=:@]*) glue='' ;;
            *) glue=yes ;;
        esac
    done
    [ ${#words[@]} -gt 0 ] || return 0
    for ((i = 0; i < ${#words[@]}; i++)); do
        case ${words[i]} in
            *[\'\"\\]*) _ftj_unquote "${words[i]}" && words[i]=$plain ;;
            *) opened='' quote='' ;;
        esac
    done
    word=${words[${#words[@]} - 1]}

    # bash replaces what follows an open quote, else what follows the last "=" or ":", or the last "@" with it
    if [ -n "$opened" ]; then
        kept=${word:0:opened}
    else
        for part in = : @; do
            case $COMP_WORDBREAKS in
                *$part*)
                    part=${word%"${word##*$part}"}
                    part=${part%@}
                    [ ${#part} -gt ${#kept} ] && kept=$part
                    ;;
            esac
        done
    fi

    for ((i = 0; i < ${#words[@]} - 1; i++)); do
        part=${words[i]}
        if [ -n "$awaiting" ]; then
            awaiting=''
            continue
        fi
        case $ended$part in
            --) ended=yes ;;
            -?*) case $valued in *" $part "*) awaiting=$part ;; esac ;;
            *) [ -n "$command" ] || command=$part ;;
        esac
    done

    if [ -z "$awaiting" ] && [ -z "$ended" ]; then
        case $word in
            --*=*)
                awaiting=${word%%=*}
                lead=$awaiting=
                word=${word#*=}
                ;;
        esac
    fi
    if [ -n "$awaiting" ]; then
        _ftj_find "$command" "$awaiting" && _ftj_offer_kind "${found[@]}"
    else
        case $ended$word in
            -*) _ftj_offer_rows "$command" option ;;
            *)
                if [ -z "$command" ]; then
                    _ftj_offer_rows '' command
                elif _ftj_find "$command" ''; then
                    _ftj_offer_kind "${found[@]}"
                fi
                ;;
        esac
    fi
    for i in ${!COMPREPLY[@]}; do
        part=${COMPREPLY[i]:${#kept}}
        [ -n "$quote" ] || printf -v part %q "$part"
        COMPREPLY[i]=$part
        case $quote$part in
            # what the open quote cannot hold is not offered
            \'*\'* | \"*[\"\\\$\`!]*) unset "COMPREPLY[i]" ;;
        esac
    done
    return 0
}

complete -F _ftj ftj
