#!/bin/sh
# `ivnotes diff` between revisions: notes that moved or are gone, odd repositories, nothing written.
. "$TESTS/lib/tap.sh"

IVNOTES_TODAY=2026-11-23
export IVNOTES_TODAY

# at DAY SUBJECT: commits all, on that day
at()
{
	git add -A && GIT_AUTHOR_DATE="$1T10:00:00+0100" GIT_COMMITTER_DATE="$1T10:00:00+0100" \
		git commit -q -m "$2"
}

# contact FILE NAME [FIELDS]
contact()
{
	mkdir -p "$(dirname "$1")"
	printf -- '---\ntype: contact\nname: %s\n%b---\nA word of %s.\n' "$2" "$3" "$2" >"$1"
}

fresh()
{
	cd "$SCRATCH" && rm -rf repo && mkdir repo && cd repo && git init -q -b main . || exit 1
	mkdir .ivnotes && : >.ivnotes/config.yaml
	contact contacts/jane-green.md 'Jane Green' 'role: analyst\n'
	contact contacts/omar-haddad.md 'Omar Haddad' 'role: banker\n'
	contact contacts/eve-stone.md 'Eve Stone' 'role: clerk\n'
	at 2026-11-02 one
}

shows() { ivnotes diff "$@" 2>"$SCRATCH/err"; }
heads() { shows "$@" | grep '^[^ ]'; }
says() { grep -qF -- "$1" "$SCRATCH/err"; }
state() { git -C "$SCRATCH/repo" status --porcelain; (cd "$SCRATCH/repo" && find . -type f -exec cksum {} + | sort); }

# --- revisions ---
fresh
contact contacts/jane-green.md 'Jane Green' 'role: analyst\noutreach: 2026-11-03 email\n'
at 2026-11-03 two
contact contacts/jane-green.md 'Jane Green' 'role: lead\noutreach: 2026-11-03 email yes 2026-11-05\n'
at 2026-11-06 three
contact contacts/jane-green.md 'Jane Green' 'role: head\noutreach: 2026-11-03 email yes 2026-11-05\n'
state >"$SCRATCH/before"
said='contacts/jane-green.md: Jane Green
  + reply yes (2026-11-05)
  - role: analyst
  + role: lead'
is "$(shows)" 'contacts/jane-green.md: Jane Green
  - role: lead
  + role: head' 'no revision: the files with the last commit'
is "$(shows HEAD~1)" "$(echo "$said" | sed 's/lead/head/')" 'one: the files with it'
is "$(shows HEAD~1 HEAD)" "$said" 'two: the second with the first'
is "$(shows HEAD~1..HEAD)" "$said" 'as a range'
is "$(shows HEAD~1..)" "$said" 'its end is HEAD'
is "$(shows ..HEAD~1)" 'contacts/jane-green.md: Jane Green
  - outreach: 2026-11-03 email yes 2026-11-05
  + outreach: 2026-11-03 email
  - role: lead
  + role: analyst' 'its start is HEAD'
is "$(shows HEAD~2 HEAD -- jane-green)" 'contacts/jane-green.md: Jane Green
  + asked by email (2026-11-03)
  + reply yes (2026-11-05)
  - role: analyst
  + role: lead' 'a note behind them'
is "$(shows HEAD~2 HEAD omar-haddad)" '' 'of a note that is as it was there is nothing'
state >"$SCRATCH/after"
same "$SCRATCH/before" "$SCRATCH/after" 'nothing was written'

# --- exit status ---
status_is 0 'no difference is 0' shows --exit-code HEAD~1 HEAD omar-haddad
status_is 1 'a difference is 1 with --exit-code' shows --exit-code HEAD~1 HEAD
status_is 0 'and 0 without' shows HEAD~1 HEAD
status_is 2 'three revisions are wrong usage' shows HEAD HEAD HEAD --
status_is 3 'no such revision' shows HEAD~9 --
status_is 2 '--at has no sense' shows --at HEAD

# --- what moved, and what is gone ---
fresh
mkdir old && git mv contacts/omar-haddad.md old/ && sed -i 's/banker/broker/' old/omar-haddad.md
git mv contacts/jane-green.md contacts/jane-brown.md
sed -i 's/analyst/lead/' contacts/jane-brown.md
rm contacts/eve-stone.md && contact contacts/finn-moss.md 'Finn Moss' 'role: clerk\n'
moved='contacts/eve-stone.md: Eve Stone, removed
contacts/finn-moss.md: Finn Moss, new contact
contacts/jane-brown.md: Jane Green, renamed from jane-green
old/omar-haddad.md: Omar Haddad, moved from contacts/'
is "$(heads)" "$moved" 'the files: moved by name, renamed by person, two people are two'
is "$(ivnotes commit -n | head -n 1)" "$(ivnotes commit -q && git log -1 --format=%s)" \
	'a dry run words what moved as the commit does'
is "$(git log -1 --format=%B | tail -n 5)" 'Ivnotes-Added: finn-moss
Ivnotes-Renamed: jane-brown
Ivnotes-Renamed: omar-haddad
Ivnotes-Removed: eve-stone' 'in its trailers too'
is "$(heads HEAD~1 HEAD)" "$moved" 'the same between commits'
is "$(shows HEAD~1 HEAD jane-green)" 'contacts/jane-brown.md: Jane Green, renamed from jane-green
  - role: analyst
  + role: lead' 'by the id of then'
is "$(heads HEAD~1 HEAD eve-stone)" 'contacts/eve-stone.md: Eve Stone, removed' 'a note that is gone'
is "$(heads HEAD~1 HEAD contacts/eve-stone.md)" 'contacts/eve-stone.md: Eve Stone, removed' 'by its path'
is "$(cd old && heads HEAD~1 HEAD ../contacts)" \
	"$(echo "$moved" | sed 's:^contacts:../contacts:; s:^old/::')" 'a folder, seen from another'
is "$(heads HEAD~1 HEAD 'Eve Stone')" 'contacts/eve-stone.md: Eve Stone, removed' 'by the name of then'
status_is 0 'a note that was there and has not changed is one' shows HEAD~1 HEAD~1 eve-stone
rm contacts/finn-moss.md && at 2026-11-10 three && contact contacts/new.md New && at 2026-11-11 four
is "$(heads HEAD~1 HEAD finn-moss 2>&1)" '' 'nor is one that was gone before'
ok 'which is said' says "no note is called 'finn-moss'"
is "$(heads HEAD~2 HEAD~1 -- finn-moss)" 'contacts/finn-moss.md: Finn Moss, removed' 'and found in its time'

# --- a note that is asked for by a revision's name ---
git branch new
status_is 2 'a branch and a note' shows new
is "$(heads new --)" '' 'the branch'
contact contacts/new.md 'New One'
is "$(heads -- new)" 'contacts/new.md: New One' 'the note'

# --- odd repositories ---
fresh
git checkout -q --detach && contact contacts/jane-green.md 'Jane Green' 'role: lead\n'
is "$(heads)" 'contacts/jane-green.md: Jane Green' 'HEAD is on no branch'
git stash -q && git checkout -q main && git checkout -q -b other
contact contacts/jane-green.md 'Jane Green' 'role: head\n' && at 2026-11-03 theirs
git checkout -q main && contact contacts/jane-green.md 'Jane Green' 'role: lead\n' && at 2026-11-03 ours
git merge -q other >/dev/null 2>&1
is "$(shows | head -n 4 | cut -c 1-40)" 'contacts/jane-green.md: Jane Green
  + broken: unresolved merge up to line ' 'in the middle of a merge'
git merge --abort
mkdir -p deep/vault && cp -R contacts deep/vault/ && at 2026-11-04 deep
echo 'More.' >>deep/vault/contacts/eve-stone.md && echo 'More.' >>contacts/eve-stone.md
is "$(cd deep/vault && mkdir -p .ivnotes && heads && heads HEAD~1 HEAD | head -n 1)" \
	'contacts/eve-stone.md: Eve Stone
contacts/eve-stone.md: Eve Stone, new contact' 'a vault in a folder of a repository'
fresh
contact contacts/jane-green.md 'Jane Green' 'role: lead\n' && at 2026-11-03 two
blob=$(git rev-parse HEAD~1:contacts/jane-green.md)
rm -f ".git/objects/$(echo "$blob" | cut -c 1-2)/$(echo "$blob" | cut -c 3-)"
status_is 3 'a missing object' shows HEAD~1 HEAD
ok 'is named by its note' says 'contacts/jane-green.md: '
fresh
git clone -q --depth 1 "file://$SCRATCH/repo" "$SCRATCH/shallow" && cd "$SCRATCH/shallow" || exit 1
status_is 3 'a shallow clone has no older commit' shows HEAD~1 --
ok 'and says so' says 'shallow clone'
cd "$SCRATCH" && git init -q --bare bare.git && mkdir none && cd none || exit 1
status_is 3 'no repository' shows
ok 'is said' says 'no git repository'

# --- attributes, ignored notes, permissions, links ---
fresh
printf '*.md text eol=crlf\n' >.gitattributes && at 2026-11-03 attributes
for file in contacts/*.md; do sed -i 's/$/\r/' "$file"; done
is "$(shows)" '' 'line ends that git changes are no change'
sed -i 's/banker/broker/' contacts/omar-haddad.md
is "$(shows --stat | tail -n 1)" ' 1 file, 1 act, 1 line added, 1 removed' 'and count in no line'
echo 'private.md' >.gitignore && contact private.md Private
is "$(heads)" 'contacts/omar-haddad.md: Omar Haddad' 'an ignored note is none of git'
fresh
chmod +x contacts/jane-green.md
is "$(shows)" 'contacts/jane-green.md: Jane Green
  other permissions, the same bytes' 'permissions alone'
at 2026-11-03 permissions
is "$(shows HEAD~1 HEAD | tail -n 1)" '  other permissions, the same bytes' 'between revisions'
echo 'lapse: 3d' >.ivnotes/config.yaml && at 2026-11-04 settings
is "$(shows HEAD~1 HEAD | tail -n 1)" '+lapse: 3d' 'and so are the settings'
is "$(heads HEAD~1 HEAD .ivnotes | head -n 1)" 'diff --git a/.ivnotes/config.yaml b/.ivnotes/config.yaml' \
	'which can be asked for'
is "$(heads HEAD~1 HEAD jane-green)" '' 'or left out'
fresh
echo '*.md filter=crypt' >.gitattributes && echo more >>contacts/jane-green.md
status_is 3 'a filter is refused' shows
ok 'by name' says "has the git attribute 'filter'"

# --- what a terminal must not obey ---
fresh
contact contacts/jane-green.md "$(printf 'Jane \033[31mGreen')" 'role: "a\\eb"\n'
is "$(shows | grep -c "$(printf '\033')")" 0 'control characters are shown, not sent'
is "$(shows --color=always | head -n 1 | cut -c 2-4)" '[1m' 'colours where they are wanted'

done_testing
