#!/bin/sh
# `--at REV`: every question can be asked of any revision, from git's objects alone. Of a revision
# that is checked out the answer is that of the files; then everything else changes, and it stays.
. "$TESTS/lib/tap.sh"

unset IVNOTES_TODAY
day=2026-11-23
mkdir vault
cp -R "$ROOT/examples/notes/." vault
cd vault || exit 1
mkdir -p .ivnotes/rules .ivnotes/templates
cat >.ivnotes/rules/no-word.sql <<'SQL'
-- id: no-word
-- kind: unwise
-- to: self
-- severity: warning
-- summary: no word
-- why: one forgets
-- source: my own
-- remedy: write it
SELECT note, name_line AS line, 1 AS col, NULL AS who, NULL AS since, NULL AS due, NULL AS until,
       'no word of ' || name AS message
  FROM note WHERE type = 'contact' AND name LIKE 'Jane%'
SQL
printf '# Path\n\n- How did you come to count wolves?\n' >.ivnotes/templates/questions.md
printf '2026-11-24 a day of rest\n' >.ivnotes/days.txt
sed -i 's/^holidays: .*/holidays: days.txt/' .ivnotes/config.yaml
git init -q -b main . && git add -A
GIT_AUTHOR_DATE=${day}T23:30:00-0800 GIT_COMMITTER_DATE=2026-12-24T12:00:00Z git commit -q -m 'as it was'
git config advice.nestedTag false
git tag -a -m 'a tag' once
git tag -a -m 'a tag of a tag' again once
id=$(git rev-parse HEAD)

# One question a line; of the file that `report -o` writes see cases/report.
cat >"$SCRATCH/questions" <<'TEXT'
agenda --days 30
agenda --format=json
check --all
check --all --format=json
check --all --format=sarif
check contacts
compare alder-foods green-tolley
compare --format=csv alder-foods green-tolley
config
config holidays
dossier green-tolley
dossier --format=json green-tolley
explain no-word
explain thank-you
list
list type:meeting date>=2026-11-01
list --format=json
path jane-green
prep helen-osei
prep --format=json helen-osei
report
report --week=2026-W47
report --week=2026-W40
rules
rules --format=json
search Green
search --format=json letter
show jane-green
show --format=json jane-green
show contacts/marcus-bell.md 2026-11-24-helen-osei
TEXT
for more in stats graph; do
	ivnotes help "$more" >/dev/null 2>&1 && echo "$more" >>"$SCRATCH/questions"
done

# ask FOLDER OPTION...: the answers to all, each in a file with its status
ask()
{
	mkdir -p "$SCRATCH/$1"
	folder=$SCRATCH/$1 n=0
	shift
	while read -r question; do
		n=$((n + 1))
		# shellcheck disable=SC2086
		ivnotes $question "$@" >"$folder/$n" 2>"$folder/$n.err" </dev/null
		echo "status $?" >>"$folder/$n"
	done <"$SCRATCH/questions"
}

# compare GOT EXPECTED WHAT: a point for each question
compare()
{
	n=0
	while read -r question; do
		n=$((n + 1))
		same "$SCRATCH/$1/$n" "$SCRATCH/$2/$n" "$3: $question"
	done <"$SCRATCH/questions"
}

ask files --today "$day"
# A case that is not answered at all would agree with itself.
is "$(grep -L '^status [01]' "$SCRATCH"/files/*[0-9])" '' 'every question has an answer'
is "$(find "$SCRATCH/files" -name '*[0-9]' -size -12c)" '' 'of more than its status'
git status --porcelain >"$SCRATCH/status"
is "$(cat "$SCRATCH/status")" '' 'nothing was written'
ask head --at HEAD
compare head files 'a revision as the files'
ask tag --at again
compare tag files 'a tag of a tag'

# --- everything else changes ---
rm -r contacts meetings/2026-11-1*
printf 'garbage: [\n' >meetings/2026-11-24-helen-osei.md
printf -- '---\ntype: contact\nname: Wolf Wolves\n---\n- [ ] wolves due:2026-11-20\n' >new.md
printf 'nudge: off\nthank-you: off\nlapse: 1d\nholidays: none\n' >.ivnotes/config.yaml
printf -- '-- kind: nonsense\nSELECT 1\n' >.ivnotes/rules/no-word.sql
cp .ivnotes/rules/no-word.sql .ivnotes/rules/other.sql
rm -r .ivnotes/templates
git add -A && git commit -q -m later
ln -s nowhere .ivnotes/templates && rm .ivnotes/config.yaml && mkdir .ivnotes/config.yaml
mkfifo pipe.md && chmod 0 new.md
before=$(find . -path ./.git -prune -o -print | sort | cksum)
ask later --at "$id"
compare later files 'for ever'
is "$(find . -path ./.git -prune -o -print | sort | cksum)" "$before" 'the working tree is as it was'
is "$(cat "$SCRATCH"/later/*.err | grep -v '^ivnotes: check: [0-9]')" "$(cat "$SCRATCH"/files/*.err | grep -v '^ivnotes: check: [0-9]')" \
	'and nothing is said of it'
rm -rf .ivnotes ./*.md meetings
ask empty --at "$id"
compare empty files 'an empty working tree'
mkdir .ivnotes

# --- which day it is ---
is "$(ivnotes report --at again | head -n 1)" "$(ivnotes report --at again --today $day | head -n 1)" \
	"today is the day of the commit, in its author's zone"
is "$(ivnotes check -q --at once --today 2026-11-20)" "$(IVNOTES_TODAY=2026-11-20 ivnotes check -q --at once)" \
	'unless --today or IVNOTES_TODAY says another one'
is "$(grep -c 'no-word' "$SCRATCH/files/3")" 1 'a rule of one'"'"'s own is among them'
not_ok 'which is another answer' [ "$(ivnotes check -q --at once)" = "$(ivnotes check -q --at once --today 2026-11-20)" ]
is "$(ivnotes agenda -q --at once --days 0)" "$(ivnotes agenda -q --at once --days 0 --today $day)" \
	'days of other options count from it'
git commit -q --allow-empty -m x
printf 'tree %s\nauthor A <a@example.org> 999999999999999 +0000\ncommitter A <a@example.org> 1 +0000\n\nx\n' \
	"$(git rev-parse 'once^{tree}')" >"$SCRATCH/commit"
odd=$(git hash-object -t commit -w --literally "$SCRATCH/commit")
status_is 3 'a commit of no day' ivnotes list --at "$odd"
is "$(ivnotes list --at "$odd" 2>&1)" \
	"ivnotes: list: the commit's date is no day of the years 1 to 9999; give --today" '... says what to do'
ok '... and is answered then' ivnotes list --at "$odd" --today "$day"

# --- what works on the files as they are ---
for command in 'commit' 'prep -w helen-osei' 'set jane-green role=x' 'asked jane-green' 'edit jane-green'; do
	# shellcheck disable=SC2086
	status_is 2 "refused: $command" ivnotes $command --at once
done
done_testing
