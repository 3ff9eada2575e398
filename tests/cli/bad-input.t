#!/bin/sh
# What no plain file can show: notes that move while they are read, a full disk, a terminal.
. "$TESTS/lib/tap.sh"

IVNOTES_TODAY=2026-11-23
export IVNOTES_TODAY
owed='m.md:3:10: warning: thank Jane Green in writing for the meeting of 2026-11-18 [thank-you]'

contact() { printf '%s\n' --- 'type: contact' "name: $1" 'email: jane@example.org' 'connected: yes' 'keep-in-touch: off' ---; }
meeting()
{
	printf '%s\n' --- 'type: meeting' "contact: $1" 'date: 2026-11-18' 'planned: 20m' 'actual: 20m' \
		'referrals: none' --- 'She likes it.'
}

new_vault()
{
	mkdir "$SCRATCH/$1" && cd "$SCRATCH/$1" || exit 1
	contact 'Jane Green' >jane.md
	meeting jane >m.md
}

# --- notes that come, go and grow meanwhile ---

new_vault moving
mkdir sub
perl -e '
	$SIG{TERM} = sub { exit };
	for (my $i = 0; ; $i++) {
		my $name = "sub/n" . $i % 200 . ".md";
		if ($i % 3 == 0) { open my $out, ">>", $name; print $out "More text.\n" x 500 }
		elsif ($i % 3 == 1) { unlink $name }
		else { mkdir "sub/d$i"; open my $out, ">", "sub/d$i/x.md"; close $out;
			unlink "sub/d$i/x.md"; rmdir "sub/d$i" }
	}' &
mover=$!
same=0
for round in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
	ivnotes check >"$SCRATCH/got" 2>"$SCRATCH/said"
	status=$?
	[ "$status.$(cat "$SCRATCH/got")" = "1.$owed" ] && same=$((same + 1))
	[ "$same" -eq "$round" ] || break
done
found=$(ivnotes search likes 2>"$SCRATCH/search.said")
kill "$mover"
wait "$mover" 2>/dev/null
is "$same" 20 'notes that move: the others are answered, twenty times'
is "$(cat "$SCRATCH/said")" 'ivnotes: check: 1 warning' '... without a word'
is "$found" 'm.md:9:5:She likes it.' '... and searched'
is "$(cat "$SCRATCH/search.said")" '' '... without a word'
ivnotes check --all >"$SCRATCH/kept" 2>&1
ivnotes check --all --rebuild >"$SCRATCH/anew" 2>&1
same "$SCRATCH/kept" "$SCRATCH/anew" 'the index is right afterwards'

# --- a full disk ---

new_vault full
perl -e 'for my $i (1 .. 500) { open my $out, ">", "p$i.md"; print $out "---\ntype: contact\nname: P $i\nconnected: yes\n---\n" }'
XDG_CACHE_HOME=$SCRATCH/small
export XDG_CACHE_HOME
mkdir "$XDG_CACHE_HOME"
trap 'umount "$XDG_CACHE_HOME" 2>/dev/null' EXIT
# A real one where root may mount, else files that must not grow.
if mount -t tmpfs -o size=64k tmpfs "$XDG_CACHE_HOME" 2>/dev/null; then
	small() { "$@"; }
else
	small() { (ulimit -f 16 && "$@"); }
fi
# As on a disk that takes not one byte.
none() { (ulimit -f 0 && "$@"); }
warned()
{
	"$@" 2>&1 >/dev/null | grep -q "^ivnotes: [a-z]*: the index cannot be kept in .*; it is made in memory$"
}
is "$(small ivnotes check 2>/dev/null)" "$owed" 'full disk: check answers'
status_is 1 'full disk: with its own status' small ivnotes check
ok 'full disk: and a warning' warned small ivnotes check
is "$(small ivnotes list type:meeting 2>/dev/null)" m.md 'full disk: list answers'
is "$(small ivnotes agenda 2>/dev/null | wc -l | tr -d ' ')" 2 'full disk: agenda answers'
is "$(small ivnotes search likes 2>/dev/null)" 'm.md:9:5:She likes it.' 'full disk: search answers'
ok 'full disk: show answers' small ivnotes show jane
ok 'full disk: report answers' small ivnotes report
umount "$XDG_CACHE_HOME" 2>/dev/null
trap - EXIT
is "$(ivnotes check 2>&1 >/dev/null)" 'ivnotes: check: 1 warning' 'room again: no warning'
is "$(ivnotes check 2>/dev/null)" "$owed" 'room again: the same answer'
status_is 3 'full disk: the report says that it is not written' none ivnotes report -o week.md
not_ok 'full disk: no half of a report' test -e week.md
echo 'my words' >week.md
cp week.md before.md
none ivnotes report -o week.md >/dev/null 2>&1
same week.md before.md 'full disk: the old report is whole'
# shellcheck disable=SC2010
is "$(ls -A | grep -vc '^[pjmwb]')" 0 'full disk: nothing is left lying about'
rm week.md before.md
git init -q && git add jane.md && git commit -q -m one
status_is 3 'full disk: the commit says that it failed' none ivnotes commit
is "$(git log --format=%s) $(git status --short jane.md) $(git fsck 2>&1)" 'one  ' 'full disk: the repository is whole'
ok 'room again: the commit succeeds' ivnotes commit
is "$(git status --short)" '' '... with all notes'
unset XDG_CACHE_HOME

# --- stdout that takes nothing ---

new_vault mute
for command in check agenda 'list' 'search likes' 'show jane' report rules help 'explain nudge' \
	'path jane' 'check --format json' 'check --format sarif' 'list --format json' --version; do
	if [ -c /dev/full ]; then
		# shellcheck disable=SC2086
		ivnotes $command >/dev/full 2>"$SCRATCH/said"
		is "$? $(grep -c 'cannot write the results: No space left' "$SCRATCH/said")" '3 1' "full stdout: $command"
	fi
	# shellcheck disable=SC2086
	ivnotes $command >&- 2>"$SCRATCH/said"
	is "$? $(grep -c 'cannot write the results: Bad file' "$SCRATCH/said")" '3 1' "closed stdout: $command"
done

# --- escape sequences, in every text and in file names ---

new_vault evil
escape=$(printf '\033')
evil="${escape}[31mEve${escape}]0;owned$(printf '\007\r\b\177\302\233')2J"
hard=$(printf 'x\\e[31m\\e]0;o\\a\\r\\u009b2J\\u202e')
mkdir "f${escape}[2J"
{
	printf '%s\n' --- 'type: contact' "name: \"$hard\"" "organization: \"$hard\"" "role: \"$hard\"" \
		"\"k$hard\": \"$hard\"" "outreach: \"2026-11-09 email $hard\"" "purpose: \"$hard\"" \
		"referred-by: \"$hard\"" "email: \"$hard\"" 'ivnotes-ignore: "'"$hard"'"' ---
	echo "# $evil"
	echo "- [ ] $evil due:2026-11-20"
	echo "[[$evil]] [x]($evil.md) likes $evil"
} >"f${escape}[2J/e${escape}[31mve.md"
printf '%s\n' --- 'type: meeting' "contact: \"$hard\"" "date: \"$hard\"" "via: \"$hard\"" "state: \"$hard\"" \
	"planned: \"$hard\"" "leads: \"$hard\"" --- "## Questions" "- What is your salary, $evil?" >"m${escape}[1m.md"
printf '%s\n' --- 'type: meeting' "contact: \"[[e${hard#x}]]\"" 'date: 2026-11-18' 'actual: 50m' 'planned: 20m' --- \
	"said $evil" >m2.md
printf '%s\n' --- 'type: contact' 'name: a: b' "$evil: x" "key: \"$evil" --- >"broken${escape}[1m.md"
mkfifo "pipe${escape}[1m.md"
git init -q && git add . && git commit -q -m "$evil" >/dev/null 2>&1
# raw COMMAND...: how many control characters but newlines and tabs reach a reader of its output.
raw() { ivnotes "$@" 2>&1 | tr -d '\n\t' | LC_ALL=C tr -dc '\000-\037\177' | wc -c | tr -d ' '; }
c1() { ivnotes "$@" 2>&1 | LC_ALL=C grep -c "$(printf '\302\233')"; }
bare=$(printf '%s' "e${escape}[31mve")
ok 'they are shown as text' sh -c 'ivnotes check | grep -q "^broken.x1b.1m.md:.*U+001B"'
for command in check 'check --all' agenda 'agenda --days 90' list 'list --format name,organization,purpose,path' \
	'search likes' 'search /likes|said/' 'search owned' report 'report --week=2026-W46' 'commit --dry-run' rules \
	'check --format json' 'check --format jsonl' 'check --format sarif' 'agenda --format json' \
	'list --format json' 'list --format jsonl' 'search --format json likes' 'check --at HEAD' 'list --at HEAD' \
	'explain thank-you' 'check -v'; do
	# shellcheck disable=SC2086
	is "$(raw $command)" 0 "no control character: $command"
	# shellcheck disable=SC2086
	is "$(c1 $command)" 0 "nor a C1 one: $command"
done
for form in text json; do
	is "$(raw show --format "$form" "$bare")" 0 "no control character: show, as $form"
	is "$(raw show --format "$form" m2)" 0 "no control character: show of a meeting, as $form"
	is "$(raw show --format "$form" "broken${escape}[1m")" 0 "no control character: show of a broken note, as $form"
done
# Words of the command line come back in messages.
for command in check show path list search explain "$evil" -C --at --today --format --rule; do
	is "$(raw "$command" "$evil")" 0 "no control character: what '$(printf '%s' "$command" | tr -dc a-zC-)' says of its operand"
done
ok 'show finds the note by its odd name' ivnotes show "$bare"
is "$(raw commit -m x)" 0 'no control character: commit'
done_testing
