#!/bin/sh
# `ivnotes sync` with bare repositories in folders: what goes which way, what is refused, and that
# nothing of the person's is touched.
. "$TESTS/lib/tap.sh"
forgive_libgit2

# Two clones, a and b, of one bare repository, with a note each has.
fresh()
{
	cd "$SCRATCH" && rm -rf r.git a b && git init -q --bare -b main r.git || exit 1
	git init -q -b main a && cd a && git remote add origin ../r.git
	mkdir contacts
	note contacts/jane-green.md 'Jane Green'
	git add -A && git commit -q -m first && git push -q -u origin main
	git clone -q ../r.git ../b
}

# note FILE NAME [LINE]: a contact
note()
{
	printf -- '---\ntype: contact\nname: %s\n%s---\nText.\n' "$2" "${3:+$3
}" >"$1"
}

in_a() { cd "$SCRATCH/a" || exit 1; }
in_b() { cd "$SCRATCH/b" || exit 1; }
sync() { ivnotes sync "$@" >"$SCRATCH/out" 2>"$SCRATCH/err"; }
save() { git add -A && git commit -q -m "${1:-more}"; }
says() { grep -F -- "$1" "$SCRATCH/err" || { cat "$SCRATCH/err" && false; }; }
out() { cat "$SCRATCH/out"; }
tip() { git -C "$SCRATCH/$1" rev-parse main; }
fsck() { git fsck --strict 2>&1 | grep -v '^dangling\|^notice' && return 1 || return 0; }
clean()
{
	is "$(git status --porcelain)" '' "$1: status is clean"
	ok "$1: fsck is silent" fsck
}
# refused NAME WORDS...: exit status 3, the words, and nothing has changed
refused()
{
	refused_name=$1
	refused_words=$2
	shift 2
	refused_before=$(git rev-parse HEAD 2>&1; git status --porcelain)
	status_is 3 "$refused_name is refused" sync "$@"
	ok "$refused_name: says '$refused_words'" says "$refused_words"
	is "$(git rev-parse HEAD 2>&1; git status --porcelain)" "$refused_before" \
		"$refused_name: nothing has changed"
}

# --- to and fro ---
fresh
status_is 0 'nothing to do is fine' sync
is "$(out)" 'nothing to send, nothing to receive' 'and said'
in_b
note contacts/omar-haddad.md 'Omar Haddad' && save
note contacts/lea-roth.md 'Lea Roth' && save
status_is 0 'sends' sync
is "$(out)" '2 commits of yours sent' 'and says what was sent'
is "$(tip r.git)" "$(tip b)" 'the remote has it'
is "$(git rev-parse origin/main)" "$(tip b)" 'and the tracking branch says so'
in_a
before=$(tip a)
status_is 0 'receives' sync
is "$(out)" '2 commits received' 'and says what was received'
is "$(tip a)" "$(tip b)" 'both have it'
is "$(git reflog -1 --format=%gs)" 'merge origin/main: Fast-forward' 'with a reflog entry'
is "$(git rev-parse ORIG_HEAD)" "$before" 'ORIG_HEAD is where it was'
is "$(git for-each-ref refs/ivnotes)" '' 'no ref of ours is left'
clean 'fast-forward'
git rm -q contacts/lea-roth.md && chmod +x contacts/omar-haddad.md && mkdir deep &&
	ln -s ../contacts/jane-green.md deep/link && printf '\0\1' >deep/bytes && save
sync
in_b
status_is 0 'takes removals, modes, links and folders' sync
is "$(git ls-files -s | cut -c1-6,50-)" "$(git -C ../a ls-files -s | cut -c1-6,50-)" 'all of them'
ok 'the link is one' test -L deep/link
ok 'the mode is there' test -x contacts/omar-haddad.md
clean 'all kinds'
git rm -rq deep && save && sync
in_a
sync
not_ok 'an emptied folder goes' test -e deep
ok 'quiet is quiet' test -z "$(ivnotes sync -q 2>&1)"

# --- --commit, --dry-run ---
fresh
note contacts/b.md B
status_is 0 'what is not committed is not sent' sync
is "$(out)" 'nothing to send, nothing to receive' 'nor counted'
status_is 0 'a dry run of --commit' sync -n --commit
is "$(git log -1 --format=%s)" first 'commits nothing'
is "$(head -n 1 "$SCRATCH/out")" 'to be committed: Add B' 'and says what it would'
printf '#!/bin/sh\nexit 1\n' >.git/hooks/pre-commit && chmod +x .git/hooks/pre-commit
sync --commit
ok 'a hook that is passed over is named' says "hooks that were not run: 'pre-commit'"
rm .git/hooks/pre-commit
is "$(out)" "committed $(git rev-parse --short=7 HEAD): Add B
1 commit of yours sent" '--commit commits first'
in_b
status_is 0 'a dry run fetches' sync -n
is "$(out)" '1 commit to take in' 'and says what would be taken in'
is "$(git log -1 --format=%s)" first 'and takes nothing in'
is "$(git rev-parse origin/main)" "$(tip a)" 'but knows the remote'
note contacts/c.md C && save
sync -n
is "$(out)" '1 commit of yours to send, 1 to take in' 'both ways'
is "$(tip r.git)" "$(tip a)" 'and sends nothing'

# --- both sides ---
sync
is "$(out)" '1 commit of yours sent, 1 received' 'both ways, with a merge'
is "$(git rev-list --parents -1 HEAD | wc -w)" 3 'a merge commit'
is "$(git log -1 --format='%s|%an')" "Merge remote-tracking branch 'origin/main'|Robin Seeker" 'its subject'
clean 'merge'
in_a
sync
is "$(tip a)" "$(tip b)" 'both are the same again'
is "$(ls contacts)" "$(printf 'b.md\nc.md\njane-green.md')" 'with the notes of both'

# --- notes that both changed ---
fresh
note contacts/jane-green.md 'Jane Green' 'role: Director' && save
sync
in_b
printf -- '---\ntype: contact\nname: Jane Green\n---\nText.\n\nMore.\n' >contacts/jane-green.md && save
status_is 0 'a note that both changed' sync
is "$(out)" '1 commit of yours sent, 1 received; merged 1 note
merged: contacts/jane-green.md' 'is said to be merged'
is "$(cat contacts/jane-green.md)" '---
type: contact
name: Jane Green
role: Director
---
Text.

More.' 'and has both changes'
clean 'merged note'

# --- many of them ---
fresh
i=0
while [ $i -lt 60 ]; do
	i=$((i + 1))
	note contacts/n$i.md N$i 'source: alumni'
done
save && sync && (in_b && sync)
sed -i 's/^type/role: Director\n&/' contacts/n*.md && save && sync
in_b
sed -i 's/^source.*/&\nemail: n@example.org/' contacts/n*.md && save
stored() { git count-objects -v | sed -n 's/^count: //p; s/^packs: //p' | tr '\n' ' '; }
sync -n
before=$(stored)
sync -n
is "$(stored)" "$before" 'a dry run of a merge writes nothing'
status_is 0 'many notes that both changed' sync
is "$(head -n 1 "$SCRATCH/out")" '1 commit of yours sent, 1 received; merged 60 notes' 'are merged'
is "$(stored)" "${before% * } $((${before#* } + 1)) " 'and come as one pack'
is "$(cat contacts/n*.md | grep -c '^role: Director\|^email: n@')" 120 'with the changes of both'
clean 'many'

# What git's merge by lines takes for clean: one key, set at two places.
for role in Director Partner; do
	fresh
	printf -- '---\ntype: contact\nname: Jane\nemail: j@example.org\nphone: 1\nsource: alumni\n---\nText.\n' \
		>contacts/jane-green.md && save && sync && (in_b && sync)
	sed -i 's/^type/role: Director\n&/' contacts/jane-green.md && save && sync
	in_b
	sed -i "s/^source.*/&\nrole: $role/" contacts/jane-green.md && save
	ok 'git sees nothing wrong' sh -c 'git fetch -q && git merge-tree --write-tree main origin/main'
	sync
	is "$? $(grep -c "^role: $role" contacts/jane-green.md) $(grep -c '^role: Director' contacts/jane-green.md)" \
		"$([ $role = Director ] && echo '0 1 1' || echo '1 1 1')" "one key at two places: Director and $role"
done

# --- conflicts ---
conflict()
{
	fresh
	note contacts/jane-green.md 'Jane Green' 'role: Director' && save theirs && sync
	in_b
	note contacts/jane-green.md 'Jane Green' 'role: Partner' && save ours
}
conflict
note contacts/new.md New && git add contacts/new.md
refused 'a conflict beside staged files' "'contacts/new.md' is staged"
git reset -q
status_is 1 'a conflict in a dry run' sync -n
is "$(git status --porcelain)" '?? contacts/new.md' 'touches nothing'
status_is 1 'a conflict stops' sync
is "$(out)" '1 commit received
contacts/jane-green.md: changed here and there; both stand between markers' 'and is listed'
ok 'with how to go on' says "'git merge --abort' takes it back"
is "$(git status --porcelain)" 'UU contacts/jane-green.md
?? contacts/new.md' 'git sees it as its own'
is "$(git rev-parse MERGE_HEAD)" "$(tip a)" 'MERGE_HEAD is theirs'
is "$(cat .git/MERGE_MSG)" "Merge remote-tracking branch 'origin/main'

# Conflicts:
#	contacts/jane-green.md" 'MERGE_MSG is as from git'
ok 'ours is in the file' grep -q 'role: Partner' contacts/jane-green.md
ok 'theirs, too' grep -q 'role: Director' contacts/jane-green.md
ok 'check finds the markers' sh -c 'ivnotes check | grep -q "conflict-marker"'
is "$(tip r.git)" "$(tip a)" 'nothing was pushed'
refused 'a merge under way' 'a merge is under way'
refused 'and to commit first' 'a merge is under way' --commit
ok 'git can abort it' git merge --abort
is "$(git status --porcelain)" '?? contacts/new.md' 'and everything is as before'
is "$(git log -1 --format=%s)" ours 'on our commit'
git config merge.conflictStyle diff3 && sync
is "$(sed -n '/^<<<</,/^>>>>/p' contacts/jane-green.md)" '<<<<<<< HEAD
role: Partner
||||||| base
=======
role: Director
>>>>>>> origin/main' "with the base where git's configuration wants it"
git config --unset merge.conflictStyle && git merge --abort
sync
note contacts/jane-green.md 'Jane Green' 'role: Director and partner'
ok 'git can go on' sh -c 'git add contacts/jane-green.md && git commit -q --no-edit'
is "$(git log -1 --format=%s)" "Merge remote-tracking branch 'origin/main'" 'with our message'
is "$(git rev-list --parents -1 HEAD | wc -w)" 3 'as a merge'
status_is 0 'and sync sends it' sync
is "$(tip r.git)" "$(tip b)" 'to the remote'
rm contacts/new.md
clean 'resolved'

# --- removed here, changed there, and the other way round ---
fresh
git rm -q contacts/jane-green.md && save && sync
in_b
note contacts/jane-green.md 'Jane Green' 'role: Partner' && save
status_is 1 'a changed note that the other side removed' sync
is "$(tail -n 1 "$SCRATCH/out")" 'contacts/jane-green.md: changed here and removed there; yours is kept' 'is named'
is "$(git status --porcelain)" 'UD contacts/jane-green.md' 'as by git'
ok 'and kept' grep -q Partner contacts/jane-green.md
fresh
note contacts/jane-green.md 'Jane Green' 'role: Partner' && save && sync
in_b
git rm -q contacts/jane-green.md && save
status_is 1 'a removed note that the other side changed' sync
is "$(tail -n 1 "$SCRATCH/out")" 'contacts/jane-green.md: removed here and changed there; theirs is kept' 'is named'
is "$(git status --porcelain)" 'DU contacts/jane-green.md' 'as by git'
ok 'and is back' grep -q Partner contacts/jane-green.md
ok 'until the merge is aborted' git merge --abort
not_ok 'it goes again' test -e contacts/jane-green.md

# --- both add ---
fresh
note contacts/k.md 'Kim Ode' 'role: One' && save && sync
in_b
note contacts/k.md 'Kim Ode' 'role: Two' && save
status_is 1 'two notes of one name' sync
is "$(tail -n 1 "$SCRATCH/out")" 'contacts/k.md: added here and there; both stand between markers' 'are a conflict'
is "$(git status --porcelain)" 'AA contacts/k.md' 'as by git'
ok 'with one' grep -q One contacts/k.md
ok 'and the other' grep -q Two contacts/k.md

# --- renames ---
long_note()
{
	printf -- '---\ntype: contact\nname: Jane Green\norganization: Acme\n%s---\n' "$1"
	i=0
	while [ $i -lt 20 ]; do
		i=$((i + 1))
		echo "Line $i of what was said."
	done
}
fresh
long_note '' >contacts/jane-green.md && save && sync
cd ../b && sync
git mv contacts/jane-green.md contacts/jane-brown.md && save && sync
in_a
long_note 'role: Partner
' >contacts/jane-green.md && save
status_is 0 'renamed there, changed here' sync
is "$(ls contacts)" jane-brown.md 'is one note'
ok 'with the change' grep -q Partner contacts/jane-brown.md
clean 'rename'
fresh
long_note '' >contacts/jane-green.md && save && sync
cd ../b && sync
git mv contacts/jane-green.md contacts/jane-brown.md && save && sync
in_a
long_note 'role: Partner
' >contacts/jane-green.md
note contacts/jane-brown.md 'Jane Brown' && save
status_is 1 'renamed there to a name that is taken here' sync
ok 'keeps the one' grep -rq 'name: Jane Brown' contacts
ok 'and the other' grep -rq 'Line 20 of' contacts
ok 'and its change' grep -rq 'role: Partner' contacts
fresh
long_note '' >contacts/jane-green.md && save && sync
cd ../b && sync
git mv contacts/jane-green.md contacts/jane-b.md && save && sync
in_a
git mv contacts/jane-green.md contacts/jane-a.md && save
status_is 1 'two new names' sync
ok 'are named' sh -c "grep -q 'renamed on one side, and renamed otherwise or removed on the other' '$SCRATCH/out'"
is "$(ls contacts)" 'jane-a.md
jane-b.md' 'both are there'
fresh
note contacts/jane-green.md 'Jane Green' 'outreach:
  - 2026-10-05 email' && save && sync
cd ../b && sync
git rm -q contacts/jane-green.md && mkdir contacts && note contacts/omar.md 'Omar Haddad' 'outreach:
  - 2026-10-06 email' && save && sync
in_a
note contacts/jane-green.md 'Jane Green' 'outreach:
  - 2026-10-05 email
  - 2026-10-20 phone' && save
status_is 1 'one note goes, another like it comes' sync
not_ok 'what belongs to the one does not go into the other' grep -q 10-20 contacts/omar.md

# --- two histories that crossed: there are two last commits in common ---
fresh
note contacts/p.md Paula && save && git branch mine
in_b
note contacts/q.md Quin && save && git branch mine
git fetch -q ../a mine && git merge -q --no-edit FETCH_HEAD
in_a
git fetch -q ../b mine && git merge -q --no-edit FETCH_HEAD
note contacts/jane-green.md 'Jane Green' 'role: Director' && save && sync
in_b
note contacts/jane-green.md 'Jane Green' 'email: jane@example.org' && save
before=$(tip b)
sync
is "$(git merge-base --all "$before" "$(tip a)" | wc -l)" 2 'two bases'
ok 'ours is there' grep -q 'email: jane@example.org' contacts/jane-green.md
ok 'theirs is there' grep -q 'role: Director' contacts/jane-green.md
is "$(ls contacts)" 'jane-green.md
p.md
q.md' 'and the notes of both'
git merge --abort 2>/dev/null

# --- what .gitattributes say of merging ---
for how in -merge merge=union merge=ivnotes merge=unheard-of; do
	fresh
	echo "*.md $how" >.gitattributes && save && sync && (in_b && sync)
	note contacts/jane-green.md 'Jane Green' 'role: Director' && save && sync
	in_b
	note contacts/jane-green.md 'Jane Green' 'email: jane@example.org' && save
	sync
	is "$? $(grep -c '^role\|^email\|^<<<' contacts/jane-green.md)" "$(case $how in
		-merge) echo '1 1' ;;
		*) echo '0 2' ;;
		esac)" "$how"
done

# --- what is not committed ---
fresh
note contacts/jane-green.md 'Jane Green' 'role: Director' && note contacts/o.md Omar && save && sync
in_b
note contacts/jane-green.md 'Jane Green' 'role: Mine'
refused 'an uncommitted change in the way' "changes 'contacts/jane-green.md', which has changes that are not committed"
git add -A
refused 'a staged change in the way' 'has other changes staged'
git reset -q --hard && note contacts/o.md 'Another Omar'
refused 'an untracked file in the way' "changes 'contacts/o.md', which is here and not under git"
is "$(sed -n 3p contacts/o.md)" 'name: Another Omar' 'and it is as it was'
echo 'contacts/o.md' >.git/info/exclude
refused 'an ignored file in the way' 'is here and not under git'
rm contacts/o.md contacts/jane-green.md
refused 'a file removed here' 'was removed here without a commit'
git checkout -q . && mkdir contacts/o.md
refused 'a folder in the way' 'is no file here'
rmdir contacts/o.md && mv contacts real && ln -s real contacts
refused 'a link in the place of the folder' 'in the place of its folder'
rm contacts && mv real contacts
cp ../a/contacts/o.md contacts/o.md
status_is 0 'a file that is already as it shall be is none' sync
clean 'same file'
fresh
note contacts/p.md Paula && save && sync
in_b
note contacts/jane-green.md 'Jane Green' 'role: Mine' && note contacts/u.md U && echo 1 >t.txt && git add t.txt
status_is 0 'other changes are in nobodys way' sync
is "$(git status --porcelain)" ' M contacts/jane-green.md
A  t.txt
?? contacts/u.md' 'and stay as they are'

# --- line ends ---
fresh
printf '*.md text eol=crlf\n' >.gitattributes && note contacts/q.md Q && save && sync
in_b
sync
note ../a/contacts/q.md Q 'role: R' && cd ../a && save && sync
in_b
status_is 0 'line ends by .gitattributes' sync
is "$(tr -d '\r' <contacts/q.md | sed -n 4p)" 'role: R' 'the change is there'
is "$(grep -c "$(printf '\r')" contacts/q.md)" 6 'with the line ends of the working tree'
clean 'crlf'

# --- filters ---
fresh
echo 'secret*.md filter=crypt' >.gitattributes && save && sync
(in_b && sync)
note contacts/secret.md S && save && sync
in_b
refused 'a file with a filter' "'contacts/secret.md' has a git attribute"

git -C ../a rm -q .gitattributes contacts/secret.md && (in_a && save && sync)
sync
echo '*.md filter=crypt' >../a/.gitattributes && note ../a/contacts/later.md L && (in_a && save && sync)
refused 'a filter that comes with the file' "'contacts/later.md' has a git attribute"

# --- signatures ---
fresh
ssh-keygen -q -t ed25519 -N '' -f "$SCRATCH/signer" && note contacts/s.md S && save && sync
in_b
note contacts/t.md T && save
git config gpg.format ssh && git config user.signingKey "$SCRATCH/nowhere" && git config commit.gpgSign true
refused 'a merge that cannot be signed' 'could not be signed'
git config user.signingKey "$SCRATCH/signer.pub"
status_is 0 'a merge that is to be signed' sync
ok 'is' sh -c 'git cat-file commit HEAD | grep -q "BEGIN SSH SIGNATURE"'
clean 'signed'

# --- somebody else is quicker ---
fresh
note contacts/x.md X && save
cat >"$SCRATCH/r.git/hooks/pre-receive" <<END
#!/bin/sh
[ -e "$SCRATCH/quick" ] || exit 0
rm "$SCRATCH/quick"
unset GIT_QUARANTINE_PATH GIT_OBJECT_DIRECTORY GIT_ALTERNATE_OBJECT_DIRECTORIES GIT_DIR
git -C "$SCRATCH/b" push -q
END
chmod +x "$SCRATCH/r.git/hooks/pre-receive"
(in_b && note contacts/y.md Y && save)
: >"$SCRATCH/quick"
status_is 0 'somebody else was quicker' sync
is "$(out)" '1 commit of yours sent, 1 received' 'which is merged and sent'
is "$(git ls-tree --name-only r HEAD:contacts 2>&1 | grep -c .; git ls-tree --name-only HEAD:contacts)" '1
jane-green.md
x.md
y.md' 'with both notes'
is "$(tip r.git)" "$(tip a)" 'and is there'

for i in 1 2 3 4; do
	(in_a && note "contacts/a-$i.md" A && ivnotes sync -q --commit) &
	(in_b && note "contacts/b-$i.md" B && ivnotes sync -q --commit) &
	wait
done
in_a
sync && (in_b && sync) && sync
is "$(tip a)" "$(tip b)" 'two at once, four times'
is "$(find contacts -name '[ab]-?.md' | wc -l)" 8 'lose nothing'
clean 'two at once'

# --- a remote that rejects ---
printf '#!/bin/sh\necho "not on a Sunday" >&2\nexit 1\n' >"$SCRATCH/r.git/hooks/pre-receive"
note contacts/z.md Z && save
status_is 3 'a hook that rejects' sync
ok 'in its words' says 'remote: not on a Sunday'
ok 'and the reason' says "'origin' rejects the push: pre-receive hook declined"
is "$(git log -1 --format=%s)" more 'our commit stays'
rm "$SCRATCH/r.git/hooks/pre-receive"
git -C "$SCRATCH" clone -q r.git full && git remote set-url origin ../full
status_is 3 'a remote that has the branch checked out' sync
ok 'with the reason' says "rejects the push: branch is currently checked out"
git remote set-url origin ../r.git
chmod -R a-w ../r.git
status_is 3 'a remote that may not be written' as-nobody ivnotes sync
chmod -R u+w ../r.git
[ "$(id -u)" -ne 0 ] || chown -R 0:0 "$SCRATCH"
is "$(git log -1 --format=%s)" more 'our commit stays'

# --- which remote ---
fresh
refused 'an unknown remote' "no remote is called 'orign'; did you mean 'origin'?" orign
git init -q --bare -b main ../second.git && git remote add second ../second.git
status_is 0 'another remote' sync second
is "$(out)" "1 commit of yours sent; 'main' is new at 'second'" 'an empty one'
git switch -q -c trunk --track origin/main && note contacts/t.md T && save
status_is 0 'a branch of another name' sync
is "$(tip r.git)" "$(git rev-parse trunk)" 'goes to its upstream'
sync second
is "$(git -C ../second.git branch --format='%(refname:short)' | tr '\n' ' ')" 'main trunk ' 'elsewhere to its own name'
git config branch.trunk.remote .
refused 'an upstream in this repository' 'is a branch of this same repository'
git config --unset branch.trunk.remote && git remote rename origin one
refused 'several remotes, and none is meant' 'there are 2 remotes'
git remote remove second
status_is 0 'the only one is meant' sync
git remote set-url one ../nowhere.git
refused 'a remote that is not there' "'$SCRATCH/a/../nowhere.git' does not appear to be a git repository"
git config url.../r.git.insteadOf short: && git remote set-url one short:
status_is 0 'insteadOf' sync
git init -q --bare -b main ../third.git && git remote set-url --push one ../third.git
git switch -q main && note contacts/v.md V && save
status_is 0 'a pushurl of its own' sync
is "$(git -C ../third.git rev-parse main)" "$(tip a)" 'is pushed to'
git remote remove one
refused 'no remote' 'there is no remote to sync with'

# --- URLs of other machines, as ssh is started for them ---
fresh
# shellcheck disable=SC2016 # for the script to expand
printf '#!/bin/sh\necho "$*" >"%s/asked"\nexit 1\n' "$SCRATCH" >"$SCRATCH/ask" && chmod +x "$SCRATCH/ask"
while read -r url asked; do
	git remote set-url origin "$url"
	GIT_SSH=$SCRATCH/ask sync
	is "$(cat "$SCRATCH/asked")" "$asked" "ssh for $url"
done <<'END'
ssh://host/srv/n.git host git-upload-pack '/srv/n.git'
ssh://me@host:2222/srv/n.git -p 2222 me@host git-upload-pack '/srv/n.git'
ssh://[::1]:22/n -p 22 ::1 git-upload-pack '/n'
ssh://me@[::1]/n me@::1 git-upload-pack '/n'
ssh://host/~me/n host git-upload-pack '~me/n'
git+ssh://host/n%20o host git-upload-pack '/n o'
me@host:n.git me@host git-upload-pack 'n.git'
host:/srv/it's host git-upload-pack '/srv/it'\''s'
[me@host:2222]:n -p 2222 me@host git-upload-pack 'n'
[::1]:n ::1 git-upload-pack 'n'
END

# --- while the remote answers ---
fresh
note contacts/w.md W && save && sync
in_b
git branch other
cat >"$SCRATCH/meanwhile" <<'END'
#!/bin/sh
# ssh, and somebody who does something in b meanwhile
shift $(($# - 1))
git -C "$SCRATCH/b" switch -q other
exec sh -c "git ${1#git-}"
END
chmod +x "$SCRATCH/meanwhile"
before=$(tip b)
git remote set-url origin "there:$SCRATCH/r.git"
GIT_SSH=$SCRATCH/meanwhile status_is 3 'somebody goes to another branch' sync
ok 'which is said' says 'has moved HEAD meanwhile'
is "$(git rev-parse main other) $(git status --porcelain)" "$before
$before " 'and neither branch has moved'
git switch -q main && git remote set-url origin ../r.git && git config --unset-all remote.origin.fetch
status_is 0 'a remote without refspecs' sync
is "$(tip b)" "$(tip a)" 'is one'

# --- kinds of repositories ---
cd "$SCRATCH" && rm -rf plain && mkdir plain && cd plain || exit 1
ASAN_OPTIONS=detect_leaks=0 status_is 3 'no repository' sync # libgit2 1.5 leaks there
ok 'is told' says 'no git repository'
git init -q -b main . && git remote add origin ../r.git
status_is 0 'an empty repository' sync
is "$(git rev-parse HEAD)" "$(tip r.git)" 'takes all there is'
clean 'first sync'
git init -q -b main "$SCRATCH/void" && cd "$SCRATCH/void" && git init -q --bare -b main ../void.git &&
	git remote add origin ../void.git || exit 1
refused 'nothing here and nothing there' 'nothing is committed here'
note a.md A
refused 'nothing here and nothing there, with notes' 'nothing is committed here'
status_is 0 'nothing here and nothing there, committed first' sync --commit
fresh
git switch -q --detach
refused 'a detached HEAD' 'HEAD is on no branch'
git clone -q --depth 1 "file://$SCRATCH/r.git" "$SCRATCH/shallow" 2>/dev/null
fresh
note contacts/2.md Two && save && git push -q
rm -rf "$SCRATCH/shallow" && git clone -q --depth 1 "file://$SCRATCH/r.git" "$SCRATCH/shallow"
cd "$SCRATCH/shallow" || exit 1
refused 'a shallow clone' 'git fetch --unshallow'
in_a
git worktree add -q "$SCRATCH/tree" -b tree && cd "$SCRATCH/tree" && note contacts/w.md W && save
status_is 0 'a linked working tree' sync
is "$(out)" "1 commit of yours sent; 'tree' is new at 'origin'" 'syncs its own branch'
cd "$SCRATCH" && rm -rf other && git init -q -b main other && cd other && note n.md N && save &&
	git remote add origin ../r.git || exit 1
refused 'two histories' 'git merge --allow-unrelated-histories origin/main'
fresh
git rebase -q -x false HEAD~0 >/dev/null 2>&1 || git bisect start -q
mkdir -p .git/rebase-merge && : >.git/rebase-merge/interactive
refused 'a rebase under way' 'a rebase is under way'
rm -r .git/rebase-merge; git bisect reset -q 2>/dev/null
: >.git/index.lock
note contacts/jane-green.md 'Jane Green' 'role: B' && (in_b && note contacts/b.md B && save && git push -q)
refused 'a lock on the index' "another git process holds '"
rm .git/index.lock
: >.git/refs/heads/main.lock
status_is 3 'a lock on the branch' sync
ok 'is named' says 'main.lock'
rm .git/refs/heads/main.lock
status_is 0 'what was begun then is finished' sync
is "$(git status --porcelain)" ' M contacts/jane-green.md' 'and other changes are as before'

# --- a vault in a larger repository ---
cd "$SCRATCH" && rm -rf r.git a b && git init -q --bare -b main r.git && git init -q -b main a && in_a &&
	git remote add origin ../r.git || exit 1
mkdir -p notes/.ivnotes src && : >notes/.ivnotes/config.yaml && note notes/j.md 'Jane Green'
printf '1\n2\n3\n4\n5\n6\n7\n8\n9\n' >src/main.txt && save && git push -q -u origin main
git clone -q ../r.git ../b
sed -i 's/^1$/one/' src/main.txt && note notes/j.md 'Jane Green' 'role: Director' && save
cd notes && sync && in_b
sed -i 's/^9$/nine/' src/main.txt && printf 'More.\n' >>notes/j.md && save && cd notes || exit 1
status_is 0 'a vault in a larger repository' sync
is "$(out)" '1 commit of yours sent, 1 received; merged 1 note
merged: j.md' 'merges its notes'
is "$(tr '\n' ' ' <../src/main.txt)" 'one 2 3 4 5 6 7 8 nine ' 'and other files as git does'
(cd "$SCRATCH/a/notes" && sync && cd .. && echo mine >src/main.txt && save && cd notes && sync)
echo yours >../src/main.txt && (cd .. && save)
status_is 1 'a conflict of other files' sync
is "$(tail -n 1 "$SCRATCH/out")" '../src/main.txt: changed here and there; both stand between markers' 'is named'
is "$(cat ../src/main.txt)" '<<<<<<< HEAD
yours
=======
mine
>>>>>>> origin/main' 'with markers'
git merge --abort
git config merge.conflictStyle diff3 && sync
is "$(grep -c '^|' ../src/main.txt)" 1 'with the base if it is wanted'
git config --unset merge.conflictStyle && git merge --abort

# --- submodules ---
fresh
git init -q -b main "$SCRATCH/sub" && (cd "$SCRATCH/sub" && note s.md S && save)
git -c protocol.file.allow=always submodule --quiet add ../sub sub 2>/dev/null && save && sync
in_b
status_is 0 'a submodule' sync
is "$(git ls-files -s sub | cut -c1-6)" 160000 'is taken as one'
is "$(git status --porcelain)" '' 'and status is clean'
in_a
(cd sub && note t.md T && save) && save && sync
in_b
status_is 0 'its next commit' sync
is "$(git rev-parse :sub)" "$(git -C ../a rev-parse :sub)" 'too'

# --- names that lead elsewhere ---
for name in .git .GIT .. git~1; do
	fresh
	in_b
	blob=$(echo '#!/bin/sh' | git hash-object -w --stdin)
	tree=$(printf '100755 blob %s\tevil\n' "$blob" | git mktree)
	tree=$({ git ls-tree HEAD && printf '040000 tree %s\t%s\n' "$tree" "$name"; } | git mktree)
	git update-ref refs/heads/main "$(git commit-tree -p HEAD -m evil "$tree")" && git push -q
	in_a
	for way in forward merge; do
		[ $way = forward ] || { note contacts/w.md W && save; }
		before=$(git rev-parse HEAD)
		status_is 3 "$way: a folder called $name" sync
		is "$(git rev-parse HEAD)" "$before" 'and nothing has moved'
		is "$(find "$SCRATCH" -name evil)" '' 'nor is anything written'
	done
done

# --- missing and corrupt objects ---
fresh
note contacts/jane-green.md 'Jane Green' 'role: Director' && save && sync
in_b
note contacts/m.md M && save
blob=$(git rev-parse HEAD~1:contacts/jane-green.md)
tree=$(git rev-parse 'HEAD~1^{tree}')
rm -f ".git/objects/$(echo "$tree" | cut -c1-2)/$(echo "$tree" | cut -c3-)"
mv .git/objects/pack "$SCRATCH/pack" 2>/dev/null
mkdir .git/objects/pack
for pack in "$SCRATCH"/pack/*.pack; do
	[ -e "$pack" ] && git unpack-objects -q <"$pack"
done
rm -f ".git/objects/$(echo "$tree" | cut -c1-2)/$(echo "$tree" | cut -c3-)"
before=$(tip b)
status_is 3 'a missing tree' sync
is "$(tip b)" "$before" 'nothing has moved'
is "$(sed -n 4p contacts/jane-green.md)" --- 'and the note is as it was'
: "$blob"

# --- nothing that can be read on the way, or half of it ---
fresh
cat >"$SCRATCH/break" <<'END'
#!/bin/sh
# ssh that is cut off after some bytes
shift $(($# - 1))
case $1 in
git-upload-pack*) timeout 2 sh -c "git ${1#git-}" |
	dd bs=1 count="$(cat "$SCRATCH/bytes")" status=none ;;
*) sh -c "git ${1#git-}" ;;
esac
END
chmod +x "$SCRATCH/break"
i=0
while [ $i -lt 30 ]; do
	i=$((i + 1))
	note "contacts/many-$i.md" "Many $i"
done
save && sync
in_b
before=$(tip b)
git remote set-url origin "there:$SCRATCH/r.git"
for bytes in 0 100 600 2000; do
	echo $bytes >"$SCRATCH/bytes"
	GIT_SSH=$SCRATCH/break status_is 3 "a remote that vanishes after $bytes bytes" sync
	what=$([ $bytes -lt 500 ] && echo reach || echo 'fetch from')
	ok '... is told' says "sync: cannot $what 'origin': "
done
is "$(tip b)" "$before" 'nothing has moved'
clean 'vanished'
git remote set-url origin ../r.git
status_is 0 'and when it is back' sync
is "$(tip b)" "$(tip a)" 'all is there'

done_testing
