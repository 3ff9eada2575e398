#!/bin/sh
# Colour is for terminals, and only where it is wanted.
. "$TESTS/lib/tap.sh"

IVNOTES_TODAY=2026-11-23
TERM=xterm
export IVNOTES_TODAY TERM
mkdir vault
cd vault || exit 1
printf '%s\n' --- 'type: contact' 'name: Jane Green' 'connected: yes' --- >jane.md
printf '%s\n' --- 'type: meeting' 'contact: jane' 'date: 2026-11-18' 'actual: 20m' --- said >m.md
escape=$(printf '\033')

# How many escape characters there are in what the command prints.
escapes() { "$@" 2>/dev/null | tr -dc "$escape" | wc -c | tr -d ' '; }
# The same on a terminal.
on_terminal() { script -qec "$1" /dev/null </dev/null | tr -dc "$escape" | wc -c | tr -d ' '; }

is "$(escapes ivnotes check)" 0 'none in a pipe'
is "$(escapes ivnotes check --color=never)" 0 'none when never'
is "$(escapes ivnotes check --color always)" 6 'three words dressed when always'
is "$(escapes ivnotes --color=always check --format=json)" 0 'none in JSON'
is "$(NO_COLOR=1 escapes ivnotes check --color always)" 6 'an option beats NO_COLOR'
if script -qec true /dev/null </dev/null >/dev/null 2>&1; then
	is "$(on_terminal 'ivnotes check -q')" 6 'colour on a terminal'
	is "$(NO_COLOR=1 on_terminal 'ivnotes check -q')" 0 'not with NO_COLOR'
	is "$(NO_COLOR='' on_terminal 'ivnotes check -q')" 6 'an empty NO_COLOR says nothing'
	is "$(TERM=dumb on_terminal 'ivnotes check -q')" 0 'not on a dumb terminal'
	is "$(on_terminal 'ivnotes check -q --color=never')" 0 'not when never'
	is "$(on_terminal 'ivnotes check -q | cat')" 0 'not in a pipe from a terminal'
else
	skip 'colour on a terminal' 'no script(1) of util-linux'
fi
done_testing
