# fish completion for ivnotes. The words come from ivnotes itself: ivnotes-completion(1).
function __ivnotes_words
    # Since fish 4 the words are unquoted by -x, before that by -o.
    set -l words (commandline -xpc 2>/dev/null; or commandline -opc)
    set -l typed (commandline -ct)
    set -l last (string unescape -- $typed; or printf '%s' $typed)
    set -l lines ($words[1] completion --words fish -- $words[2..-1] "$last" 2>/dev/null)
    switch "$lines[1]"
        case files
            __fish_complete_path "$last"
        case folders
            __fish_complete_directories "$last"
        case '*'
            set -q lines[2]; and printf '%s\n' $lines[2..-1]
    end
end

complete -c ivnotes -f -a '(__ivnotes_words)'
