#compdef ftj
# Completion of ftj for zsh: source this file after compinit, or put it into a directory of $fpath as _ftj.
# No JVM is started: saved and recent jobs come from a plain file that ftj keeps.

_ftj_jobs() {
    local data endpoint name id
    local -a ids
    if [[ -n ${FTJ_HOME:-} ]]; then
        data=$FTJ_HOME/data
    else
        data=${XDG_DATA_HOME:-$HOME/.local/share}/ftj
    fi
    endpoint=${ATAI_API_ENDPOINT:-https://api.u1.archetypeai.app/v0.5}
    while [[ $endpoint == */ ]]; do
        endpoint=${endpoint%/}
    done
    [[ $endpoint == */v0.5 ]] || endpoint=$endpoint/v0.5
    name=${endpoint//\%/%25}
    name=${name//+/%2B}
    name=${name//=/%3D}
    name=${name//\//+}
    name=${name//:/=}
    ids=(@last)
    if [[ -r $data/$name.ids ]]; then
        while IFS= read -r id; do
            [[ -n $id && $id != *[^A-Za-z0-9._@-]* ]] && ids+=("$id")
        done <"$data/$name.ids"
    fi
    compadd -a ids
}

_ftj() {
    local -a commands common
    local context state line
    typeset -A opt_args
    commands=(
        'get:the full record of each job'
        'metrics:the training metrics of a job'
        'save:keep a job in the book'
        'saved:the local job book'
        'forget:drop saved jobs'
        'login:a key for this session'
        'logout:use no key'
        'whoami:endpoint and key in use'
        'sandbox:serve the simulated API'
        'doctor:why it does not work'
        'completion:print a completion script'
        'history:earlier lines'
        'clear:clear the screen'
        'help:help on a command'
        'version:the version'
        'exit:leave'
        'quit:leave'
    )
    common=(
        '(-o --output)'{-o+,--output=}'[format of the records]:format:(text json jsonl yaml)'
        '--field=[one field of the record]:path:'
        '--endpoint=[base URL]:url:'
        '--api-key-file=[file that holds the key]:file:_files'
        '--sandbox[a simulated API]'
        '--timeout=[deadline]:duration:'
        '--color=[when to colour]:when:(auto always never)'
        '*-v[a line an attempt on stderr]'
        '(-h --help)'{-h,--help}'[help]'
    )
    _arguments -C -s $common '--version[the version]' '1:command:->command' '*::argument:->argument' && return
    case $state in
        command) _describe command commands ;;
        argument)
            case $words[1] in
                get) _arguments -s $common '--metrics[add the loss to the card]' '*:job:_ftj_jobs' ;;
                metrics)
                    common[1,2]=('(-o --output)'{-o+,--output=}'[format of the records]:format:(text json jsonl yaml csv)')
                    _arguments -s $common '--plot[draw the losses]' '--svg=[write a picture]:file:_files' \
                        '--html=[write a page]:file:_files' '--follow[go on until the job has ended]' \
                        '--interval=[time between looks]:duration:' '1:job:_ftj_jobs'
                    ;;
                forget) _arguments -s $common '*:job:_ftj_jobs' ;;
                save) _arguments -s $common '--as=[name]:name:' '--note=[note]:text:' '1:job:_ftj_jobs' ;;
                login) _arguments -s $common '--check[try the key]' ;;
                completion) _arguments -s $common '1:shell:(bash zsh fish)' ;;
                help) _describe command commands ;;
                *) _arguments -s $common ;;
            esac
            ;;
    esac
}

if [[ ${funcstack[1]:-} == _ftj ]]; then
    _ftj "$@"
else
    compdef _ftj ftj
fi
