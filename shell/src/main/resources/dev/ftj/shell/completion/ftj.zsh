#compdef ftj
# Completion of ftj for zsh: source this file after compinit, or put it into a directory of $fpath as _ftj.
# No JVM is started: saved and recent jobs come from a file that ftj keeps; compadd quotes them.

# offers the words after $1, and the ids in the file .$1 of the endpoint that a command would use
_ftj_ids() {
    local data endpoint host rest name id suffix=$1
    local -a ids
    shift
    if [[ -n ${FTJ_HOME:-} ]]; then
        data=$FTJ_HOME/data
    elif [[ ${XDG_DATA_HOME:-} == /* ]]; then
        data=$XDG_DATA_HOME/ftj
    else
        data=${HOME:+$HOME/.local/share/ftj}
    fi
    # as ftj does: without blanks around it, scheme and host in lower case, without the scheme's own port
    endpoint=${ATAI_API_ENDPOINT:-}
    endpoint=${endpoint#"${endpoint%%[![:space:]]*}"}
    endpoint=${endpoint%"${endpoint##*[![:space:]]}"}
    endpoint=${endpoint:-https://api.u1.archetypeai.app/v0.5}
    host=${endpoint#*://}
    host=${endpoint%%://*}://${host%%/*}
    rest=${endpoint#"$host"}
    host=${(L)host}
    case $host in
        https://*:443) host=${host%:443} ;;
        http://*:80) host=${host%:80} ;;
    esac
    endpoint=$host$rest
    while [[ $endpoint == */ ]]; do
        endpoint=${endpoint%/}
    done
    [[ $endpoint == */v0.[56] ]] || endpoint=$endpoint/v0.5
    name=${endpoint//\%/%25}
    name=${name//+/%2B}
    name=${name//=/%3D}
    name=${name//\//+}
    name=${name//:/=}
    ids=("$@")
    if [[ $data == /* && -r $data/$name.$suffix ]]; then
        while IFS= read -r id; do
            [[ -n $id && $id != *[[:cntrl:]]* ]] && ids+=("$id")
        done <"$data/$name.$suffix"
    fi
    compadd -a ids
}

# a row a line: COMMAND|WORD|KIND|VALUES|DESCRIPTION
_ftj_table() {
    print -r -- '@TABLE@'
}

# offers the words of the rows of command $1 that are commands ($2: command) or options ($2: option)
_ftj_rows() {
    local row
    local -a fields offered described
    for row in "${rows[@]}"; do
        fields=("${(@s:|:)row}")
        [[ $fields[1] == "$1" ]] || continue
        if [[ $2:$fields[3] == command:command || $2:$fields[2] == option:-* ]]; then
            offered+=("$fields[2]")
            described+=("${${:-${(r:22:)fields[2]} -- $fields[5]}[1,COLUMNS-1]}")
        fi
    done
    compadd -M 'm:{a-zA-Z}={A-Za-z}' -l -d described -a offered
}

# offers what a row's KIND and VALUES say, of command $1 and word $2
_ftj_values() {
    local row
    local -a fields offered
    for row in "${rows[@]}"; do
        fields=("${(@s:|:)row}")
        [[ $fields[1] == "$1" && $fields[2] == "$2" ]] || continue
        case $fields[3] in
            words)
                offered=(${=fields[4]})
                compadd -M 'm:{a-zA-Z}={A-Za-z}' -a offered
                ;;
            files) _files ;;
            datasets)
                _ftj_ids files
                _files
                ;;
            jobs) _ftj_ids ids @last ;;
            commands) _ftj_rows '' command ;;
        esac
        return
    done
    return 1
}

_ftj() {
    local valued=' @VALUED@ ' command='' awaiting='' ended='' word
    local -a rows
    rows=("${(@f)$(_ftj_table)}")

    for word in "${(@Q)words[2,CURRENT-1]}"; do
        if [[ -n $awaiting ]]; then
            awaiting=''
        elif [[ -z $ended && $word == -- ]]; then
            ended=yes
        elif [[ -z $ended && $word == -?* ]]; then
            [[ $valued == *" $word "* ]] && awaiting=$word
        elif [[ -z $command ]]; then
            command=$word
        fi
    done

    if [[ -n $awaiting ]]; then
        _ftj_values "$command" "$awaiting"
    elif [[ -z $ended && $PREFIX == --*=* ]]; then
        awaiting=${PREFIX%%=*}
        compset -P 1 '*='
        _ftj_values "$command" "$awaiting"
    elif [[ -z $ended && $PREFIX == -* ]]; then
        _ftj_rows "$command" option
    elif [[ -z $command ]]; then
        _ftj_rows '' command
    else
        _ftj_values "$command" ''
    fi
}

if [[ ${funcstack[1]:-} == _ftj ]]; then
    _ftj "$@"
else
    compdef _ftj ftj
fi
