#!/bin/sh
# `ivnotes commit` beside git itself: what it takes, what it leaves, when it refuses.
. "$TESTS/lib/tap.sh"

# A vault with one committed note.
fresh()
{
	cd "$SCRATCH" && rm -rf repo && mkdir repo && cd repo || exit 1
	git init -q -b main .
	mkdir contacts
	note contacts/jane-green.md 'Jane Green'
	git add -A && git commit -q -m first
}

# note FILE NAME: a contact
note()
{
	printf -- '---\ntype: contact\nname: %s\n---\nText.\n' "$2" >"$1"
}

commit()
{
	ivnotes commit -q "$@" >"$SCRATCH/out" 2>"$SCRATCH/err"
}

fsck()
{
	git fsck --strict >"$SCRATCH/fsck" 2>&1 && ! grep -v '^dangling\|^notice' "$SCRATCH/fsck"
}

# sound NAME: nothing to see for git, and nothing broken
sound()
{
	is "$(git status --porcelain)" '' "$1: status is clean"
	ok "$1: fsck is silent" fsck
}

says() { grep -qF -- "$1" "$SCRATCH/err"; }
files() { git show --format= --name-status --no-renames HEAD | sort -k 2; }

# --- the plain way ---
fresh
note contacts/omar-haddad.md 'Omar Haddad'
echo more >>contacts/jane-green.md
status_is 0 'commits' commit
is "$(git log -1 --format=%s)" 'Add Omar Haddad; update Jane Green' 'words what changed'
is "$(files)" "$(printf 'M\tcontacts/jane-green.md\nA\tcontacts/omar-haddad.md')" 'both files'
is "$(git log -1 --format='%an <%ae> %cn')" 'Robin Seeker <robin@example.org> Robin Seeker' \
	"git's own identity"
is "$(git reflog -1 --format=%gs)" 'commit: Add Omar Haddad; update Jane Green' 'a reflog entry'
sound 'plain'
before=$(git rev-parse HEAD)
status_is 0 'nothing to commit is fine' commit
is "$(git rev-parse HEAD)" "$before" 'and makes no commit'
rm contacts/omar-haddad.md
git mv contacts/jane-green.md contacts/jane-brown.md
commit
is "$(files)" "$(printf 'A\tcontacts/jane-brown.md\nD\tcontacts/jane-green.md\nD\tcontacts/omar-haddad.md')" \
	'removed and renamed notes'
is "$(git log -1 --format=%s)" 'Rename jane-green to jane-brown; remove Omar Haddad' 'in words'
sound 'removal'
rm contacts/jane-brown.md
commit
is "$(git ls-tree -r --name-only HEAD)" '' 'an emptied folder leaves no empty tree'
is "$(git rev-parse 'HEAD^{tree}')" 4b825dc642cb6eb9a060e54bf8d69288fbee4904 'but the empty one'

# --- -m, dry run ---
fresh
echo more >>contacts/jane-green.md
before=$(git rev-parse HEAD)
cp .git/index "$SCRATCH/index"
commit -n
is "$(git rev-parse HEAD)" "$before" 'a dry run commits nothing'
same .git/index "$SCRATCH/index" 'a dry run leaves the index'
is "$(head -n 1 "$SCRATCH/out")" 'Update Jane Green' 'a dry run shows the message'
commit -m 'My own words'
is "$(git log -1 --format=%B)" 'My own words' '-m is the message'
echo more >>contacts/jane-green.md
status_is 3 'an empty message is refused' commit -m '  '
is "$(git diff --name-only)" contacts/jane-green.md 'and nothing is lost'

# --- what is not the vault's stays as it is ---
fresh
echo 1 >staged.txt && echo 1 >changed.txt
git add -A && git commit -q -m other
echo 2 >staged.txt && echo 2 >changed.txt && echo 2 >new.txt && git add staged.txt
echo more >>contacts/jane-green.md
status_is 0 'commits beside other work' ivnotes commit
ivnotes commit 2>"$SCRATCH/err" >/dev/null
is "$(files)" "$(printf 'M\tcontacts/jane-green.md')" 'the note alone'
is "$(git status --porcelain)" "$(printf ' M changed.txt\nM  staged.txt\n?? new.txt')" \
	'other work is staged and changed as before'
ok 'names what is staged' says "'staged.txt' (no note, and stays staged)"
ok 'names what is changed' says "'changed.txt' (no note)"
ok 'names what is new' says "'new.txt' (no note)"
git rm -q --cached changed.txt
echo more >>contacts/jane-green.md
commit
is "$(git status --porcelain)" "$(printf 'D  changed.txt\nM  staged.txt\n?? changed.txt\n?? new.txt')" \
	'a staged removal stays staged'

# --- staged notes: what stands in the file counts ---
fresh
echo staged >>contacts/jane-green.md && git add -A && echo later >>contacts/jane-green.md
commit
is "$(git show HEAD:contacts/jane-green.md | tail -n 1)" later 'the file, not the staged state'
sound 'staged note'
note contacts/gone.md Gone && git add -A && rm contacts/gone.md
commit
sound 'a staged note that is gone'

# --- .gitignore, nested repositories ---
fresh
echo 'private.md' >.gitignore && git add -A && git commit -q -m ignore
note private.md Private
git init -q nested && note nested/inner.md Inner
ivnotes commit 2>"$SCRATCH/err"
ok 'names an ignored note' says "'private.md' (a note that .gitignore keeps out)"
ok 'names a note in a nested repository' says "'nested/inner.md' (in a git repository of its own)"
is "$(git log -1 --format=%s)" ignore 'and commits neither'
git add -f private.md && git commit -q -m forced && echo more >>private.md
commit
is "$(files)" "$(printf 'M\tprivate.md')" 'a tracked note is committed although ignored'

# --- a file where a folder was, and a folder where a file was ---
fresh
mkdir -p sub/deep && note sub/deep/a.md A && note top.md Top && git add -A && git commit -q -m more
rm -r sub && note sub.md Sub && rm top.md && mkdir top.md && note top.md/inner.md Inner
rm -r contacts && ln -s elsewhere contacts
commit
is "$(files)" "$(printf 'D\tcontacts/jane-green.md\nA\tsub.md\nD\tsub/deep/a.md\nD\ttop.md\nA\ttop.md/inner.md')" \
	'files and folders change places'
is "$(git status --porcelain)" '?? contacts' 'and status is clean but for a symlink'
ok 'fsck is silent' fsck
rm -r top.md && note top.md Top
commit
is "$(git ls-tree -r --name-only HEAD)" "$(printf 'sub.md\ntop.md')" 'and back'
ok 'fsck is silent' fsck

# --- other versions of the index ---
fresh
git update-index --index-version 4
note contacts/b.md B
echo more >>contacts/jane-green.md
commit
sound 'index version 4'
fresh
git config core.untrackedCache true && git config core.preloadIndex true && git status -s
note contacts/b.md B
commit
sound 'untracked cache'

# --- modes, symlinks, line ends ---
fresh
chmod +x contacts/jane-green.md
commit
is "$(git ls-tree HEAD contacts/ | cut -c1-6)" 100755 'an executable bit is kept'
sound 'mode'
ln -s jane-green.md contacts/jane.md && git add -A && git commit -q -m link
ln -sf ../contacts/jane-green.md contacts/jane.md
commit
is "$(git ls-tree HEAD contacts/jane.md | cut -c1-6)" 120000 'a symlink is a symlink'
sound 'symlink'
fresh
git config core.autocrlf true
printf 'one\r\ntwo\r\n' >contacts/crlf.md
commit
is "$(git cat-file -s HEAD:contacts/crlf.md)" 8 'autocrlf takes line ends as git does'
sound 'autocrlf'
fresh
printf '*.md text eol=lf\n' >.gitattributes && git add -A && git commit -q -m attributes
printf 'one\r\ntwo\r\n' >contacts/crlf.md
commit
is "$(git cat-file -s HEAD:contacts/crlf.md)" 8 'so does the text attribute'
sound 'text'
fresh
printf '*.md text=auto eol=crlf\n*.yaml text eol=crlf\nraw.md -text\n' >.gitattributes
git add -A && git commit -q -m attributes
printf 'one\r\ntwo\r\n' >contacts/crlf.md && printf 'one\r\n' >raw.md
printf 'one\0two\r\n' >contacts/binary.md
mkdir .ivnotes && printf 'lapse: 30d\r\n' >.ivnotes/config.yaml
commit
is "$(git cat-file -s HEAD:contacts/crlf.md)" 8 'so does text=auto with eol=crlf'
is "$(git cat-file -s HEAD:raw.md)" 5 'but not where text is off'
is "$(git cat-file -s HEAD:contacts/binary.md)" 9 'nor in what is no text'
is "$(git cat-file -s HEAD:.ivnotes/config.yaml)" 11 'settings are files as others'
rm contacts/crlf.md && git checkout -q contacts/crlf.md
sound 'text=auto'
printf 'one\ntwo\n' >contacts/crlf.md
before=$(git rev-parse HEAD)
commit
is "$(git rev-parse HEAD)" "$before" 'other line ends alone are no change'
fresh
git config core.autocrlf input
printf 'one\r\ntwo\r\n' >contacts/crlf.md
commit
is "$(git cat-file -s HEAD:contacts/crlf.md)" 8 'autocrlf=input does, too'
sound 'autocrlf=input'
fresh
printf 'one\r\ntwo\r\n' >contacts/crlf.md
commit
is "$(git cat-file -s HEAD:contacts/crlf.md)" 10 'without either, bytes are bytes'
sound 'bytes'

# --- filters, encodings ---
fresh
echo 'secret*.md filter=crypt' >.gitattributes
echo 'wide*.md working-tree-encoding=UTF-16' >>.gitattributes
git add -A && git commit -q -m attributes
note secret.md Secret
status_is 3 'a file with a filter is refused' commit
ok 'by name' says "'secret.md' has the git attribute 'filter'"
mv secret.md wide.md
status_is 3 'a file with an encoding is refused' commit
ok 'by name, too' says "'wide.md' has the git attribute 'working-tree-encoding'"
not_ok 'no lock is left' test -e .git/index.lock
rm wide.md
echo more >>contacts/jane-green.md
status_is 0 'other files of that repository are not' commit

# --- operations under way ---
fresh
git switch -q -c side && echo side >>contacts/jane-green.md && git commit -q -a -m side
git switch -q main && echo main >>contacts/jane-green.md && git commit -q -a -m main
git merge -q side >/dev/null 2>&1
status_is 3 'a merge is refused' commit
ok 'by its name' says 'a merge is under way'
git merge --abort
git rebase -q side >/dev/null 2>&1
status_is 3 'a rebase is refused' commit
ok 'by its name' says 'a rebase is under way'
git rebase --abort
git cherry-pick side >/dev/null 2>&1
status_is 3 'a cherry-pick is refused' commit
git cherry-pick --abort
git bisect start >/dev/null 2>&1
status_is 3 'a bisection is refused' commit
git bisect reset >/dev/null 2>&1
git stash list >/dev/null
echo stashed >>contacts/jane-green.md && git stash -q
echo other >>contacts/jane-green.md && git commit -q -a -m other
git stash pop >/dev/null 2>&1
status_is 3 'conflicts without a merge are refused' commit
ok 'in words' says 'unresolved conflicts'

# --- index.lock ---
fresh
echo more >>contacts/jane-green.md
: >.git/index.lock
status_is 3 'a held index.lock is told' commit
ok 'by its name' says "holds '$SCRATCH/repo/.git/index.lock'"
ok "and is not taken away" test -e .git/index.lock
(sleep 0.2; rm .git/index.lock) &
status_is 0 'one that is let go of is waited for' commit
wait
sound 'lock'

# --- heads ---
cd "$SCRATCH" && rm -rf repo && git init -q -b main repo && cd repo || exit 1
note a.md A
status_is 0 'the first commit of a branch' commit
is "$(git log --format=%s main)" 'Add A' 'is on it'
sound 'unborn'
git switch -q --detach && echo more >>a.md
ivnotes commit 2>"$SCRATCH/err" >/dev/null
ok 'a commit on no branch is told' says 'HEAD is on no branch'
is "$(git log -1 --format=%s HEAD)" 'Update A' 'and made'
git switch -q main 2>/dev/null
git worktree add -q ../tree -b tree && cd ../tree && echo more >>a.md
status_is 0 'a linked worktree' commit
is "$(git log -1 --format=%s tree)" 'Update A' 'commits on its branch'
sound 'worktree'
cd "$SCRATCH" && rm -rf tree repo

# --- a vault inside a larger repository ---
fresh
mkdir -p notes/.ivnotes src && note notes/ann.md Ann && echo code >src/main.c
echo 'lapse: 30d' >notes/.ivnotes/config.yaml
git add src && cd notes || exit 1
status_is 0 'a vault in a subfolder' commit
is "$(files)" "$(printf 'A\tnotes/.ivnotes/config.yaml\nA\tnotes/ann.md')" 'commits its own files'
is "$(git status --porcelain)" 'A  src/main.c' 'and leaves the rest staged'
echo x >>../contacts/jane-green.md
status_is 0 'a note outside of it' commit
is "$(git status --porcelain)" "$(printf ' M contacts/jane-green.md\nA  src/main.c')" 'is not taken'
ok 'fsck is silent' fsck

# --- who ---
fresh
echo more >>contacts/jane-green.md
HOME=$SCRATCH/nobody XDG_CONFIG_HOME=$SCRATCH/nobody ivnotes commit >/dev/null 2>"$SCRATCH/err"
is $? 3 'nobody to commit as is refused'
ok 'with a word on how to go on' says 'git config --global user.name'
GIT_AUTHOR_NAME=Ann GIT_AUTHOR_EMAIL=ann@example.org GIT_AUTHOR_DATE='2026-11-20T10:00:00+01:00' \
	ivnotes commit -q >/dev/null
is "$(git log -1 --format='%an %ae %ad %cn' --date=iso)" \
	'Ann ann@example.org 2026-11-20 10:00:00 +0100 Robin Seeker' "git's variables count"
echo more >>contacts/jane-green.md
GIT_AUTHOR_DATE=yesterday ivnotes commit >/dev/null 2>"$SCRATCH/err"
is $? 3 'a date that cannot be read is refused'
if [ "$(id -u)" = 0 ]; then
	chown -R 65533 .
	status_is 3 'a repository of somebody else is refused' commit
	ok 'with a word on how to allow it' says 'git config --global --add safe.directory'
	git config --global --add safe.directory "$PWD"
	status_is 0 'unless it is allowed' commit
	git config --global --unset-all safe.directory
	chown -R 0 .
else
	skip 'a repository of somebody else' 'needs root'
fi

# --- repositories that libgit2 cannot read ---
cd "$SCRATCH" && rm -rf sha && mkdir sha && cd sha || exit 1
git init -q --object-format=sha256 . && note a.md A
export ASAN_OPTIONS=detect_leaks=0 # libgit2 1.5 leaks here
status_is 3 'SHA-256 is refused' commit
unset ASAN_OPTIONS
ok 'in words' says 'SHA-256'
fresh
git update-index --split-index
echo more >>contacts/jane-green.md
status_is 3 'a split index is refused' commit
ok 'in words' says 'git update-index --no-split-index'
cd "$SCRATCH" && rm -rf bare && git init -q --bare bare && cd bare || exit 1
status_is 3 'a bare repository is refused' commit
ok 'in words' says 'is bare'
cd "$SCRATCH" && rm -rf none && mkdir none && cd none || exit 1
status_is 3 'no repository' commit
ok 'in words' says 'no git repository around'

# --- what the user told git not to look at ---
fresh
note a.md A && git add -A && git commit -q -m a
git update-index --skip-worktree a.md && rm a.md
git update-index --assume-unchanged contacts/jane-green.md && echo more >>contacts/jane-green.md
status_is 0 'skip-worktree and assume-unchanged' commit
is "$(git log -1 --format=%s)" a 'are not looked at'
fresh
note b.md B && git add -N b.md
commit
sound 'intent to add'

# --- a folder that cannot be read is not taken for a deleted one ---
fresh
chmod 0 contacts && chmod 755 . && chmod -R a+rwX .git
before=$(git rev-parse HEAD)
git config --global --add safe.directory "$PWD"
cp "$HOME/.gitconfig" "$SCRATCH/nobody.gitconfig" && mkdir -p "$SCRATCH/home2" &&
	cp "$HOME/.gitconfig" "$SCRATCH/home2/.gitconfig" && chmod -R a+rX "$SCRATCH/home2"
HOME=$SCRATCH/home2 as-nobody ivnotes commit >/dev/null 2>"$SCRATCH/err"
is $? 3 'an unreadable folder is refused'
ok 'by its name' says "'contacts/' cannot be looked at"
is "$(git rev-parse HEAD)" "$before" 'and nothing is committed'
HOME=$SCRATCH/home2 as-nobody ivnotes diff >/dev/null 2>"$SCRATCH/err"
is $? 3 'nor is it compared'
ok 'as it would seem to be gone' says "'contacts/' cannot be looked at, and would seem to be gone"
chmod 755 contacts
git config --global --unset-all safe.directory

# --- the clock's tick: changed right after, with the same size ---
fresh
ok=0
for i in 1 2 3 4 5; do
	printf 'state %s\n' "$i" >contacts/jane-green.md
	commit
	printf 'State %s\n' "$i" >contacts/jane-green.md
	[ "$(git status --porcelain)" = ' M contacts/jane-green.md' ] && ok=$((ok + 1))
	commit
	[ "$(git show HEAD:contacts/jane-green.md)" = "State $i" ] && ok=$((ok + 1))
done
is $ok 10 'a change in the tick of the commit is seen, by git and by us'

# --- two at once, with git between ---
fresh
for i in 1 2 3 4 5 6 7 8; do
	note "contacts/n$i.md" "N $i"
	commit &
	ivnotes commit -q >/dev/null 2>&1 &
	echo "$i" >"staged$i.txt" && git add "staged$i.txt" 2>/dev/null
	wait
done
commit
for i in 1 2 3 4 5 6 7 8; do git add "staged$i.txt"; done
is "$(git status --porcelain | grep -v '^A  staged')" '' 'two at once: all is committed'
is "$(git ls-tree -r --name-only HEAD contacts | wc -l)" 9 'two at once: every note once'
is "$(git log --format=%H -- 'staged*' | wc -l)" 0 'two at once: nothing else'
ok 'two at once: fsck is silent' fsck

# --- killed at any moment ---
fresh
i=0
while [ $i -lt 30 ]; do
	i=$((i + 1))
	note "contacts/k$i.md" "K $i"
	echo "line $i" >>contacts/jane-green.md
	ivnotes commit -q >/dev/null 2>&1 &
	pid=$!
	sleep "0.00$((i % 10))$((i % 7))"
	kill -9 $pid 2>/dev/null
	wait $pid 2>/dev/null
	rm -f .git/index.lock .git/HEAD.lock .git/refs/heads/*.lock
done
is "$(grep -c '^line' contacts/jane-green.md)" 30 'killed: the notes are whole'
ok 'killed: fsck is silent' fsck
status_is 0 'killed: the next commit goes through' commit
is "$(git status --porcelain)" '' 'killed: and all is committed'
is "$(git ls-tree -r --name-only HEAD contacts | wc -l)" 31 'killed: every note'

done_testing
