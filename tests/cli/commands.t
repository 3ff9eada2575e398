#!/bin/sh
# A command is a file, a line in the list and a manual page, and these agree.
. "$TESTS/lib/tap.sh"

# The commands as `ivnotes help` lists them, and as files declare them.
ivnotes help | sed -n '/^options of every/q; s/^  \([a-z-]*\) .*/\1/p' | sort >listed
sed -n 's/^const struct command cmd_\([a-z_]*\) = {$/\1/p' "$ROOT"/src/cmd/*.c | tr _ - |
	sort >declared
same listed declared 'every command is in the list'
sed -n 's/^	X(\([a-z_]*\)).*/\1/p' "$ROOT/src/cmd/frame/commands.c" >order
sort -c order >"$tap_log" 2>&1
tap_point $? 'the list is sorted'

# options_of_help FILE: names of own long options; options_of_page FILE: those that the page explains
options_of_help() { sed -n 's/^  .*--\([a-z-]*\).*/\1/p' "$1" | sort -u; }
options_of_page()
{
	sed -n '/^\.It Fl/p' "$1" | tr ' ' '\n' | sed -n 's/^-\{1,2\}\([a-z][a-z-]\{1,\}\)$/\1/p' |
		grep -v '^format$' | sort -u
}

# What operands are, and values of options, the shells must be told: arguments of an option are
# known by their word, or are a choice, which completion offers.
says_operands()
{
	awk '/^const struct command /, /^};/' "$ROOT/src/cmd/$(echo "$1" | tr - _).c" |
		grep -q '\.operands = {OPERAND_'
}
argument_is_known()
{
	grep -q -F "{\"$3\", OPERAND_" "$ROOT/src/cmd/completion/line.c" ||
		[ "$(ivnotes completion --words zsh -- "$1" "--$2" '' | wc -l)" -gt 1 ]
}

usage_has()
{
	letter=$(sed -n "s/^  -\(.\), --$1\( .*\)\{0,1\}$/\1/p" help.txt)
	grep -q -e "^usage:.*--$1" ${letter:+-e "^usage:.*-$letter"} help.txt
}

names=$(cat listed)
backspace=$(printf '\b')
for name in $names; do
	page=$ROOT/man/ivnotes-$name.1
	ok "$name: has a page" [ -f "$page" ]
	[ -f "$page" ] || continue
	ivnotes help "$name" >help.txt
	options_of_help help.txt >a
	options_of_page "$page" >b
	same b a "$name: page and help have the same options"
	summary=$(sed -n "s/^ivnotes $name: //p" help.txt)
	ok "$name: a summary of half a line" [ "${#summary}" -gt 10 -a "${#summary}" -lt 72 ]
	options=$(cat a)
	for option in $options; do
		ok "$name: usage has --$option" usage_has "$option"
	done
	ok "$name: says what its operands are" says_operands "$name"
	sed -n 's/^  .*--\([a-z-]*\) \([A-Z[][^ ]*\) .*/\1 \2/p' help.txt |
		sed 's/ \[\(.*\)\]$/ \1/' >arguments
	while read -r option argument; do
		ok "$name: --$option $argument can be completed" \
			argument_is_known "$name" "$option" "$argument"
	done <arguments
	mandoc -T utf8 "$page" | sed "s/.$backspace//g" >page.txt
	for section in 'EXIT STATUS' EXAMPLES 'SEE ALSO'; do
		ok "$name: page has $section" grep -qx "$section" page.txt
	done
	# --format stands in the page just where the command has formats.
	grep -q '^formats: ' help.txt
	formats=$?
	grep -q -e --format page.txt
	is $? $formats "$name: page has --format if the command has"
	ok "ivnotes(1) names $name" grep -q "^\.Xr ivnotes-$name 1" "$ROOT/man/ivnotes.1"
done
done_testing
