# Completion of ftj for fish: put this file into ~/.config/fish/completions, or source it.
# No JVM is started: saved and recent jobs come from a plain file that ftj keeps.

function __ftj_jobs
    set -l data
    if set -q FTJ_HOME; and test -n "$FTJ_HOME"
        set data $FTJ_HOME/data
    else if set -q XDG_DATA_HOME; and test -n "$XDG_DATA_HOME"
        set data $XDG_DATA_HOME/ftj
    else
        set data $HOME/.local/share/ftj
    end
    set -l endpoint https://api.u1.archetypeai.app/v0.5
    if set -q ATAI_API_ENDPOINT; and test -n "$ATAI_API_ENDPOINT"
        set endpoint $ATAI_API_ENDPOINT
    end
    set endpoint (string replace -r '/+$' '' -- $endpoint)
    string match -q '*/v0.5' -- $endpoint; or set endpoint $endpoint/v0.5
    set -l name (string replace -a % %25 -- $endpoint | string replace -a + %2B | string replace -a = %3D | string replace -a / + | string replace -a : =)
    echo @last
    test -r "$data/$name.ids"; and string match -r '^[A-Za-z0-9._@-]+$' <"$data/$name.ids"
end

set -l commands get watch wait list metrics stop cancel delete create node save saved forget login logout whoami doctor sandbox completion history clear help version exit quit
set -l none "not __fish_seen_subcommand_from $commands"

complete -c ftj -f
complete -c ftj -n $none -a get -d 'the full record of each job'
complete -c ftj -n $none -a metrics -d 'the training metrics of a job'
complete -c ftj -n $none -a save -d 'keep a job in the book'
complete -c ftj -n $none -a saved -d 'the local job book'
complete -c ftj -n $none -a forget -d 'drop saved jobs'
complete -c ftj -n $none -a login -d 'a key for this session'
complete -c ftj -n $none -a logout -d 'use no key'
complete -c ftj -n $none -a whoami -d 'endpoint and key in use'
complete -c ftj -n $none -a sandbox -d 'serve the simulated API'
complete -c ftj -n $none -a doctor -d 'why it does not work'
complete -c ftj -n $none -a completion -d 'print a completion script'
complete -c ftj -n $none -a history -d 'earlier lines'
complete -c ftj -n $none -a clear -d 'clear the screen'
complete -c ftj -n $none -a help -d 'help on a command'
complete -c ftj -n $none -a version -d 'the version'
complete -c ftj -n $none -a exit -d leave
complete -c ftj -n $none -a quit -d leave
complete -c ftj -n '__fish_seen_subcommand_from get metrics save forget' -a '(__ftj_jobs)'
complete -c ftj -n '__fish_seen_subcommand_from completion' -a 'bash zsh fish'
complete -c ftj -n '__fish_seen_subcommand_from help' -a "$commands"

complete -c ftj -s o -l output -x -a 'text json jsonl yaml' -d 'format of the records'
complete -c ftj -l field -x -d 'one field of the record'
complete -c ftj -l endpoint -x -d 'base URL'
complete -c ftj -l api-key-file -r -F -d 'file that holds the key'
complete -c ftj -l sandbox -d 'a simulated API'
complete -c ftj -l timeout -x -d deadline
complete -c ftj -l color -x -a 'auto always never' -d 'when to colour'
complete -c ftj -s v -d 'a line an attempt on stderr'
complete -c ftj -s h -l help -d help
complete -c ftj -l version -d 'the version'
complete -c ftj -n '__fish_seen_subcommand_from get' -l metrics -d 'add the loss to the card'
complete -c ftj -n '__fish_seen_subcommand_from metrics' -s o -l output -x -a csv -d 'a line a record'
complete -c ftj -n '__fish_seen_subcommand_from metrics' -l plot -d 'draw the losses'
complete -c ftj -n '__fish_seen_subcommand_from metrics' -l svg -r -F -d 'write a picture'
complete -c ftj -n '__fish_seen_subcommand_from metrics' -l html -r -F -d 'write a page'
complete -c ftj -n '__fish_seen_subcommand_from metrics' -l follow -d 'go on until the job has ended'
complete -c ftj -n '__fish_seen_subcommand_from metrics' -l interval -x -d 'time between looks'
complete -c ftj -n '__fish_seen_subcommand_from save' -l as -x -d name
complete -c ftj -n '__fish_seen_subcommand_from save' -l note -x -d text
complete -c ftj -n '__fish_seen_subcommand_from login' -l check -d 'try the key'
