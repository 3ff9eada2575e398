# bash completion for ivnotes. The words come from ivnotes itself: ivnotes-completion(1).
_ivnotes()
{
	local kind line
	COMPREPLY=()
	{
		read -r kind
		while IFS= read -r line; do
			COMPREPLY+=("$line")
		done
	} < <("$1" completion --words bash -- "${COMP_LINE:0:$COMP_POINT}" "$COMP_WORDBREAKS" \
		2>/dev/null)
	# bash 3 has no compopt: it offers files where there is nothing else.
	type compopt >/dev/null 2>&1 || return 0
	case $kind in
	files) ;;
	folders) compopt -o dirnames +o default ;;
	*) compopt +o default ;;
	esac
	case ${COMPREPLY[0]} in
	*[=:,]) compopt -o nospace ;;
	esac
	return 0
}

complete -o default -F _ivnotes ivnotes
