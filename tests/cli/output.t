#!/bin/sh
# Results that cannot be written are an error, whoever is at fault; a reader who has had enough is none.
. "$TESTS/lib/tap.sh"

IVNOTES_TODAY=2026-11-23
export IVNOTES_TODAY
mkdir vault
cd vault || exit 1
printf '%s\n' --- 'type: contact' 'name: Jane Green' 'connected: yes' --- >jane.md
note() { printf '%s\n' --- 'type: meeting' 'contact: jane' "date: 2026-11-$1" 'actual: 20m' --- said; }
note 18 >m.md

shut() { ivnotes "$@" >&-; }
full() { ivnotes "$@" >/dev/full; }
last_word() { "$@" 2>&1 | tail -n 1; }

if [ -c /dev/full ]; then
	status_is 3 'a full disk under stdout' full check
	is "$(last_word full check)" \
		'ivnotes: check: cannot write the results: No space left on device' '... is said'
	status_is 3 'a full disk under help' full help
else
	skip 'a full disk under stdout' 'no /dev/full'
fi
status_is 3 'a closed stdout' shut check
is "$(last_word shut check)" 'ivnotes: check: cannot write the results: Bad file descriptor' '... is said'
status_is 3 'a closed stdout and a listing' shut rules
status_is 0 'a closed stdout and nothing to write' shut check --today 2026-11-18 -q
is "$(ivnotes check 2>&- | wc -l | tr -d ' ')" 1 'a closed stderr takes nothing from stdout'
is "$(ivnotes check -q <&- | wc -l | tr -d ' ')" 1 'a closed stdin takes nothing from stdout'
ok 'the index is sound after all that' ivnotes path jane

# The vault's own files must not be written to in place of a closed descriptor.
cp m.md before
ivnotes check >&- 2>&- <&-
same m.md before 'nothing is written into notes'

# More results than a pipe holds, and a reader who takes one line.
i=0
while [ $i -lt 400 ]; do
	i=$((i + 1))
	note 17 >"a-long-name-that-fills-the-pipe-so-that-writing-has-to-stop-some-time-$i.md"
done
ivnotes check -q --all >whole
size=$(wc -c <whole)
ok 'there is more than a pipe holds' [ "$size" -gt 65536 ]
{ ivnotes check -q --all 2>pipe.err; echo $? >pipe.status; } | head -n 1 >first
same pipe.err /dev/null 'a broken pipe: not a word'
is "$(cat pipe.status)" 141 'a broken pipe: ended by SIGPIPE, as Unix tools do'
(
	trap '' PIPE
	{ ivnotes check -q --all 2>pipe.err; echo $? >pipe.status; } | head -n 1 >first
)
same pipe.err /dev/null 'a broken pipe with SIGPIPE ignored: not a word'
is "$(cat pipe.status)" 3 'a broken pipe with SIGPIPE ignored: could not do it'
ivnotes check -q --all | cat >again
same again whole 'through a pipe the same bytes'
done_testing
