#!/bin/sh
# `ivnotes init --hooks`, and `ivnotes check --staged` in the hook that it makes, under git itself.
. "$TESTS/lib/tap.sh"

IVNOTES_TODAY=2026-11-23
export IVNOTES_TODAY

# A vault with a committed note, an old fault in it, and the hook.
fresh()
{
	cd "$SCRATCH" && rm -rf repo && git init -q -b main repo && cd repo || exit 1
	mkdir contacts
	note contacts/jane-green.md 'Jane Green' 'Of [[old-ghost]].'
	note contacts/omar-haddad.md 'Omar Haddad' 'Text.'
	git add -A && git commit -q -m first
	ivnotes init --hooks >"$SCRATCH/out" 2>"$SCRATCH/err"
}

# note FILE NAME TEXT: a contact
note()
{
	printf -- '---\ntype: contact\nname: %s\n---\n%s\n' "$2" "$3" >"$1"
}

broken() { echo '[[ghost]]' >>"$1"; }

# git in words of our own: what it says goes to a file
try()
{
	git "$@" >"$SCRATCH/out" 2>"$SCRATCH/err"
}

says() { grep -qF -- "$1" "$SCRATCH/err"; }
count() { git rev-list --count HEAD; }

# --- making it ---
fresh
is "$(tail -n 1 "$SCRATCH/out")" 'made .git/hooks/pre-commit' 'init --hooks makes the hook'
is "$(stat -c %a .git/hooks/pre-commit)" 755 'as a program'
cp .git/hooks/pre-commit "$SCRATCH/made"
status_is 0 'again' ivnotes init --hooks
same .git/hooks/pre-commit "$SCRATCH/made" 'changes nothing'
is "$(ivnotes init --hooks 2>&1)" "ivnotes: init: '.' is a vault already; nothing was changed" 'and says so'
printf '#!/bin/sh\nexit 0\n' >.git/hooks/pre-commit
cp .git/hooks/pre-commit "$SCRATCH/theirs"
ivnotes init --hooks >"$SCRATCH/out" 2>"$SCRATCH/err"
is $? 3 "another's hook"
same .git/hooks/pre-commit "$SCRATCH/theirs" 'stays as it is'
ok 'which is told' says "'$PWD/.git/hooks/pre-commit' is there already, and stays as it is"
ok 'with the line that would do' says \
	"checks the notes: ivnotes -C '.' check --quiet --staged >&2 || exit 1"
sed -n 's/.*checks the notes: //p' "$SCRATCH/err" >>.git/hooks/pre-commit
status_is 0 'with that line in it' ivnotes init --hooks
sed -i /exit.0/d .git/hooks/pre-commit
chmod +x .git/hooks/pre-commit
broken contacts/omar-haddad.md
try commit -a -m x
is $? 1 'it does the same'
rm .git/hooks/pre-commit && ln -s nowhere .git/hooks/pre-commit
status_is 3 'a link that leads nowhere is a hook, too' ivnotes init --hooks
rm -r .git/hooks
status_is 0 'a missing folder is made' ivnotes init --hooks
cmp -s .git/hooks/pre-commit "$SCRATCH/made"
is $? 0 'and the hook is the same'

cd "$SCRATCH" && rm -rf repo && mkdir repo && cd repo || exit 1
status_is 0 'in an empty folder' ivnotes init --hooks
ok 'all is made' test -x .git/hooks/pre-commit
fresh
rm .git/hooks/pre-commit && git config core.hooksPath my/hooks
is "$(ivnotes init --hooks)" 'made my/hooks/pre-commit' 'core.hooksPath says where'
broken contacts/omar-haddad.md
try commit -a -m x
is $? 1 'and git finds it there'
git config --unset core.hooksPath && rm -rf my
git config --global core.hooksPath "$SCRATCH/shared"
status_is 3 'a folder that others share' ivnotes init --hooks
not_ok 'gets none' test -e "$SCRATCH/shared"
ok 'and is told' sh -c 'ivnotes init --hooks 2>&1 | grep -q "the hooks of other repositories too"'
git config --global --unset core.hooksPath
fresh
rm .git/hooks/pre-commit && git worktree add -q ../linked -b linked
(cd ../linked && ivnotes init --hooks >"$SCRATCH/out")
is "$(tail -n 1 "$SCRATCH/out")" 'made ../repo/.git/hooks/pre-commit' 'a linked working tree has the same'
rm .git/hooks/pre-commit
GIT_DIR=$PWD/.git ivnotes -C ../linked init --hooks >/dev/null 2>"$SCRATCH/err"
is $? 3 'GIT_DIR without the vault in its working tree is refused'
GIT_DIR=$PWD/.git GIT_WORK_TREE=nowhere ivnotes -C ../linked init --hooks >/dev/null 2>&1
is $? 3 'a working tree that is not there, too'
GIT_DIR=$PWD/.git GIT_WORK_TREE=../linked ivnotes -C ../linked init --hooks >/dev/null
is $? 0 'with it, it is as git has it'
ok 'and the hook is there' test -x .git/hooks/pre-commit
rm -rf ../linked
if [ "$(id -u)" != 0 ]; then
	chmod 555 .git/hooks && rm -f .git/hooks/pre-commit
	status_is 3 'a folder that may not be written' ivnotes init --hooks
	chmod 755 .git/hooks
fi

# --- what it stops, and what not ---
fresh
try commit --allow-empty -m empty
is $? 0 'an old fault stops nothing'
broken contacts/omar-haddad.md
try commit --allow-empty -m unstaged
is $? 0 'nor does what is not staged'
git add -A
try commit -m broken
is $? 1 'what is newly broken does'
is "$(cat "$SCRATCH/err")" "$(printf '%s\n' \
	"contacts/omar-haddad.md:6:1: warning: no note is called 'ghost' [broken-link]" \
	"pre-commit: mend this and 'git add' it, or commit with 'git commit --no-verify'")" \
	'it says what, and how to go on'
is "$(count)" 3 'and nothing is committed'
git show HEAD:contacts/omar-haddad.md >contacts/omar-haddad.md
try commit -m 'mended in the file only'
is $? 1 'the index counts, not the file'
git add -A && broken contacts/omar-haddad.md
try commit --allow-empty -m 'broken in the file only'
is $? 0 'both ways'
try commit -a -m all
is $? 1 'commit -a checks what -a takes'
note contacts/ann.md Ann '[[nobody]]' && git add contacts/ann.md
echo more >>contacts/jane-green.md
try commit -m one contacts/jane-green.md
is $? 0 'commit PATH what PATH names'
try commit -m other contacts/omar-haddad.md
is $? 1 'and stops at that'
try commit -m rest
is $? 1 'commit what is staged'
try commit --no-verify -m rest
is $? 0 'git passes it by'
try commit --amend -m again
is $? 0 'and amends it: it is in the last commit'
git checkout -q . && git rm -q contacts/omar-haddad.md && note contacts/eve.md Eve '[[omar-haddad]]'
git add -A
try commit -m gone
is $? 1 'a link to a note that goes with the commit'
git reset -q --hard
# Owed since long: no reason not to write it down.
printf -- '---\ntype: meeting\ncontact: jane-green\ndate: 2026-10-01\nstate: held\n---\nGood talk.\n' \
	>meetings/m.md
git add -A
try commit -m owed
is $? 0 'what is owed stops nothing'
printf -- '---\ntype: meeting\ndate: 2026-30-01\n---\n' >meetings/m.md
try commit -a -m wrong
is $? 1 'an error does'
printf 'nobreak: [\n' >.ivnotes/config.yaml && git checkout -q meetings && git add -A
try commit -m settings
is $? 0 'settings that cannot be read are told'
ok 'with their place' says '.ivnotes/config.yaml:'
note new.md New '[[ghost]]' && git add -A
before=$(find .git | sort | xargs cksum 2>/dev/null)
ivnotes check -q --staged >"$SCRATCH/out" 2>/dev/null
is "$(wc -l <"$SCRATCH/out")" 1 'check --staged by itself'
is "$(find .git | sort | xargs cksum 2>/dev/null)" "$before" 'writes nothing into the repository'

# --- our own commits ---
fresh
broken contacts/omar-haddad.md
status_is 3 'commit --hooks runs it' ivnotes commit --hooks
status_is 0 'commit does not' ivnotes commit
not_ok 'no index is left' sh -c 'ls .git/next-index*'

# --- where git runs it ---
fresh
git worktree add -q ../linked -b linked && cd ../linked && broken contacts/omar-haddad.md
try commit -a -m linked
is $? 1 'in a linked working tree'
git checkout -q . && echo more >>contacts/omar-haddad.md
try commit -a -m linked
is $? 0 'which may commit'
cd ../repo && rm -rf ../linked && git worktree prune && git branch -q -D linked
broken contacts/omar-haddad.md
(cd contacts && try commit -a -m below)
ok 'from a folder below' says '[broken-link]'
mkdir ../tree && cp -R contacts .ivnotes ../tree && cd .. || exit 1
try --git-dir=repo/.git --work-tree=tree commit -a -m elsewhere
is $? 1 'with a working tree elsewhere'
ok 'in the same words' says "contacts/omar-haddad.md:6:1: warning: no note is called 'ghost'"
git --git-dir=repo/.git --work-tree=tree checkout -q .
try --git-dir=repo/.git --work-tree=tree commit -a --allow-empty -m elsewhere
is $? 0 'which may commit'
rm -rf tree

cd "$SCRATCH" && rm -rf repo && git init -q -b main repo && cd repo || exit 1
mkdir -p "job's notes/.ivnotes" src && echo code >src/main.c
note "job's notes/ann.md" Ann '[[ghost]]'
(cd "job's notes" && ivnotes init --hooks >/dev/null)
git add src
try commit -m code
is $? 0 'a vault in a folder with a quote: others may commit'
git add -A
try commit -m notes
is $? 1 'before the first note all is new'
ok 'seen from the top' says "job's notes/ann.md:5:1: warning: no note is called 'ghost'"
rm -r "job's notes" && git add -A
try commit --allow-empty -m none
is $? 0 'without the vault there is nothing to check'

# --- states of git ---
fresh
git switch -q -c side && echo side >>contacts/jane-green.md && git commit -q -a -m side
git switch -q main && echo main >>contacts/jane-green.md && git commit -q -a -m main
git merge -q side >/dev/null 2>&1
status_is 3 'unresolved conflicts' ivnotes check --staged
ok 'are told' sh -c 'ivnotes check --staged 2>&1 | grep -q "unresolved conflicts"'
git checkout -q --ours contacts/jane-green.md && git add -A
try commit -m merged
is $? 0 'a merge that is resolved'
git switch -q --detach && broken contacts/omar-haddad.md
try commit -a -m lonely
is $? 1 'on no branch'
git checkout -q . && git switch -q main && git rebase -q --onto HEAD~1 HEAD~1 side >/dev/null 2>&1
git rebase --abort >/dev/null 2>&1
git switch -q main && git update-index --split-index
echo more >>contacts/omar-haddad.md
try commit -a -m split
is $? 1 'a split index cannot be checked'
ok 'and is told' says 'git update-index --no-split-index'
git update-index --no-split-index

# --- a machine without ivnotes ---
fresh
broken contacts/omar-haddad.md
mkdir "$SCRATCH/bin"
for tool in sh git; do ln -s "$(command -v $tool)" "$SCRATCH/bin/$tool"; done
PATH=$SCRATCH/bin git commit -q -a -m unchecked 2>"$SCRATCH/err"
is $? 0 'without ivnotes commits pass'
ok 'and are told to be unchecked' says "no 'ivnotes' on the PATH: the notes are committed unchecked"

done_testing
