#compdef ivnotes
# zsh completion for ivnotes. The words come from ivnotes itself: ivnotes-completion(1).
_ivnotes()
{
	local -a lines whole open
	local line word kind
	lines=("${(@f)$(${(Q)words[1]} completion --words zsh -- \
		"${(@Q)words[2,CURRENT-1]}" "${(Q)PREFIX}" 2>/dev/null)}")
	kind=$lines[1]
	shift lines
	case $kind in
	files) _files && return 0 ;;
	folders) _files -/ && return 0 ;;
	esac
	for line in $lines; do
		word=${line%%$'\t'*}
		line=${word//:/\\:}${line#$word}
		[[ $word == *[=:,] ]] && open+=("${line/$'\t'/:}") || whole+=("${line/$'\t'/:}")
	done
	_describe -t words word whole -- open -S ''
}

if [[ $funcstack[1] == _ivnotes ]]; then
	_ivnotes "$@"
else
	compdef _ivnotes ivnotes
fi
