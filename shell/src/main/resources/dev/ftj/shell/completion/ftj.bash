# Completion of ftj for bash 3.2 and newer: source this file, or put it where bash-completion looks.
# No JVM is started: saved and recent jobs come from a plain file that ftj keeps. Its lines are only ever compared
# and copied, never evaluated (compgen -W would run an id such as $(command)).

# prints the path of the ids file of the endpoint that a command would use
_ftj_ids_file() {
    local data endpoint name
    if [ -n "${FTJ_HOME:-}" ]; then
        data=$FTJ_HOME/data
    else
        data=${XDG_DATA_HOME:-$HOME/.local/share}/ftj
    fi
    endpoint=${ATAI_API_ENDPOINT:-https://api.u1.archetypeai.app/v0.5}
    while [ "${endpoint%/}" != "$endpoint" ]; do
        endpoint=${endpoint%/}
    done
    case $endpoint in
        */v0.5) ;;
        *) endpoint=$endpoint/v0.5 ;;
    esac
    name=${endpoint//\%/%25}
    name=${name//+/%2B}
    name=${name//=/%3D}
    name=${name//\//+}
    name=${name//:/=}
    printf '%s' "$data/$name.ids"
}

# adds the words that begin with $1 to COMPREPLY
_ftj_offer() {
    local prefix=$1 word
    shift
    for word in "$@"; do
        if [ "${word:0:${#prefix}}" = "$prefix" ]; then
            COMPREPLY[${#COMPREPLY[@]}]=$word
        fi
    done
}

_ftj_offer_jobs() {
    local prefix=$1 file id
    _ftj_offer "$prefix" @last
    file=$(_ftj_ids_file)
    [ -r "$file" ] || return 0
    while IFS= read -r id; do
        case $id in
            '' | *[!A-Za-z0-9._@-]*) ;;
            *) _ftj_offer "$prefix" "$id" ;;
        esac
    done <"$file"
}

_ftj_offer_files() {
    local file
    while IFS= read -r file; do
        COMPREPLY[${#COMPREPLY[@]}]=$file
    done < <(compgen -f -- "$1")
    compopt -o filenames 2>/dev/null
}

_ftj() {
    local word=${COMP_WORDS[COMP_CWORD]} before='' command='' i
    local commands='get watch wait list metrics stop cancel delete create node save saved forget login logout whoami doctor sandbox completion history clear help version exit quit'
    local common='--output --field --endpoint --api-key-file --sandbox --timeout --color -v -vv --help'
    COMPREPLY=()

    # bash breaks words at "=" (--opt = value) and "@" (@ name); it replaces what follows "=", but all of @name
    [ "$COMP_CWORD" -gt 0 ] && before=${COMP_WORDS[COMP_CWORD - 1]}
    if [ "$word" = '=' ]; then
        word=''
    elif [ "$before" = '=' ] && [ "$COMP_CWORD" -gt 1 ]; then
        before=${COMP_WORDS[COMP_CWORD - 2]}
    elif [ "$before" = '@' ]; then
        word=@$word
    fi

    for ((i = 1; i < COMP_CWORD; i++)); do
        case ${COMP_WORDS[i]} in
            -o | --output | --field | --endpoint | --api-key-file | --timeout | --color | --as | --note | --svg | --html | \
                --interval)
                [ "${COMP_WORDS[i + 1]}" = '=' ] && ((i++))
                ((i++))
                ;;
            -*) ;;
            *)
                command=${COMP_WORDS[i]}
                break
                ;;
        esac
    done

    case $before in
        -o | --output)
            [ "$command" = metrics ] && _ftj_offer "$word" csv
            _ftj_offer "$word" text json jsonl yaml && return 0
            ;;
        --color) _ftj_offer "$word" auto always never && return 0 ;;
        --api-key-file | --svg | --html) _ftj_offer_files "$word" && return 0 ;;
        --field | --endpoint | --timeout | --as | --note | --interval) return 0 ;;
    esac
    case $command:$word in
        save:-*) _ftj_offer "$word" --as --note $common ;;
        get:-*) _ftj_offer "$word" --metrics $common ;;
        metrics:-*) _ftj_offer "$word" --plot --svg --html --follow --interval $common ;;
        login:-*) _ftj_offer "$word" --check $common ;;
        *:-*) _ftj_offer "$word" $common --version ;;
        :*) _ftj_offer "$word" $commands ;;
        get:* | metrics:* | save:* | forget:*) _ftj_offer_jobs "$word" ;;
        completion:*) _ftj_offer "$word" bash zsh fish ;;
        help:*) _ftj_offer "$word" $commands ;;
    esac
    return 0
}

complete -F _ftj ftj
