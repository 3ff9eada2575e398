#!/bin/sh
# The hooks of this repository around `ivnotes sync`: run with --hooks as git runs them, else named.
. "$TESTS/lib/tap.sh"
forgive_libgit2
export SCRATCH

note() { printf -- '---\ntype: contact\nname: %s\n---\nText.\n' "$2" >"$1"; }
save() { git add -A && git commit -q -m "${1:-more}"; }
sync() { ivnotes sync "$@" >"$SCRATCH/out" 2>"$SCRATCH/err"; }
says() { grep -F -- "$1" "$SCRATCH/err" || { cat "$SCRATCH/err" && false; }; }
tip() { git -C "$SCRATCH/$1" rev-parse -q --verify main; }
zeros=0000000000000000000000000000000000000000

# hook NAME SCRIPT
hook() { printf '#!/bin/sh\n%s\n' "$2" >".git/hooks/$1" && chmod +x ".git/hooks/$1"; }

# A clone with a hook of every kind, each of which notes down that it ran, with what, and what it read.
fresh()
{
	cd "$SCRATCH" && rm -rf r.git a b ran && git init -q --bare -b main r.git && git init -q -b main a &&
		cd a && git remote add origin ../r.git || exit 1
	note jane.md Jane && save first
	for name in pre-commit prepare-commit-msg commit-msg post-commit pre-merge-commit post-merge pre-push; do
		# shellcheck disable=SC2016 # for the hook to expand
		hook $name 'echo "${0##*/} $*: $(cat)" >>"$SCRATCH/ran"; echo "words of ${0##*/}"'
	done
}
ran() { sed "s,$PWD/,," "$SCRATCH/ran" 2>/dev/null; rm -f "$SCRATCH/ran"; }
from_b() { git clone -q "$SCRATCH/r.git" "$SCRATCH/b" 2>/dev/null; (cd "$SCRATCH/b" && git pull -q &&
	note "$1.md" "$1" && save && git push -q); }

# --- without --hooks ---
fresh
note omar.md Omar
status_is 0 'without --hooks' sync --commit
is "$(ran)" '' 'none is run'
is "$(cat "$SCRATCH/err")" "ivnotes: sync: hooks that were not run: 'pre-commit', 'prepare-commit-msg', 'commit-msg', 'post-commit', 'pre-push'; 'ivnotes sync --hooks' runs them" \
	'those that git would have run are named'
status_is 0 'nothing to do' sync
is "$(cat "$SCRATCH/err")" '' 'needs no hook'
from_b Lea
note mia.md Mia && git -c core.hooksPath=/dev/null commit -q --allow-empty -m more
sync -n
is "$(cat "$SCRATCH/err")" '' 'nor does a dry run'
sync
is "$(cat "$SCRATCH/err")" "ivnotes: sync: hooks that were not run: 'pre-merge-commit', 'post-merge', 'pre-push'; 'ivnotes sync --hooks' runs them" \
	'a merge has others'
rm mia.md
from_b Noor
sync
is "$(cat "$SCRATCH/err")" "ivnotes: sync: hooks that were not run: 'post-merge'; 'ivnotes sync --hooks' runs them" \
	'what is received, one'
git config core.hooksPath /dev/null
from_b Olga
sync
is "$(cat "$SCRATCH/err")" '' 'where there is none, none is named'

# --- with --hooks ---
fresh
note omar.md Omar
status_is 0 'with --hooks' sync --commit --hooks
is "$(ran)" "pre-commit : 
prepare-commit-msg .git/COMMIT_EDITMSG: 
commit-msg .git/COMMIT_EDITMSG: 
post-commit : 
pre-push origin ../r.git: refs/heads/main $(tip a) refs/heads/main $zeros" 'they are run as by git'
is "$(grep -c '^words of' "$SCRATCH/err")" 5 'what they print is talk'
is "$(wc -l <"$SCRATCH/out")" 2 'and no result'
status_is 0 'nothing to do with --hooks' sync --hooks
is "$(ran)" '' 'runs none'
from_b Lea
theirs=$(tip r.git)
git -c core.hooksPath=/dev/null commit -q --allow-empty -m more
status_is 0 'a merge' sync --hooks
is "$(ran)" "pre-push origin ../r.git: refs/heads/main $(tip a) refs/heads/main $theirs
post-merge 0: " 'has two'
ok 'a third cannot be run, which is said' says "hooks that were not run: 'pre-merge-commit'"
status_is 0 'in a dry run' sync -n --hooks
is "$(ran)" '' 'none is run'

# --- they say no ---
fresh
hook pre-push 'echo "not this one" >&2; exit 1'
status_is 3 'pre-push says no' sync --hooks
ok 'in its words' says 'not this one'
ok 'and ours' says "nothing is pushed, as a hook says no: '$PWD/.git/hooks/pre-push' ended with status 1"
is "$(git -C ../r.git for-each-ref)" '' 'nothing is'
status_is 0 'without it' sync
is "$(tip r.git)" "$(tip a)" 'it is'
from_b Lea
git -c core.hooksPath=/dev/null commit -q --allow-empty -m more
theirs=$(tip r.git)
rm -f .git/hooks/pre-merge-commit "$SCRATCH/ran"
status_is 3 'pre-push says no after a merge' sync --hooks
is "$(cat "$SCRATCH/out")" '1 commit received' 'what was received is'
is "$(ran)" 'post-merge 0: ' 'and that hook is run'
is "$(tip r.git)" "$theirs" 'nothing is sent'
fresh
note omar.md Omar
hook pre-commit 'exit 1'
status_is 3 'pre-commit says no' sync --commit --hooks
ok 'which stops all of it' says 'nothing is committed, as a hook says no'
is "$(git -C ../r.git for-each-ref)" '' 'nothing is sent'
fresh
git push -q --no-verify origin main
from_b Lea
hook post-merge 'exit 1'
status_is 0 'post-merge fails' sync --hooks
ok 'which is told' says 'what was received is taken in, but its hook failed'
fresh
i=0
while [ $i -lt 2000 ]; do
	i=$((i + 1))
	echo "a line that pre-push does not read $i"
done >long.txt
hook pre-push 'exec <&-; exit 0'
status_is 0 'a hook that reads nothing' sync --hooks

done_testing
