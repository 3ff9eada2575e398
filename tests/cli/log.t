#!/bin/sh
# The history, whatever becomes of the repository and of the cache: the same answer, or a clear word.
. "$TESTS/lib/tap.sh"
. "$TESTS/lib/past.sh"
forgive_libgit2

IVNOTES_TODAY=2026-12-05
XDG_CACHE_HOME=$SCRATCH/cache
export IVNOTES_TODAY XDG_CACHE_HOME

mkdir vault && cd vault && lived || exit 1
ivnotes log --format=jsonl >"$SCRATCH/expected"
cache=$(dirname "$(ivnotes path --index)")/history.db
[ -f "$cache" ] || cache=$(ivnotes path --index)/history.db

# right NAME WORD: the answer, what is said besides (nothing for an empty word), and again silence.
right()
{
	ivnotes log --format=jsonl >"$SCRATCH/got" 2>"$SCRATCH/said"
	same "$SCRATCH/got" "$SCRATCH/expected" "$1: the same answer"
	if [ -n "$2" ]; then
		ok "$1: a word" grep -q "$2" "$SCRATCH/said"
	else
		is "$(cat "$SCRATCH/said")" '' "$1: no word"
	fi
	ivnotes log -q 2>&1 >/dev/null | cmp -s - /dev/null
	is $? 0 "$1: mended for good"
}

# ---- the cache ----

is "$(wc -l <"$SCRATCH/expected")" 16 'there is something to tell'
ok 'the cache is a file beside the index' test -f "$cache"
right 'from the cache' ''
rm "$cache" && right 'deleted' ''
rm -r "$XDG_CACHE_HOME" && right 'no cache folder' ''
: >"$cache" && right 'emptied' ''
head -c 5000 "$cache" >"$SCRATCH/head" && cp "$SCRATCH/head" "$cache"
right 'cut off' 'damaged'
head -c 40000 /dev/urandom >"$cache" && right 'noise' 'damaged'
size=$(wc -c <"$cache")
for at in 3 5 7 9; do
	dd if=/dev/urandom of="$cache" bs=1 seek=$((size * at / 10)) count=300 conv=notrunc 2>/dev/null
	ivnotes log --format=jsonl 2>/dev/null | cmp -s - "$SCRATCH/expected"
	is $? 0 "noise at $at tenths: the same answer"
done
rm "$cache" && ln -s /etc/passwd "$cache" && right 'a symlink' 'no file of yours'
if [ -s "${cache%.db}.boot" ]; then
	echo 00000000-0000-0000-0000-000000000000 >"${cache%.db}.boot"
	right 'of an earlier run of the machine' ''
fi
ivnotes log -q --rebuild --format=jsonl | cmp -s - "$SCRATCH/expected"
is $? 0 'made anew when it is asked for'
XDG_CACHE_HOME=/proc/no-place ivnotes log --format=jsonl 2>"$SCRATCH/said" | cmp -s - "$SCRATCH/expected"
is $? 0 'no place for a cache: the same answer'
ok '... with a word' grep -q 'made in memory' "$SCRATCH/said"
# The settings that decide how notes are read make it anew, and others do not.
mkdir .ivnotes
# shellcheck disable=SC2012
inode() { ls -i "$cache" | cut -d' ' -f1; }
exec 9<"$cache"
before=$(inode)
echo 'nudge: off' >.ivnotes/config.yaml
ivnotes log --format=jsonl | cmp -s - "$SCRATCH/expected"
is "$? $(inode)" "0 $before" 'another setting of a rule: the same cache'
printf 'fields: {position: role, firm: organization}\n' >.ivnotes/config.yaml
ivnotes log -q >/dev/null
not_ok 'another way to read notes: made anew' test "$(inode)" = "$before"
exec 9<&-
rm -r .ivnotes
right 'and as it was' ''

# ---- two at once, and one that is killed ----

mkdir ../long && "$TESTS/bench/history" 1500 150 >../stream && cd ../long && git init -q -b main . &&
	git fast-import --quiet <../stream && git reset -q --hard || exit 1
ivnotes log --format=jsonl >../long-expected
long=$(dirname "$(ivnotes path --index)")/history.db
[ -f "$long" ] || long=$(ivnotes path --index)/history.db
rm "$long"
for i in 1 2 3 4; do
	ivnotes log --format=jsonl >"../long-$i" 2>"../said-$i" &
done
wait
for i in 1 2 3 4; do
	same "../long-$i" ../long-expected "four at once: the answer of number $i"
	is "$(cat "../said-$i")" '' '... and no word'
done
for delay in 0.01 0.03 0.06 0.1 0.2; do
	rm -f "$long"
	ivnotes log >/dev/null 2>&1 &
	sleep $delay
	kill -9 $! 2>/dev/null
	wait $! 2>/dev/null
	ivnotes log --format=jsonl 2>../said | cmp -s - ../long-expected
	is "$? $(cat ../said)" '0 ' "killed after $delay s: the same answer"
done

# git itself names the same notes: those of all commits but merges.
git log --no-merges --no-renames --format='commit %H' --name-only |
	awk '/^commit / {id = $2; next} /\.md$/ {print id, $0}' | sort -u >../git-names
python3 - ../long-expected >../our-names <<'END'
import json, sys
for line in open(sys.argv[1], encoding="utf-8"):
    event = json.loads(line)
    for path in {event["path"], event["from"]} - {None}:
        print(event["commit"]["id"], path)
END
sort -u ../our-names >../our-sorted
same ../our-sorted ../git-names 'the notes that git names'
git log --format=%H >../git-order
python3 -c 'import json, sys
last = None
for line in open(sys.argv[1], encoding="utf-8"):
    id = json.loads(line)["commit"]["id"]
    if id != last: print(id)
    last = id' ../long-expected >../our-order
grep -F -x -f ../our-order ../git-order >../git-same
same ../our-order ../git-same "git's order"

# ---- a history that changes ----

cd ../vault || exit 1
GIT_COMMITTER_DATE=2026-12-05T10:00:00+01:00 git commit -q --amend -m 'Tidy up, again'
git log -1 --format=%h >../id
ivnotes log --oneline >../got
is "$(grep -c 'Omar Haddad: removed' ../got)" 1 'amended: told once'
ok '... by its new id' grep -q "^$(cat ../id) .*removed" ../got
git reset -q --hard HEAD~3 && ivnotes log --oneline >../got
is "$(wc -l <../got)" 3 'reset: what is no more is not told'
git switch -q --detach HEAD~1 && ivnotes log --oneline >../got
is "$(wc -l <../got)" 2 'a detached HEAD'
git switch -q main && git reset -q --hard ORIG_HEAD
git worktree add -q ../tree HEAD~1 && (cd ../tree && ivnotes log --oneline) >../got
is "$(wc -l <../got)" 5 'a worktree has a history of its own'

# What was amended and rebased away stays in the cache, and in no answer.
git switch -q -c much && for i in 1 2 3 4 5 6 7 8; do
	sed -i "s/^Runs planning.*/& $i/" people/jane-green.md && git commit -q -a -m "Write $i"
	git commit -q --amend -m "Write $i again" && ivnotes log -q >/dev/null
	[ $((i % 4)) != 0 ] || GIT_COMMITTER_DATE=2026-12-05T1$i:00:00+01:00 git rebase -q --force-rebase HEAD~3
	ivnotes log --format=jsonl >../got && ivnotes log jane-green --format=jsonl >>../got
done
ivnotes log --rebuild --format=jsonl >../anew && ivnotes log jane-green --format=jsonl >>../anew
same ../got ../anew 'amended and rebased many times: as a cache made anew'
is "$(ivnotes log --oneline | wc -l)" 14 '... and each commit is told once'
git switch -q main

# ---- what is not whole ----

git clone -q --depth 2 "file://$PWD" ../shallow && cd ../shallow || exit 1
ivnotes log --oneline >../got 2>../said
is "$(wc -l <../got)" 1 'a shallow clone: what is known'
ok '... and a word' grep -q 'shallow clone' ../said
is "$(grep -c "what commit $(git log -1 --format=%h HEAD~1) and those before it changed is not known; 'git fetch --unshallow' gets them" ../said)" 1 \
	'... with the commit where it ends'
is "$(ivnotes log jane-green 2>/dev/null | sed -n 's/^           //p')" "thanked by card (commit not known)
met (commit not known)
reply yes (commit not known)
asked by email (commit not known)" 'what was committed before is not told as uncommitted'
sed -i 's/^outreach:/touches:\n  - 2026-12-04 call\n&/' people/jane-green.md
is "$(ivnotes log jane-green 2>/dev/null | grep -c 'not committed')" 1 '... what is not committed, is'
git checkout -q .
git clone -q --depth 1 "file://$SCRATCH/vault" ../shallowest
is "$(ivnotes -C ../shallowest log 2>&1 | sed 's/commit [0-9a-f]*/commit X/')" "$(printf '%s' \
	"ivnotes: log: this is a shallow clone: what commit X and those before it changed is not known; " \
	"'git fetch --unshallow' gets them")" 'a clone of one commit: nothing is said to have happened, or not'
status_is 1 '... and that is no story' ivnotes -C ../shallowest log
git fetch -q --unshallow
ivnotes log --oneline >../got 2>../said
is "$(wc -l <../got) $(cat ../said)" '6 ' '... all of it once it is whole'

# object ID: its file, loose
object() { echo ".git/objects/$(echo "$1" | cut -c1-2)/$(echo "$1" | cut -c3-)"; }
# broken NAME OBJECT: a clone with that object damaged
broken()
{
	rm -rf ../broken && cp -R ../vault ../broken && cd ../broken || exit 1
	chmod u+w "$(object "$2")" && echo noise >"$(object "$2")"
	ivnotes log --oneline --rebuild >../got 2>../said
	is $? "$3" "$1: ends with $3"
	ok '... a word' grep -q "$4" ../said ../got
}
broken 'a damaged note' "$(git -C ../vault rev-parse HEAD~3:people/jane-green.md)" 0 'cannot be read'
is "$(grep -c . ../got)" 6 '... and the rest is told'
is "$(sed 's/hash mismatch.*/.../; s/: [^:]*; .git fsck/: ...; '"'git fsck/" ../said)" \
	"ivnotes: log: commit $(git rev-parse HEAD~3 | cut -c1-10): people/jane-green.md: cannot read object $(git -C ../vault rev-parse HEAD~3:people/jane-green.md): ...; 'git fsck' tells what is damaged or missing" \
	'... and which object it is'
broken 'a damaged folder' "$(git -C ../vault rev-parse HEAD~4:people)" 0 'its notes cannot be read'
ok '... and the newer ones are told' grep -q 'Omar Haddad: removed' ../got
commit=$(git -C ../vault rev-parse HEAD~3)
broken 'a damaged commit' "$commit" 3 "cannot read commit $(echo "$commit" | cut -c1-10)"
ok '... and the newer ones are told' grep -q 'Omar Haddad: removed' ../got
rm "$(object "$commit")"
ivnotes log --oneline >../got 2>../said
is $? 3 'a missing commit: ends with 3'
ok '... a word' grep -q "cannot read commit $(echo "$commit" | cut -c1-10)" ../said
cp "../vault/$(object "$commit")" "$(object "$commit")" && cp -R ../vault/.git/objects .git/
ivnotes log --oneline >../got 2>../said
is "$(wc -l <../got) $(cat ../said)" '6 ' '... and whole again: all is told'

# another OBJECT INSTEAD: a clone where that object holds what another one does, all sums right
another()
{
	rm -rf ../broken && cp -R ../vault ../broken && cd ../broken || exit 1
	rm "$(object "$1")" && cp "../vault/$(object "$2")" "$(object "$1")"
}
ivnotes -C ../vault log --format=jsonl >../sound
jane=$(git -C ../vault rev-parse HEAD~3:people/jane-green.md)
omar=$(git -C ../vault rev-parse HEAD~1:people/omar.md)
another "$jane" "$omar"
ivnotes log --rebuild --format=jsonl >../got 2>../said
is $? 0 'a note that is another object: ends with 0'
is "$(grep -c "cannot read object $jane: object hash mismatch.*'git fsck' tells" ../said)" 1 '... is named'
is "$(grep -c 'cannot be read' ../got)" 1 '... is no history'
is "$(grep -c '"who":"omar"' ../got)" "$(grep -c '"who":"omar"' ../sound)" '... tells nothing of the other'
rm "$(object "$jane")" && cp "../vault/$(object "$jane")" "$(object "$jane")"
ivnotes log --format=jsonl >../got 2>../said
same ../got ../sound '... and was not kept: whole again, all is told'
is "$(cat ../said)" '' '... without a word'
another "$jane" "$omar"
git repack -q -a -d 2>/dev/null
ivnotes log --rebuild --format=jsonl >../got 2>../said
is "$(grep -c "cannot read object $jane" ../said) $(grep -c 'cannot be read' ../got)" '1 1' '... in a pack, too'
commit=$(git -C ../vault rev-parse HEAD~3)
another "$commit" "$(git -C ../vault rev-parse HEAD~1)"
ivnotes log --rebuild --oneline >../got 2>../said
is "$? $(grep -c "cannot read commit $(echo "$commit" | cut -c1-10): .*hash mismatch" ../said)" '3 1' 'a commit that is another object'
mkdir ../none && cd ../none || exit 1
status_is 3 'no repository' ivnotes log
git init -q --bare ../bare.git
status_is 3 'a bare repository' ivnotes -C ../bare.git log
done_testing
