#!/bin/sh
# Which note is which: diff, log, restore and show follow a note by the same rules, whatever git thinks.
. "$TESTS/lib/tap.sh"

IVNOTES_TODAY=2026-11-28
export IVNOTES_TODAY
day=1

# commit SUBJECT: a day later than the one before
commit()
{
	day=$((day + 1))
	GIT_AUTHOR_DATE=$(printf '2026-11-%02dT10:00:00+0100' $day)
	GIT_COMMITTER_DATE=$GIT_AUTHOR_DATE
	export GIT_AUTHOR_DATE GIT_COMMITTER_DATE
	git add -A && git commit -q --allow-empty -m "$1"
}

# contact FILE NAME TEXT [LINE...]: with further lines in its header
contact()
{
	file=$1 name=$2 text=$3
	shift 3
	{
		printf -- '---\ntype: contact\nname: %s\n' "$name"
		[ $# = 0 ] || printf '%s\n' "$@"
		printf -- '---\n\n%s\n' "$text"
	} >"$file"
}

fresh()
{
	cd "$SCRATCH" && rm -rf vault && mkdir -p vault/people && cd vault || exit 1
	git init -q -b main .
	day=1
}

# log REF: the subjects of the commits that are told of it, newest first
log()
{
	ivnotes log --format=jsonl "$@" 2>&1 |
		python3 -c 'import json, sys
told = []
for line in sys.stdin:
    if not line.startswith("{"): told.append(line.strip()); continue
    commit = json.loads(line)["commit"]
    if commit and commit["id"] not in told: told.append(commit["id"])
print(*told)' | tr ' ' '\n' |
		while read -r id; do git log -1 --format=%s "$id"; done | tr '\n' ' '
}

# restored REV REF: its diff from the files to that revision, or why there is none
restored() { ivnotes restore -n --at "$@" 2>&1 | sed 's/^ivnotes: restore: //'; }
# lines REV REF: the lines that would go and come
lines() { restored "$@" | grep '^[-+][^-+]' | tr '\n' '|'; }
# names REV REF: the name on the page of REF@REV
named() { ivnotes show --format=json "$2@$1" | python3 -c 'import json, sys
print(json.load(sys.stdin)["name"])'; }
# gone: the paths that log --deleted tells of
gone() { ivnotes log --deleted --format=jsonl 2>/dev/null | python3 -c 'import json, sys
print(*(json.loads(line)["path"] for line in sys.stdin))'; }
# git_says FROM TO: git has it that this became that
git_says() { git log -M --diff-filter=R --format= --name-status | grep -q "	$1	$2\$"; }

# --- two that are much alike: one is renamed, the other removed ---
fresh
contact people/ann.md 'Ann Lee' 'Met at the fair, by the door.'
contact people/bob.md 'Bob Ray' 'Met at the fair.'
commit both
rm people/ann.md people/bob.md
contact people/ann-lee.md 'Ann Lee' 'Met at the fair.'
commit one
ok 'git takes it for the other' git_says people/bob.md people/ann-lee.md
is "$(ivnotes diff --format=json HEAD~1 HEAD | grep -c '"from": *"people/ann.md"')" 1 'diff: she is herself'
is "$(log ann-lee)" 'one both ' 'log: the same'
is "$(gone)" people/bob.md 'log: the other is gone'
is "$(lines HEAD~1 ann-lee)" '-Met at the fair.|+Met at the fair, by the door.|' 'restore: the same'
is "$(lines HEAD~1 ann)" '-Met at the fair.|+Met at the fair, by the door.|' '... by her old id'
is "$(lines HEAD ann)" '' '... whose last version is that of today'
ivnotes restore -q bob && contact expected 'Bob Ray' 'Met at the fair.'
same people/bob.md expected 'restore: the other comes back'
is "$(named HEAD~1 ann-lee)" 'Ann Lee' 'show: the same'

# --- one is removed, and another of the same form is made ---
fresh
contact people/ann.md 'Ann Lee' 'Knows the trade.' 'organization: Green' 'source: the fair'
commit one
rm people/ann.md
contact people/bob.md 'Bob Ray' 'Runs the shops.' 'organization: Green' 'source: the fair'
commit other
ok 'git takes them for one' git_says people/ann.md people/bob.md
is "$(log bob)" 'other ' 'log: he is not she'
is "$(gone)" people/ann.md 'log: she is gone'
is "$(restored HEAD~1 bob)" "'people/bob.md' was not there in revision 'HEAD~1'" 'restore: the same'
ivnotes restore -q ann
ok 'restore: she comes back where she was' grep -q 'Ann Lee' people/ann.md
is "$(ivnotes show bob@HEAD~1 2>&1 | head -n 1)" "ivnotes: show: in revision 'HEAD~1': no note is called 'bob'" 'show: the same'

# --- renamed, then written anew: the ends have nothing in common ---
fresh
contact people/jane.md 'Jane Green' 'Old text, and only that.' 'role: analyst' 'source: the fair' 'phone: 1'
commit old
git mv people/jane.md people/jane-green.md && commit renamed
contact people/jane-green.md 'J. Adler' 'All is new here, every word.' 'role: lead' 'source: Omar' 'phone: 2'
commit new
is "$(log jane-green)" 'new renamed old ' 'log: followed'
is "$(lines HEAD~2 jane-green)" '-name: J. Adler|-role: lead|-source: Omar|-phone: 2|+name: Jane Green|+role: analyst|+source: the fair|+phone: 1|-All is new here, every word.|+Old text, and only that.|' \
	'restore: followed'
is "$(named HEAD~2 jane-green)" 'Jane Green' 'show: followed'
is "$(log jane)" 'new renamed old ' 'log: by the old id'
is "$(restored HEAD~2 jane | sed -n 's/^+++ //p')" b/people/jane-green.md 'restore: by the old id'
git mv people/jane-green.md people/j.md && commit again && git rm -q people/j.md && commit removed
is "$(gone)" people/j.md 'gone under its last path'
for word in jane jane-green j; do
	is "$(log $word)" 'removed again new renamed old ' "log $word: all of it"
done
is "$(restored HEAD~3 jane-green | sed -n 's/^+++ //p')" b/people/jane-green.md 'restore: one that is gone goes where it was'

# --- another name and another id, the same person ---
fresh
contact people/jane-green.md 'Jane Green' 'Met her at the fair in spring.' 'email: jane@example.org'
commit before
rm people/jane-green.md
contact people/jane-adler.md 'Jane Adler' 'Met her at the fair in spring.' 'email: Jane@example.org'
commit email
git mv people/jane-adler.md people/jane-stern.md
contact people/jane-stern.md 'Jane Stern' 'Met her at the fair in spring.' 'aliases: Jane Adler'
commit alias
is "$(log jane-stern)" 'alias email before ' 'log: by address and alias'
is "$(named HEAD~2 jane-stern)" 'Jane Green' 'show: the same'
is "$(lines HEAD~2 jane-stern)" '-name: Jane Stern|-aliases: Jane Adler|+name: Jane Green|+email: jane@example.org|' 'restore: the same'
# A desk's number is no person.
fresh
contact people/ann.md 'Ann Lee' 'Text.' 'phone: 030 1234' && commit one
rm people/ann.md && contact people/bob.md 'Bob Ray' 'Words.' 'phone: 030 1234' && commit other
is "$(log bob)|$(gone)" 'other |people/ann.md' 'one number for two people'

# --- gone, and come again at its path ---
fresh
contact people/ann.md 'Ann Lee' One. && commit one
rm people/ann.md && commit gone
contact people/ann.md 'Ann Lee' Two. && commit again
is "$(log ann)" 'again gone one ' 'log: one note'
is "$(lines HEAD~2 ann)" '-Two.|+One.|' 'restore: one note'

# --- renamed, and another made in its place ---
fresh
contact people/ann.md 'Ann Lee' One. && commit one
git mv people/ann.md people/ann-lee.md && commit renamed
contact people/ann.md 'Ann Moss' Other. && commit other
is "$(log people/ann.md)" 'other ' 'log: another note'
is "$(log ann-lee)" 'renamed one ' 'log: she goes on'
is "$(restored HEAD~2 people/ann)" "'people/ann.md' was not there in revision 'HEAD~2'; what was called so then is 'people/ann-lee.md' today" \
	'restore: another note'
is "$(lines HEAD~1 people/ann)|$(restored HEAD~1 people/ann)" "|'people/ann.md' was not there in revision 'HEAD~1'" '... nor when its place was free'
sed -i 's/One/Three/' people/ann-lee.md && commit three
is "$(lines HEAD~3 ann-lee)" '-Three.|+One.|' 'restore: she goes on'

# --- renamed on one side of a merge, before the other side wrote ---
fresh
contact people/ann.md 'Ann Lee' One. && contact people/bob.md 'Bob Ray' Text. && commit one
git switch -q -c side && git mv people/ann.md people/ann-lee.md && commit renamed
git switch -q main && contact people/bob.md 'Bob Ray' More. && commit main
day=$((day + 1))
GIT_COMMITTER_DATE=2026-11-20T10:00:00+0100 git merge -q -m merge side
contact people/ann-lee.md 'Ann Lee' Two. && day=21 && commit two
is "$(log ann-lee)" 'two renamed one ' 'log: over the merge'
is "$(lines main~2 ann-lee)" '-Two.|+One.|' 'restore: over the merge, to the side that knew no rename'
is "$(lines side ann-lee)" '-Two.|+One.|' '... and to the other'
is "$(lines side~1 ann-lee)" '-Two.|+One.|' '... and before both'
# From a branch to another, of which neither rests on the other.
git switch -q main~2 -c old 2>/dev/null
contact people/ann.md 'Ann Lee' Three. && day=22 && commit three
is "$(lines main ann)" '-Three.|+Two.|' 'restore: from another branch, where it is called otherwise'
git switch -q main && is "$(lines old ann-lee)" '-Two.|+Three.|' '... and back'
git switch -q --orphan alone && contact ann-lee.md 'Ann Lee' Four. && commit alone
is "$(lines main ann-lee)" '-Four.|+Two.|' 'restore: from a history that has nothing to do with it'

# --- moved, and not committed ---
fresh
contact people/ann.md 'Ann Lee' One. 'source: the fair' && commit one
contact people/ann.md 'Ann Lee' Two. 'source: the fair' && commit two
mv people/ann.md people/ann-lee.md
is "$(lines HEAD~1 ann-lee)" '-Two.|+One.|' 'restore: as diff has it'
is "$(log ann-lee)" 'two one ' 'log: the same'
is "$(ivnotes log people/ann-lee.md people 2>&1 | grep -c 'not committed')" 0 '... and what is committed is not called otherwise'
is "$(gone)" '' '... nor gone'
mv people/ann-lee.md "$SCRATCH/away" && is "$(gone)" people/ann.md '... as it is without its file'
echo '*.md filter=crypt' >.gitattributes && contact people/new.md 'New One' Text.
is "$(ivnotes log --deleted 2>&1 >/dev/null | grep -c "'people/new.md' has the git attribute 'filter'")" 1 \
	'... where that cannot be told there is a word'
rm .gitattributes people/new.md && mv "$SCRATCH/away" people/ann-lee.md
printf 'My edit.\n' >>people/ann-lee.md
is "$(restored HEAD ann-lee)" "'people/ann-lee.md' holds what is not committed; 'ivnotes commit' keeps it, --force writes over it" \
	'... never over edits'
kept=$(ivnotes restore -f ann-lee 2>&1 >/dev/null | sed -n 's/.* for some weeks: //p')
ok '... which --force keeps on the disk' eval "$kept | grep -q 'My edit'"
is "$(tail -n 1 people/ann-lee.md)" Two. '... and writes over'

# --- a shallow clone, and a history that cannot be read that far ---
fresh
contact people/ann.md 'Ann Lee' One. && commit one
one=$(git rev-parse HEAD)
git mv people/ann.md people/ann-lee.md && commit renamed
contact people/ann-lee.md 'Ann Lee' Two. && commit two
git clone -q --depth 2 "file://$PWD" ../shallow && cd ../shallow || exit 1
is "$(lines HEAD~1 ann-lee)" '-Two.|+One.|' 'restore: as far as a shallow clone goes'
cd ../vault || exit 1
id=$(git rev-parse HEAD~1) && rm -f ".git/objects/$(echo "$id" | cut -c1-2)/$(echo "$id" | cut -c3-)"
is "$(lines "$one" ann-lee)" '-Two.|+One.|' \
	'restore: past a commit that is missing the ends are compared'
done_testing
