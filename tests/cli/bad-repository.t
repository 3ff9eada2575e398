#!/bin/sh
# What a git repository can be: every command that reads it, in every state. Each gives the answer of
# the sound repository, or says what is wrong and what to do, and touches nothing.
. "$TESTS/lib/tap.sh"

unset IVNOTES_TODAY
GIT_AUTHOR_DATE=2026-11-20T10:00:00Z GIT_COMMITTER_DATE=2026-11-20T10:00:00Z
export GIT_AUTHOR_DATE GIT_COMMITTER_DATE
export ASAN_OPTIONS=detect_leaks=0 # libgit2 1.5 leaks where it opens no repository

# One command a line, by a name for the tables. Those that write are asked what they would write.
cat >"$SCRATCH/commands" <<'TEXT'
list ivnotes list --at HEAD
old ivnotes list --at HEAD~1
show ivnotes show sub/jane@HEAD
search ivnotes search --at HEAD Text
check ivnotes check -q --at HEAD
report ivnotes report --at HEAD
since ivnotes check -q --since HEAD~1
staged ivnotes check -q --staged
restore ivnotes restore -n lost
gone ivnotes restore -n gone
commit ivnotes commit -n
TEXT
for more in 'log ivnotes log' 'diff ivnotes diff HEAD~1 HEAD'; do
	name=${more%% *}
	ivnotes help "$name" >/dev/null 2>&1 && echo "$more" >>"$SCRATCH/commands"
done

note() { printf -- '---\ntype: contact\nname: %s\nconnected: yes\n---\n%s\n' "$2" "${3-Text.}" >"$1"; }
commit() { git add -A && git commit -q -m "$1"; }

# A vault with two commits, a note that is lost in the working tree, and one that a commit removed.
mkdir "$SCRATCH/sound" && cd "$SCRATCH/sound" || exit 1
git init -q -b main .
mkdir sub && note sub/jane.md 'Jane Green' && note lost.md Lost && note gone.md Gone
commit one
rm gone.md && note sub/jane.md 'Jane Green' 'Text, more of it.'
commit two
rm lost.md && echo 'An edit.' >>sub/jane.md

# answers: what each command says here, a block each: its name, status, stdout and stderr
answers()
{
	while read -r name command; do
		echo "== $name"
		# One that never ends fails, and the others go on.
		# shellcheck disable=SC2086
		timeout -s KILL 20 $command </dev/null >"$SCRATCH/out" 2>"$SCRATCH/err"
		echo "status $?"
		cat "$SCRATCH/out"
		sed "s,$SCRATCH,SCRATCH,g" "$SCRATCH/err"
	done <"$SCRATCH/commands"
}
block() { awk -v name="$1" '/^== / { on = $2 == name; next } on' "$SCRATCH/$2"; }
picture() { find "$1" -printf '%p %y %m %l\n' -type f -exec cksum {} + | sort; }

# state NAME: a copy of the sound one, to be made so
state()
{
	cd "$SCRATCH" && rm -rf work elsewhere home/.cache && cp -R sound work && cd work || exit 1
	state=$1
}

# judged: every command here, by the table on stdin. `NAME STATUS PATTERN` is of its first line on
# stderr, or on stdout where there is none, without 'ivnotes: COMMAND: '; `NAME =` is the answer of the
# sound one. `*` is all others; without it they are `=`.
judged()
{
	cat >"$SCRATCH/table"
	picture "$SCRATCH/work" >"$SCRATCH/before"
	answers >"$SCRATCH/got"
	picture "$SCRATCH/work" >"$SCRATCH/after"
	while read -r name command; do
		line=$(grep "^$name " "$SCRATCH/table" || grep '^\* ' "$SCRATCH/table" || echo "$name =")
		block "$name" got >"$SCRATCH/one"
		block "$name" right >"$SCRATCH/wanted"
		if [ "${line#* }" = = ]; then
			same "$SCRATCH/one" "$SCRATCH/wanted" "$state: $name"
		else
			said=$(grep '^ivnotes: ' "$SCRATCH/one" | head -n 1)
			said="$(sed -n 's/^status //p;q' "$SCRATCH/one") ${said:-$(sed -n 2p "$SCRATCH/one")}"
			said=$(echo "$said" | sed 's/ivnotes: [a-z]*: //')
			pattern=${line#* }
			# shellcheck disable=SC2254 # it is one
			case $said in
			$pattern) ok "$state: $name" true ;;
			*) is "$said" "$pattern" "$state: $name" ;;
			esac
		fi
	done <"$SCRATCH/commands"
	same "$SCRATCH/after" "$SCRATCH/before" "$state: nothing was touched"
}
sound() { judged </dev/null; }
judged_by() { printf '%s\n' "$@" >"$SCRATCH/lines" && judged <"$SCRATCH/lines"; }

# object REVISION: its file
object() { git rev-parse "$1" | sed 's,^..,.git/objects/&/,'; }
spoil() { chmod u+w "$1" && printf garbage >"$1"; }

answers >"$SCRATCH/right"
is "$(grep -c '^status 0' "$SCRATCH/right")" "$(wc -l <"$SCRATCH/commands" | tr -d ' ')" 'sound: all answer'

# --- none, and hardly one ---

none="* 3 no git repository around 'SCRATCH/work'; 'ivnotes init' makes one"
state 'no repository'
rm -rf .git
judged_by "$none"
state 'an empty .git'
rm -rf .git && mkdir .git
judged_by "$none"
state 'a .git that leads nowhere'
rm -rf .git && echo 'gitdir: /nowhere' >.git
judged_by "$none"
state 'a linked working tree whose repository is gone'
mv ../work ../elsewhere && git -C ../elsewhere worktree add -q -f ../work -b linked
rm -rf ../elsewhere && cd ../work || exit 1
judged_by "$none"
state 'no commit yet'
rm -rf .git && git init -q -b main
judged <<'TABLE'
* 3 no revision 'HEAD'; there is no commit yet
old 3 no revision 'HEAD~1'; there is no commit yet
since 3 no revision 'HEAD~1'; there is no commit yet
diff 3 no revision 'HEAD~1'; there is no commit yet*
log 1 no commit yet: *
staged =
commit 0 Add Jane Green
TABLE
bare="* 3 the git repository of 'SCRATCH/work*' is bare: it has no working tree, and so no vault; 'git clone' makes one"
state 'a bare repository'
git clone -q --bare . ../elsewhere && cd .. && rm -rf work && mv elsewhere work && cd work || exit 1
judged_by "$bare"
mkdir notes && cp -R "$SCRATCH/sound/sub" notes && cd notes || exit 1
state='inside a bare repository'
judged_by "$bare"
state 'SHA-256'
rm -rf .git && git init -q --object-format=sha256 && commit one
judged_by "* 3 the git repository of 'SCRATCH/work' uses SHA-256, which ivnotes cannot read; use git itself there"
for extension in refstorage partialclone; do
	state "extensions.$extension"
	git config core.repositoryformatversion 1 && git config extensions.$extension reftable
	judged_by "* 3 the git repository is of a kind that ivnotes cannot read: unsupported extension name extensions.$extension"
done
state 'a version to come'
git config core.repositoryformatversion 2
judged_by '* 3 cannot open the git repository: unsupported repository version 2*'
state 'a config that is damaged'
echo '[core' >.git/config
judged_by '* 3 cannot open the git repository: failed to parse config file: *SCRATCH/work/.git/config:1*'

# --- sound, in other ways ---

state 'a detached HEAD'
git checkout -q --detach
sound
state 'packed refs'
git pack-refs --all --prune
sound
state 'all in a pack'
git gc -q --prune=now
sound
state 'alternates'
rm -rf .git/objects && mkdir -p .git/objects/info && echo "$SCRATCH/sound/.git/objects" >.git/objects/info/alternates
sound
state 'a linked working tree'
mv ../work ../elsewhere && git -C ../elsewhere worktree add -q ../work -b linked && cd ../work || exit 1
rm lost.md && echo 'An edit.' >>sub/jane.md
sound
state 'an index that another process holds'
: >.git/index.lock
sound
state 'a submodule inside'
git init -q inside && git -C inside commit -q --allow-empty -m inside
git add inside 2>/dev/null && git commit -q -m three
judged <<'TABLE'
old 0 lost.md
log 0 *
diff * *
TABLE
state 'a subfolder of a larger repository'
rm -rf .git && mkdir ../elsewhere && mv ./* ../elsewhere && mv ../elsewhere notes && git init -q -b main
(cd notes && cp -R ../../sound/.git/. "$SCRATCH/old.git" && git --git-dir="$SCRATCH/old.git" archive HEAD~1 | tar x)
echo other >other.txt && commit one
(cd notes && rm gone.md && git --git-dir="$SCRATCH/old.git" archive HEAD | tar x) && echo more >other.txt && commit two
cd notes && rm lost.md && echo 'An edit.' >>sub/jane.md
judged <<'TABLE'
log 0 *
restore 0 diff --git a/lost.md b/lost.md
TABLE
state 'replaced objects that git does not follow'
git replace HEAD HEAD~1 && git config core.useReplaceRefs false
sound

# --- what git would read otherwise ---

state 'replaced objects'
git replace HEAD HEAD~1
judged <<'TABLE'
* 3 objects are replaced by others here ('git replace -l'), which ivnotes does not follow; 'git config core.useReplaceRefs false' asks of the history as it was made
commit =
TABLE
state 'grafts'
git rev-parse HEAD >.git/info/grafts
judged <<'TABLE'
* 3 the history is altered by 'SCRATCH/work/.git/info/grafts', which ivnotes does not follow; remove that file to ask of the history as it was made
commit =
TABLE
for kind in split sparse; do
	state "a $kind index"
	case $kind in
	split) git update-index --split-index ;;
	sparse) git sparse-checkout init --cone --sparse-index && git sparse-checkout set nothing ;;
	esac >/dev/null 2>&1
	judged <<'TABLE'
staged 3 the git index is split or sparse, which ivnotes cannot read; 'git update-index --no-split-index' or 'git sparse-checkout disable' makes it whole
restore 3 the git index is split or sparse, *
gone 3 the git index is split or sparse, *
commit 3 the git index is split or sparse, *
TABLE
done

# --- not all of it is here ---

state 'a shallow clone'
git clone -q --depth=1 "file://$SCRATCH/sound" ../elsewhere && rm -rf .git && mv ../elsewhere/.git .
judged <<'TABLE'
old 3 no revision 'HEAD~1'; this is a shallow clone, 'git fetch --unshallow' gets the older commits
since 3 no revision 'HEAD~1'; this is a shallow clone, 'git fetch --unshallow' gets the older commits
diff 3 no revision 'HEAD~1'; this is a shallow clone, 'git fetch --unshallow' gets the older commits*
gone 3 no note is called 'gone', neither today nor in any commit before; this is a shallow clone, 'git fetch --unshallow' gets the older commits
log 1 *
TABLE

state 'a rebase'
git stash -q && git rebase -q --exec false HEAD~1 >/dev/null 2>&1
git checkout -q 'stash@{0}' -- . && rm lost.md
judged <<'TABLE'
commit 3 a rebase is under way in the git repository; finish or abort it with git, then commit
staged 0 *
TABLE
state 'a merge with conflicts'
git checkout -q lost.md && git commit -q -a -m three && git checkout -q -b side HEAD~1
echo other >>sub/jane.md && git commit -q -a -m side && git merge -q main >/dev/null 2>&1
judged <<'TABLE'
old 0 lost.md
since *
staged 3 the git index holds unresolved conflicts; resolve them and 'git add' the files
restore 0 *
log 0 *
diff 0 *
show =
commit 3 a merge is under way in the git repository; finish or abort it with git, then commit
search 0 *
report 0 *
TABLE

# --- damage ---

fsck="'git fsck' tells what is damaged or missing"
whole="* 3 revision 'HEAD*': cannot read the git repository: *; $fsck
staged 3 *
commit 3 cannot read the last commit: *; $fsck
gone 3 *; $fsck"
state 'HEAD leads to nothing'
echo 1234567890123456789012345678901234567890 >.git/refs/heads/main
judged_by "$whole"
state 'a damaged HEAD'
echo nonsense >.git/HEAD
judged_by "$whole"
state 'alternates that are gone'
rm -rf .git/objects && mkdir -p .git/objects/info && echo /nowhere >.git/objects/info/alternates
judged_by "$whole"
state 'a damaged pack'
git gc -q
pack=$(ls .git/objects/pack/*.pack)
chmod u+w "$pack" && printf xxxxxxxxxxxxxxxxxxxxxxxx | dd of="$pack" bs=1 seek=14 conv=notrunc 2>/dev/null
judged_by "$whole"
state 'a pack cut short'
git gc -q
pack=$(ls .git/objects/pack/*.pack)
chmod u+w "$pack" && truncate -s 200 "$pack"
judged_by "* 3 *; $fsck" 'staged 3 *'
state 'a pack without its index'
git gc -q && rm .git/objects/pack/*.idx
judged_by "$whole"
state 'damaged packed refs'
git pack-refs --all --prune && echo nonsense >.git/packed-refs
judged <<TABLE
* 3 cannot read git's references: *; $fsck
log 3 *
commit 3 cannot read the last commit: *; $fsck
TABLE
state 'a damaged index'
spoil .git/index
judged <<'TABLE'
staged 3 cannot read the git index: *; if git cannot either, take the file 'index' out of the git folder, and 'git reset' makes it anew
restore 3 cannot read the git index: *
gone 3 cannot read the git index: *
commit 3 cannot read the git index: *
TABLE

# damage HOW FILE
damage()
{
	chmod u+w "$2"
	case $1 in
	missing) rm "$2" ;;
	'cut short') truncate -s 25 "$2" ;;
	esac
}
for how in missing 'cut short'; do
	state "the last commit: $how"
	damage "$how" "$(object HEAD)"
	judged_by "$whole"
	state "a commit before: $how"
	damage "$how" "$(object HEAD~1)"
	judged <<TABLE
old 3 revision 'HEAD~1': cannot read the git repository: *; $fsck
since 3 revision 'HEAD~1': cannot read the git repository: *; $fsck
diff 3 revision 'HEAD~1': cannot read the git repository: *; $fsck
gone 3 cannot read the history*; 'git fsck' tells *
log 3 *
TABLE
	state "the root folder: $how"
	damage "$how" "$(object 'HEAD^{tree}')"
	judged <<TABLE
* 3 *; $fsck
old =
since =
staged 3 *
log * *
TABLE
	state "a folder: $how"
	damage "$how" "$(object HEAD:sub)"
	judged <<TABLE
* 3 cannot read a folder: *; $fsck
old =
since =
log * *
diff 3 *
TABLE
	state "a note: $how"
	damage "$how" "$(object HEAD:lost.md)"
	judged <<TABLE
list =
search 3 lost.md: cannot read the file: *; $fsck
check 1 lost.md:1:1: error: cannot read the file: *; $fsck ?unreadable?
report * *
restore 3 cannot read the file: *; $fsck
commit 0 Remove lost; update Jane Green
log 0 *
TABLE
done
for garbage in '' garbage; do
	state "a note: '$garbage'"
	chmod u+w "$(object HEAD:lost.md)" && printf %s "$garbage" >"$(object HEAD:lost.md)"
	judged <<TABLE
search 3 lost.md: cannot read the file: *; $fsck
check 1 lost.md:1:1: error: cannot read the file: *; $fsck ?unreadable?
report * *
restore 3 cannot read the file: *; $fsck
commit 0 Remove lost; update Jane Green
log 0 *
TABLE
done
state 'a note that is another object'
chmod u+w "$(object HEAD:lost.md)" && cp "$(object HEAD:sub/jane.md)" "$(object HEAD:lost.md)"
judged <<TABLE
search 3 lost.md: cannot read the file: *; $fsck
check 1 lost.md:1:1: error: cannot read the file: *; $fsck ?unreadable?
report * *
restore 3 cannot read the file: *; $fsck
commit 0 Remove lost; update Jane Green
log 0 *
TABLE

# --- revisions that are none ---

state 'revisions'
git tag -a -m tag tag && git -c advice.nestedTag=false tag -a -m tag again tag
git tag -a -m tag folder 'HEAD^{tree}'
before=$(picture .)
# revision REV WORDS: list --at and restore --at say so
revision()
{
	is "$(ivnotes list --at "$1" 2>&1)" "ivnotes: list: $2" "list --at '$1'"
	is "$(ivnotes restore --at "$1" lost 2>&1)" "ivnotes: restore: $2" "restore --at '$1'"
	is "$(ivnotes show "lost@$1" 2>&1 | grep -v 'did you mean')" "ivnotes: show: no note is called 'lost@$1'" "show lost@$1"
}
revision 'HEAD:lost.md' "'HEAD:lost.md' is no commit"
revision 'HEAD^{tree}' "'HEAD^{tree}' is no commit"
revision HEAD:sub "'HEAD:sub' is no commit"
revision folder "'folder' is no commit"
revision -x "no revision '-x'"
revision v9 "no revision 'v9'"
revision HEAD~7 "no revision 'HEAD~7'"
revision 'HEAD^{/nothing}' "no revision 'HEAD^{/nothing}'"
revision '..' "no revision '..'"
revision 1234567890123456789012345678901234567890 "no revision '1234567890123456789012345678901234567890'"
is "$(ivnotes list --at '' 2>&1)" "ivnotes: list: no revision ''" "list --at ''"
is "$(ivnotes list --at again | tr '\n' ' ')" 'lost.md sub/jane.md ' 'a tag of a tag'
is "$(ivnotes list --at '@{yesterday}' | wc -l | tr -d ' ')" 2 'a day'
is "$(picture .)" "$before" 'revisions: nothing was touched'
# Two objects of one short id: four digits are enough after some hundred.
seq 1 500 | while read -r i; do printf '%s\n' "$i" | git hash-object -w --stdin; done >"$SCRATCH/ids"
short=$(cut -c1-4 "$SCRATCH/ids" | sort | uniq -d | head -n 1)
revision "$short" "revision '$short' could mean several; write more of the commit's id"

# --- notes that once were broken ---

state 'a history of broken notes'
git checkout -q . && git checkout -q lost.md
printf -- '---\nname: [\n---\n' >yaml.md && printf -- '---\nname: \377\376\n---\n\377' >bytes.md
perl -e 'print "x" x (20 << 20)' >large.md && mkdir folder.md && note folder.md/inner.md Inner
ln -s lost.md link.md && ln -s /etc/passwd passwd.md
upper=$(git hash-object -w lost.md)
git add -A && git update-index --add --cacheinfo "100644,$upper,LOST.md" && git commit -q -m broken
git rm -q -r --cached . && rm -rf ./*.md && note lost.md Lost && commit mended
before=$(picture .)
is "$(ivnotes list --at HEAD~1 | tr '\n' ' ')" 'LOST.md bytes.md folder.md/inner.md large.md lost.md sub/jane.md yaml.md ' 'broken notes are listed'
ivnotes check --at HEAD~1 >"$SCRATCH/out" 2>&1
is $? 1 'they are checked'
for name in yaml.md bytes.md large.md LOST.md; do
	ok "and $name is wrong" grep -q "^$name:" "$SCRATCH/out"
done
not_ok 'links are not followed' grep -q 'passwd\|link' "$SCRATCH/out"
status_is 3 'one too large is not shown' ivnotes show large@HEAD~1
status_is 3 'nor restored' ivnotes restore large
is "$(ivnotes restore large 2>&1)" "ivnotes: restore: larger than 16 MiB; 'ignore' in the config leaves a file out" 'in words'
status_is 0 'of two by one id that of today is meant' ivnotes restore --at HEAD~1 -n lost
is "$(picture .)" "$before" 'broken notes: nothing was touched'
ok 'broken bytes come back' ivnotes restore -q yaml bytes inner
is "$(git hash-object yaml.md bytes.md folder.md/inner.md)" "$(git rev-parse HEAD~1:yaml.md HEAD~1:bytes.md HEAD~1:folder.md/inner.md)" 'as they were'
done_testing
