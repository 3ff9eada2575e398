#!/bin/sh
# git's hooks around `ivnotes commit --hooks`: as git runs them, and what they may stop and change.
. "$TESTS/lib/tap.sh"

fresh()
{
	cd "$SCRATCH" && rm -rf repo ran && git init -q -b main repo && cd repo || exit 1
	mkdir contacts
	note contacts/jane-green.md 'Jane Green'
	note contacts/omar-haddad.md 'Omar Haddad'
	echo code >main.c
	git add -A && git commit -q -m first
	echo more >>contacts/jane-green.md
	before=$(git rev-parse HEAD)
}

note()
{
	printf -- '---\ntype: contact\nname: %s\n---\nText.\n' "$2" >"$1"
}

# hook NAME SCRIPT
hook()
{
	printf '#!/bin/sh\n%s\n' "$2" >".git/hooks/$1" && chmod +x ".git/hooks/$1"
}

commit()
{
	ivnotes commit "$@" >"$SCRATCH/out" 2>"$SCRATCH/err"
}

# stopped NAME: and nothing has happened
stopped()
{
	is "$(git rev-parse HEAD)" "$before" "$1: nothing is committed"
	is "$(git status --porcelain)" "${2- M contacts/jane-green.md}" "$1: status is as before"
	not_ok "$1: no lock is left" sh -c 'ls .git/*.lock'
}

says() { grep -qF -- "$1" "$SCRATCH/err"; }
export SCRATCH

# --- without --hooks ---
fresh
status_is 0 'without hooks' commit
is "$(cat "$SCRATCH/err")" '' 'nothing is said of them'
echo more >>contacts/jane-green.md
hook pre-commit 'exit 1'
hook commit-msg 'exit 1'
chmod -x .git/hooks/commit-msg
status_is 0 'hooks are not run' commit
is "$(cat "$SCRATCH/err")" "ivnotes: commit: hooks that were not run: 'pre-commit'; 'ivnotes commit --hooks' runs them" \
	'which one line says'
echo more >>contacts/jane-green.md
commit -n
is "$(cat "$SCRATCH/err")" '' 'but not in a dry run'
commit -q
is "$(cat "$SCRATCH/err")" '' 'nor with -q'

# --- order, arguments, what they see ---
fresh
for name in pre-commit prepare-commit-msg commit-msg post-commit post-rewrite; do
	# shellcheck disable=SC2016
	hook $name 'echo "${0##*/} $*" >>"$SCRATCH/ran"; echo "words of ${0##*/}"'
done
status_is 0 'hooks that agree' commit --hooks
is "$(sed "s,$PWD/,," "$SCRATCH/ran")" "$(printf '%s\n' 'pre-commit ' \
	'prepare-commit-msg .git/COMMIT_EDITMSG' 'commit-msg .git/COMMIT_EDITMSG' 'post-commit ')" \
	'run in the order of git, with the words of git'
is "$(grep -c '^words of' "$SCRATCH/err")" 4 'what they print is talk'
is "$(grep -c 'words of' "$SCRATCH/out")" 0 'and no result'
rm "$SCRATCH/ran"
status_is 0 'nothing to commit' commit --hooks
not_ok 'runs none' test -e "$SCRATCH/ran"
echo more >>contacts/jane-green.md
commit --hooks -m words
ok 'a message that is given' grep -q '^prepare-commit-msg .*COMMIT_EDITMSG message$' "$SCRATCH/ran"
commit --hooks --amend
ok 'the old one of an amended commit' grep -q '^prepare-commit-msg .*COMMIT_EDITMSG commit HEAD$' \
	"$SCRATCH/ran"
fresh
# shellcheck disable=SC2016
hook pre-commit 'echo "$PWD|$GIT_EDITOR|$GIT_DIR|$(pwd)"; cat; exec >&2'
(cd contacts && GIT_DIR=nowhere ivnotes commit --hooks 2>"$SCRATCH/err" >"$SCRATCH/out")
is "$(cat "$SCRATCH/err")" "$PWD|:||$PWD" 'at the top of the working tree, without input'
fresh
echo more >>main.c && git add main.c && echo other >>contacts/omar-haddad.md
note contacts/ann.md Ann
# shellcheck disable=SC2016
hook pre-commit 'git diff --cached --name-status; git diff --name-only; git write-tree >"$SCRATCH/tree"'
status_is 0 'pre-commit' commit --hooks -m hooked contacts/jane-green.md contacts/ann.md
is "$(cat "$SCRATCH/err")" "$(printf '%s\n' "$(printf 'A\tcontacts/ann.md')" \
	"$(printf 'M\tcontacts/jane-green.md')" contacts/omar-haddad.md main.c)" \
	'sees what will be committed, and nothing else, as staged'
is "$(cat "$SCRATCH/tree")" "$(git rev-parse 'HEAD^{tree}')" 'to the byte'
is "$(git status --porcelain)" "$(printf ' M contacts/omar-haddad.md\nM  main.c')" \
	'the rest stays staged or changed'
not_ok 'no index is left' sh -c 'ls .git/next-index*'

# --- stopping ---
for name in pre-commit prepare-commit-msg commit-msg; do
	fresh
	hook $name 'echo no >&2; exit 3'
	status_is 3 "$name stops it" commit --hooks
	ok 'with its words' says no
	ok 'and its name' says "as a hook says no: '$PWD/.git/hooks/$name' ended with status 3"
	stopped $name
done
fresh
# shellcheck disable=SC2016
hook pre-commit 'kill -9 $$'
status_is 3 'a hook that is killed stops it' commit --hooks
ok 'in words' says 'was ended by signal 9'
stopped 'killed'
fresh
printf '#!/no/such/interpreter\n' >.git/hooks/pre-commit && chmod +x .git/hooks/pre-commit
status_is 3 'a hook that cannot start stops it' commit --hooks
stopped 'no interpreter'
fresh
hook pre-commit 'exit 0'
chmod 111 .git/hooks/pre-commit && chmod 755 . && chmod -R a+rwX .git contacts ..
chmod 111 .git/hooks/pre-commit
git config --global --add safe.directory "$PWD"
if [ "$(id -u)" = 0 ]; then
	mkdir -p "$SCRATCH/home2" && cp "$HOME/.gitconfig" "$SCRATCH/home2" &&
		chmod -R a+rX "$SCRATCH/home2"
fi
HOME=$SCRATCH/home2 as-nobody ivnotes commit --hooks >/dev/null 2>"$SCRATCH/err"
is $? 3 'a hook that cannot be read stops it'
git config --global --unset-all safe.directory
fresh
hook post-commit 'exit 1'
status_is 0 'post-commit stops nothing' commit --hooks
ok 'but is told' says 'the commit is made, but its hook failed'
fresh
git config core.hooksPath ../hooks && mkdir ../hooks
printf '#!/bin/sh\nexit 1\n' >../hooks/pre-commit && chmod +x ../hooks/pre-commit
status_is 3 'core.hooksPath names the folder' commit --hooks
git config core.hooksPath /dev/null
status_is 0 'or none' commit --hooks
rm -r ../hooks

# --- changing ---
fresh
# shellcheck disable=SC2016
hook prepare-commit-msg 'echo "Added: by $2" >>"$1"'
# shellcheck disable=SC2016
hook commit-msg 'sed -i "1s/^/JOB-7 /" "$1"'
status_is 0 'hooks change the message' commit --hooks -m 'Words'
is "$(git log -1 --format=%B)" "$(printf 'JOB-7 Words\nAdded: by message')" 'and it is the one'
is "$(sed -n 's/^[0-9a-f]* //p' "$SCRATCH/out" | head -n 1)" 'JOB-7 Words' 'that is shown'
fresh
# shellcheck disable=SC2016
hook commit-msg ': >"$1"'
status_is 3 'so that none is left' commit --hooks
stopped 'emptied'
fresh
hook pre-commit 'sed -i "s/^more$/less/" contacts/jane-green.md; git add contacts/jane-green.md'
status_is 0 'a hook that mends a note and stages it' commit --hooks
is "$(git show HEAD:contacts/jane-green.md | tail -n 1)" less 'commits it as mended'
is "$(git status --porcelain)" '' 'and status is clean'
fresh
hook pre-commit 'printf -- "---\ntype: contact\n---\n" >new.md; git add new.md; git rm -qf contacts/omar-haddad.md'
status_is 0 'one that stages others' commit --hooks
is "$(git show --format= --name-status --no-renames HEAD | sort -k 2)" "$(printf '%s\t%s\n' \
	M contacts/jane-green.md D contacts/omar-haddad.md A new.md)" 'commits them'
ok 'in words' sh -c 'git log -1 --format=%s | grep "Jane Green" | grep "Omar Haddad" | grep new'
is "$(git status --porcelain)" '' 'and status is clean'
ok 'and the index is whole' git diff --cached --quiet
fresh
hook pre-commit 'echo >>main.c; git add main.c'
status_is 3 'one that stages what is not the vault'\''s' commit --hooks
ok 'is refused' says "a hook staged 'main.c', which is no part of the vault"
stopped 'not ours' "$(printf ' M contacts/jane-green.md\n M main.c')"
fresh
hook pre-commit 'git checkout -q HEAD -- contacts/jane-green.md'
status_is 0 'one that takes all back' commit --hooks
stopped 'taken back' ''
fresh
# shellcheck disable=SC2016
hook pre-commit 'echo broken >"$GIT_INDEX_FILE"'
status_is 3 'one that breaks its index' commit --hooks
stopped 'broken'

# --- signed and amended, in a linked working tree, from an empty repository ---
fresh
hook pre-commit 'git diff --cached --name-only'
git commit -q -a -m second && echo more >>contacts/omar-haddad.md
status_is 0 'amending' commit --hooks --amend
is "$(cat "$SCRATCH/err")" contacts/omar-haddad.md 'pre-commit sees what is new'
git worktree add -q ../linked -b linked && cd ../linked && echo more >>contacts/jane-green.md
status_is 0 'a linked working tree' commit --hooks
is "$(cat "$SCRATCH/err")" contacts/jane-green.md 'has the same hooks'
is "$(git status --porcelain)" '' 'and status is clean'
cd "$SCRATCH" && rm -rf linked repo && git init -q -b main repo && cd repo && note a.md A
hook pre-commit 'git diff --cached --name-only 4b825dc642cb6eb9a060e54bf8d69288fbee4904'
status_is 0 'the first commit' commit --hooks
is "$(cat "$SCRATCH/err")" a.md 'has hooks, too'

done_testing
