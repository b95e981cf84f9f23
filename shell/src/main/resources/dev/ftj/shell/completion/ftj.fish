# Completion of ftj for fish: put this file into ~/.config/fish/completions, or source it.
# No JVM is started: saved and recent jobs come from a file that ftj keeps; fish quotes them.

# prints the ids in the file .$argv[1] of the endpoint that a command would use
function __ftj_ids
    set -l data
    if test -n "$FTJ_HOME"
        set data $FTJ_HOME/data
    else if string match -q '/*' -- $XDG_DATA_HOME
        set data $XDG_DATA_HOME/ftj
    else if test -n "$HOME"
        set data $HOME/.local/share/ftj
    end
    # as ftj does: without blanks around it, scheme and host in lower case, without the scheme's own port
    set -l endpoint (string trim -- "$ATAI_API_ENDPOINT")
    test -n "$endpoint"; or set endpoint https://api.u1.archetypeai.app/v0.5
    set -l host (string replace -r '^([^:]*://[^/]*).*' '$1' -- $endpoint | string lower | string replace -r '^(https://.*):443$|^(http://.*):80$' '$1$2')
    set endpoint $host(string replace -r '^[^:]*://[^/]*' '' -- $endpoint)
    set endpoint (string replace -r '/+$' '' -- $endpoint)
    string match -qr '/v0\.[56]$' -- $endpoint; or set endpoint $endpoint/v0.5
    set -l name (string replace -a % %25 -- $endpoint | string replace -a + %2B | string replace -a = %3D | string replace -a / + | string replace -a : =)
    string match -q '/*' -- $data; and test -r "$data/$name.$argv[1]"; and string match -r '^[^[:cntrl:]]+$' <"$data/$name.$argv[1]"
end

# a row a line: COMMAND|WORD|KIND|VALUES|DESCRIPTION
function __ftj_table
    printf '%s\n' '@TABLE@'
end

# prints the words of the rows of command $argv[1] that are commands ($argv[2]: command) or options ($argv[2]: option)
function __ftj_rows
    for row in (__ftj_table)
        set -l fields (string split -m 4 '|' -- $row)
        test "$fields[1]" = "$argv[1]"; or continue
        if string match -qr -- '^(command:command:|option:[a-z_]*:-)' "$argv[2]:$fields[3]:$fields[2]"
            printf '%s\t%s\n' $fields[2] $fields[5]
        end
    end
end

# prints KIND and VALUES of the row of command $argv[1] and word $argv[2], each on a line
function __ftj_row
    for row in (__ftj_table)
        set -l fields (string split -m 4 '|' -- $row)
        test "$fields[1]" = "$argv[1]"; and test "$fields[2]" = "$argv[2]"; or continue
        printf '%s\n' $fields[3] $fields[4]
        return
    end
end

# prints what a row's KIND and VALUES say
function __ftj_values
    switch "$argv[1]"
        case words
            string split -n ' ' -- $argv[2]
        case datasets
            __ftj_ids files
        case jobs
            echo @last
            __ftj_ids ids
        case commands
            __ftj_rows '' command
    end
end

# prints the candidates; with $argv[1]: whether a value of that kind is wanted
function __ftj_complete
    set -l valued @VALUED@
    set -l command ''
    set -l awaiting ''
    set -l ended ''
    set -l before (commandline -opc)
    set -l word (string trim -l -c '"\'' -- (commandline -ct))
    for part in $before[2..-1]
        if test -n "$awaiting"
            set awaiting ''
        else if test -z "$ended"; and test "$part" = --
            set ended yes
        else if test -z "$ended"; and string match -q -- '-?*' $part
            contains -- $part $valued; and set awaiting $part
        else if test -z "$command"
            set command $part
        end
    end

    set -l typed
    if test -z "$awaiting$ended"; and string match -q -- '--*=*' $word
        set typed (string split -m 1 = -- $word)[1]
        set awaiting $typed
    end
    set -l row (__ftj_row "$command" "$awaiting")
    if test -n "$argv[1]"
        test -n "$command$awaiting"; and test "$row[1]" = "$argv[1]"
    else if test -n "$typed"
        for value in (__ftj_values $row)
            printf '%s=%s\n' $typed $value
        end
    else if test -n "$awaiting"
        __ftj_values $row
    else if test -z "$ended"; and string match -q -- '-*' $word
        __ftj_rows "$command" option
    else if test -z "$command"
        __ftj_rows '' command
    else
        __ftj_values $row
    end
end

complete -c ftj -f -a '(__ftj_complete)'
# fish completes files itself: ~, variables and quotes included
complete -c ftj -n '__ftj_complete files; or __ftj_complete datasets' -F
