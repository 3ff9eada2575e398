#!/bin/sh
# `ivnotes commit` with an editor, for some notes only, and in the place of the last commit.
. "$TESTS/lib/tap.sh"

# A vault with two committed notes.
fresh()
{
	cd "$SCRATCH" && rm -rf repo && git init -q -b main repo && cd repo || exit 1
	mkdir contacts
	note contacts/jane-green.md 'Jane Green'
	note contacts/omar-haddad.md 'Omar Haddad'
	git add -A && git commit -q -m first
}

# note FILE NAME: a contact
note()
{
	printf -- '---\ntype: contact\nname: %s\n---\nText.\n' "$2" >"$1"
}

commit()
{
	ivnotes commit "$@" >"$SCRATCH/out" 2>"$SCRATCH/err"
}

# editor SCRIPT: the editor is a script for sh, which has the file as $1
editor()
{
	printf '#!/bin/sh\n%s\n' "$1" >"$SCRATCH/editor" && chmod +x "$SCRATCH/editor"
	VISUAL=$SCRATCH/editor
	export VISUAL
}

says() { grep -qF -- "$1" "$SCRATCH/err"; }
subject() { git log -1 --format=%s; }
files() { git show --format= --name-status --no-renames HEAD | sort -k 2; }
sound()
{
	is "$(git status --porcelain)" "$2" "$1: status"
	not_ok "$1: fsck is silent" sh -c "git fsck --strict 2>&1 | grep -v '^dangling\|^notice'"
	not_ok "$1: nothing is left over" sh -c 'ls .git/*.lock .git/*.ivnotes'
}

# --- the editor ---
fresh
echo more >>contacts/jane-green.md
note contacts/ann.md Ann
# shellcheck disable=SC2016
editor 'cp "$1" "$SCRATCH/seen"; sed -i "1s/.*/In my words/" "$1"'
export SCRATCH
status_is 0 '-e opens the editor' commit -e
is "$(subject)" 'In my words' 'and takes what it left'
is "$(head -n 1 "$SCRATCH/seen")" 'Add Ann; update Jane Green' 'it begins with what changed in words'
is "$(grep '^#' "$SCRATCH/seen")" "$(printf '%s\n' \
	"# Lines that begin with '#' are left out; without another line nothing is committed." '#' \
	'# To be committed:')
$(printf '#\tA contacts/ann.md\n#\tM contacts/jane-green.md')" 'and lists the files below'
is "$(git log -1 --format=%B | grep -c '^#')" 0 'which are left out of the message'
sound 'editor' ''
echo more >>contacts/jane-green.md
status_is 0 '-e takes -m to begin with' commit -e -m 'A draft'
is "$(head -n 1 "$SCRATCH/seen")" 'A draft' 'and shows it'

echo more >>contacts/jane-green.md
before=$(git rev-parse HEAD)
# shellcheck disable=SC2016
editor ': >"$1"'
status_is 3 'an emptied message stops the commit' commit -e
ok 'in words' says "the commit's message is empty; nothing is committed"
# shellcheck disable=SC2016
editor 'printf "# only\n  \n#comments\n" >"$1"'
status_is 3 'so does one of comments' commit -e
editor 'exit 7'
status_is 3 'and an editor that fails' commit -e
ok 'with its status' says "/editor' ended with status 7"
ok 'and what follows' says 'nothing is committed, as the editor did not end well'
# shellcheck disable=SC2016
editor 'kill -9 $$'
status_is 3 'or is killed' commit -e
ok 'in words' grep -Eq 'was ended by signal 9|ended with status 137' "$SCRATCH/err"
VISUAL=no-such-editor
status_is 3 'or is not there' commit -e
ok 'in words' says "the editor 'no-such-editor' was not found"
# shellcheck disable=SC2016
editor 'rm "$1"'
status_is 3 'or takes the file away' commit -e
# shellcheck disable=SC2016
editor 'printf "caf\351\n" >"$1"'
status_is 3 'a message that is not UTF-8 is refused' commit -e
ok 'in words' says 'is not UTF-8'
status_is 3 'by -m, too' commit -m "$(printf 'caf\351')"
# shellcheck disable=SC2016
editor 'printf "a\0b\n" >"$1"'
status_is 3 'and one with a NUL' commit -e
is "$(git rev-parse HEAD)" "$before" 'nothing was committed by any of them'
sound 'refused' ' M contacts/jane-green.md'
# shellcheck disable=SC2016
editor 'echo "#1 of them" >"$1"'
git config core.commentChar ';'
status_is 0 "git's comment character counts" commit -e
is "$(subject)" '#1 of them' 'and no other'
git config --unset core.commentChar
echo more >>contacts/jane-green.md
# shellcheck disable=SC2016
editor 'sed -i "s/^more$/less/" "$1"'
status_is 0 'a line that begins with it' commit -e -m "$(printf 'Subject\n\n#1 stays')"
is "$(git log -1 --format=%b)" '#1 stays' 'stays: another one is taken'
echo more >>contacts/jane-green.md
# shellcheck disable=SC2016
GIT_EDITOR="sh -c 'echo by the variable >\"\$1\"' sh" status_is 0 "GIT_EDITOR is git's own" commit -e
is "$(subject)" 'by the variable' 'and comes first'
echo more >>contacts/jane-green.md
# shellcheck disable=SC2016
git config core.editor "sh -c 'echo by core.editor >\"\$1\"' sh"
status_is 0 'so does core.editor' commit -e
is "$(subject)" 'by core.editor' 'before VISUAL'

# --- what is committed is what was there before the editor opened ---
fresh
echo first >>contacts/jane-green.md
editor 'echo second >>contacts/jane-green.md'
status_is 0 'a note that changes meanwhile' commit -e
is "$(git show HEAD:contacts/jane-green.md | tail -n 1)" first 'is committed as it was'
sound 'meanwhile' ' M contacts/jane-green.md'
is "$(git diff | grep '^[+]s')" '+second' 'and the rest is there'

# --- signals: Ctrl-C is the editor's, an end is an end ---
# editing SIGNAL: one comes while the editor is open, which goes on
editing()
{
	rm -f "$SCRATCH/open"
	# shellcheck disable=SC2016
	editor 'trap "" INT TERM HUP; : >"$SCRATCH/open"; sleep 0.3; echo words >"$1"'
	# shellcheck disable=SC2016
	perl -e '$SIG{INT} = "DEFAULT"; exec @ARGV' ivnotes commit -q -e 2>/dev/null &
	until [ -e "$SCRATCH/open" ]; do sleep 0.05; done
	kill -"$1" $!
	wait $!
}
fresh
echo more >>contacts/jane-green.md
editing INT
is $? 0 'Ctrl-C in the editor'
is "$(subject)" words 'does not stop the commit'
for signal in TERM HUP; do
	echo more >>contacts/jane-green.md
	before=$(git rev-parse HEAD)
	editing $signal >/dev/null 2>&1
	[ $? -gt 128 ]
	is $? 0 "$signal ends it"
	is "$(git rev-parse HEAD)" "$before" 'and nothing is committed'
	sound $signal ' M contacts/jane-green.md'
done
# shellcheck disable=SC2016
editor 'kill -9 $PPID; sleep 0.3; echo words >"$1"'
echo more >>contacts/jane-green.md
VISUAL="exec $SCRATCH/editor" ivnotes commit -q -e >/dev/null 2>&1
is "$(git rev-parse HEAD)" "$before" 'killed outright, it has committed nothing'
rm -f .git/index.lock
status_is 0 'and the next one goes through' commit -m next
sound 'killed' ''

# --- some notes only ---
fresh
echo more >>contacts/jane-green.md
echo more >>contacts/omar-haddad.md
note contacts/ann.md Ann
status_is 0 'a path limits the commit' commit contacts/jane-green.md
is "$(files)" "$(printf 'M\tcontacts/jane-green.md')" 'to that note'
is "$(subject)" 'Update Jane Green' 'and its words'
sound 'path' "$(printf ' M contacts/omar-haddad.md\n?? contacts/ann.md')"
git add contacts/omar-haddad.md
echo again >>contacts/jane-green.md
status_is 0 'a name does, too' commit 'jane green'
is "$(files)" "$(printf 'M\tcontacts/jane-green.md')" 'and finds its note'
sound 'staged' "$(printf 'M  contacts/omar-haddad.md\n?? contacts/ann.md')"
status_is 0 'a folder' commit contacts
is "$(files)" "$(printf 'A\tcontacts/ann.md\nM\tcontacts/omar-haddad.md')" 'means what is in it'
sound 'folder' ''
rm contacts/ann.md contacts/omar-haddad.md
status_is 0 'a note that is gone' commit contacts/ann.md
is "$(files)" "$(printf 'D\tcontacts/ann.md')" 'is known by its path'
sound 'gone' ' D contacts/omar-haddad.md'
mkdir .ivnotes && echo 'lapse: 30d' >.ivnotes/config.yaml
status_is 0 'a file of the settings' commit .ivnotes/config.yaml
is "$(files)" "$(printf 'A\t.ivnotes/config.yaml')" 'is part of the vault'
echo x >contacts/plan.txt
status_is 3 'what is no note' commit contacts/plan.txt
ok 'is refused' says "'contacts/plan.txt' is no note of the vault"
status_is 3 'what is not there' commit nobody
ok 'is told' says "'nobody'"
status_is 3 'what is outside' commit ../editor
status_is 3 'an empty word' commit ''
before=$(git rev-parse HEAD)
status_is 0 'a note without a change' commit jane-green
ok 'is nothing to commit' says 'nothing to commit'
is "$(git rev-parse HEAD)" "$before" 'and nothing is'
(cd contacts && rm jane-green.md && status_is 0 'from inside a folder' commit jane-green.md &&
	is "$(files)" "$(printf 'D\tcontacts/jane-green.md')" 'a path is as seen from there') |
	sed 's/^ok [0-9]* - /# /; s/^not ok [0-9]*/# NOT OK/' >"$SCRATCH/inside"
not_ok 'from inside a folder' grep 'NOT OK' "$SCRATCH/inside"
is "$(wc -l <"$SCRATCH/inside")" 2 'all of it'
status_is 0 'the whole vault by its folder' commit .
is "$(git status --porcelain)" '?? contacts/' 'is all that is its own'

# --- in the place of the last commit ---
fresh
echo more >>contacts/jane-green.md
GIT_AUTHOR_NAME=Ann GIT_AUTHOR_EMAIL=ann@example.org GIT_AUTHOR_DATE='@1700000000 +0100' \
	ivnotes commit -q -m 'Second' >/dev/null
echo more >>contacts/omar-haddad.md
status_is 0 '--amend' commit --amend
is "$(git log --format=%s)" "$(printf 'Second\nfirst')" 'puts it in the place of the last commit'
is "$(files)" "$(printf 'M\tcontacts/jane-green.md\nM\tcontacts/omar-haddad.md')" 'with both changes'
is "$(git log -1 --format='%an %ae %at %cn')" 'Ann ann@example.org 1700000000 Robin Seeker' \
	'author and date stay'
is "$(git reflog -1 --format=%gs)" 'commit (amend): Second' 'the reflog says so'
is "$(sed 's/^[0-9a-f]* //' "$SCRATCH/out")" "$(printf 'Second\nM contacts/omar-haddad.md')" \
	'it shows what is new in it'
sound 'amend' ''
status_is 0 'another message alone' commit --amend -m 'Better words'
is "$(git log --format=%s)" "$(printf 'Better words\nfirst')" 'is one'
# shellcheck disable=SC2016
editor 'sed -i "1s/Better/Best/" "$1"'
status_is 0 'the editor' commit --amend -e
is "$(subject)" 'Best words' 'has the old message'
before=$(git rev-parse HEAD)
status_is 0 'a dry run' commit --amend -n
is "$(git rev-parse HEAD)" "$before" 'changes nothing'
is "$(cat "$SCRATCH/out")" 'Best words' 'and shows the message'
git show HEAD^:contacts/jane-green.md >contacts/jane-green.md
git show HEAD^:contacts/omar-haddad.md >contacts/omar-haddad.md
status_is 3 'so that nothing is left' commit --amend
ok 'is refused' says 'nothing would be left in the last commit'
is "$(git rev-parse HEAD)" "$before" 'and nothing changed'
git checkout -q .

git clone -q --bare . ../there.git && git remote add origin ../there.git && git fetch -q origin
echo more >>contacts/jane-green.md
status_is 3 'what was pushed' commit --amend
ok 'is refused' says "the last commit was pushed: 'origin/main' holds it"
git commit -q -a -m third && git push -q origin main && git reset -q --hard HEAD^
echo more >>contacts/jane-green.md
status_is 3 'what is behind a branch there' commit --amend
ok 'is refused, too' says "'origin/main' holds it"
status_is 0 'a new commit is not' commit -m 'New'
status_is 0 'and can be amended' commit --amend -m 'Newer'
git switch -q -c side HEAD^ && echo side >>contacts/omar-haddad.md && git commit -q -a -m side
git switch -q main && git merge -q -m merged side
echo more >>contacts/jane-green.md
status_is 3 'a merge' commit --amend
ok 'is refused' says 'the last commit is a merge'
git checkout -q . && git switch -q --detach && echo more >>contacts/ann.md && note contacts/ann.md A
status_is 0 'on no branch' commit -m lonely
echo more >>contacts/ann.md
status_is 0 'the last one' commit --amend
is "$(git log -1 --format=%s HEAD)" lonely 'is amended'
is "$(git log -1 --format=%s main)" merged 'and no branch moves'

cd "$SCRATCH" && rm -rf repo there.git && git init -q -b main repo && cd repo || exit 1
note a.md A
status_is 3 'without a commit' commit --amend
ok 'there is none' says 'there is no commit to amend yet'
commit -q && note b.md B
status_is 0 'the first commit' commit --amend
is "$(git log --format=%s)" 'Add A' 'is amended'
is "$(git ls-tree --name-only HEAD)" "$(printf 'a.md\nb.md')" 'and holds both'
is "$(git log -1 --format=%P)" '' 'and has no parent'
sound 'first' ''

# --- what another program wrote into the last commit stays ---
tree=$(git rev-parse 'HEAD^{tree}')
printf 'tree %s\nparent %s\nauthor A <a@b> 1 +0000\ncommitter A <a@b> 1 +0000\nencoding ISO-8859-1\nchange-id abc\n def\n\ncaf\351\n' \
	"$tree" "$(git rev-parse HEAD)" >"$SCRATCH/object"
git reset -q --hard "$(git hash-object -t commit -w "$SCRATCH/object")"
echo more >>a.md
status_is 0 'a commit of another program' commit --amend
is "$(git cat-file commit HEAD | grep -a -A 1 '^change-id')" "$(printf 'change-id abc\n def')" \
	'keeps its fields'
is "$(git log -1 --format=%s)" 'café' 'and its encoding'
sound 'fields' ''

done_testing
