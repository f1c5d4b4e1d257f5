# Completion of bpfree for fish.

function __bpfree_words
    for word in (commandline -opc)[2..]
        string match -q -- '-*' $word; or echo $word
    end
end

# Whether the command line has come to exactly this command.
function __bpfree_at
    set -l words (__bpfree_words)
    test "$words" = "$argv"
end

# Whether it has come to this command or beyond.
function __bpfree_in
    set -l words (__bpfree_words)
    set -l count (count $argv)
    test (count $words) -ge $count; and test "$words[1..$count]" = "$argv"
end

# Every way to go on with the path of a setting, or its value.
function __bpfree_settings
    set -l token (string replace -r -- '^--[a-z]+=' '' (commandline -ct))
    set -l key (string replace -r -- '=.*' '' "$token")
    set -l last ''
    for line in $__bpfree_setting_lines
        set -l parts (string split '|' -- $line)
        if string match -q -- '*=*' "$token"
            if test "$parts[1]" = "$key"
                for word in (string split -n ' ' -- $parts[2])
                    echo $key=$word
                end
            end
        else if string match -q -- "$token*" $parts[1]
            set -l rest (string sub -s (math (string length -- "$token") + 1) -- $parts[1])
            set -l word "$parts[1]="
            if string match -q -- '*.*' $rest
                set word "$token"(string split -m 1 . -- $rest)[1].
            end
            test "$word" = "$last"; or echo $word
            set last $word
        end
    end
end

set -g __bpfree_setting_lines @settings@
set -g __bpfree_names @names@

complete -c bpfree -e
