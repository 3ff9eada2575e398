#!/bin/sh
# The index is a cache: whatever becomes of it, the same answer and at most a word on stderr.
. "$TESTS/lib/tap.sh"

IVNOTES_TODAY=2026-11-23
XDG_CACHE_HOME=$SCRATCH/cache
export IVNOTES_TODAY XDG_CACHE_HOME
mkdir 'my vault é'
cd 'my vault é' || exit 1
for i in 1 2 3 4 5 6 7 8 9; do
	printf '%s\n' --- 'type: contact' "name: Person $i" --- >"p$i.md"
	printf '%s\n' --- 'type: meeting' "contact: p$i" "date: 2026-11-1$i" 'actual: 20m' --- \
		said >"m$i.md"
done
ivnotes check >"$SCRATCH/expected" 2>/dev/null
index=$(ivnotes path --index)
[ -d "$index" ] && index=$index/index.db
folder=$(dirname "$index")

# right NAME WORD: the answer, what is said besides (nothing for an empty word), and again silence.
right()
{
	ivnotes check -q >"$SCRATCH/got" 2>"$SCRATCH/said"
	same "$SCRATCH/got" "$SCRATCH/expected" "$1: the same answer"
	if [ -n "$2" ]; then
		ok "$1: a word" grep -q "$2" "$SCRATCH/said"
	else
		is "$(cat "$SCRATCH/said")" '' "$1: no word"
	fi
	ivnotes check -q 2>&1 >/dev/null | cmp -s - /dev/null
	is $? 0 "$1: mended for good"
}

ok 'there is something to find' test -s "$SCRATCH/expected"
ok 'the index is a file' test -f "$index"
# shellcheck disable=SC2012
is "$(ls -ld "$folder" | cut -c1-10)" drwx------ 'its folder is private'
right 'a second time' ''

if [ -s "$folder/boot" ]; then
	# shellcheck disable=SC2012
	before=$(ls -i "$index")
	echo 00000000-0000-0000-0000-000000000000 >"$folder/boot"
	exec 9<"$index" # so that its number is not used again
	right 'of an earlier run of the machine' ''
	# shellcheck disable=SC2012
	not_ok '... it was made anew' test "$(ls -i "$index")" = "$before"
	is "$(cat "$folder/boot")" "$(cat /proc/sys/kernel/random/boot_id)" '... for this one'
	exec 9<&-
else
	skip 'of an earlier run of the machine' 'this system does not tell one from another'
fi

rm "$index"
right 'deleted' ''
rm -r "$XDG_CACHE_HOME"
right 'no cache folder' ''
: >"$index"
right 'emptied' ''
head -c 10000 "$index" >"$SCRATCH/head" && cp "$SCRATCH/head" "$index"
right 'truncated' 'damaged'
head -c 100000 /dev/urandom >"$index"
right 'noise' 'damaged'
size=$(wc -c <"$index")
head -c 700 /dev/urandom | dd of="$index" bs=1 seek=$((size / 2)) conv=notrunc 2>/dev/null
ivnotes check -q >"$SCRATCH/got" 2>/dev/null
same "$SCRATCH/got" "$SCRATCH/expected" 'noise in the middle: the same answer'
rm "$index" && mkdir "$index"
ivnotes check -q >"$SCRATCH/got" 2>"$SCRATCH/said"
same "$SCRATCH/got" "$SCRATCH/expected" 'a folder in its place: the same answer'
ok 'a folder in its place: in memory' grep -q memory "$SCRATCH/said"
rmdir "$index"
ln -s /dev/full "$index"
right 'a link in its place' 'no file of yours'

both_right()
{
	cmp -s "$SCRATCH/one" "$SCRATCH/expected" && cmp -s "$SCRATCH/two" "$SCRATCH/expected"
}

# Two at a time, on an index that is missing, then on one that must be written.
for round in 1 2 3 4 5; do
	rm -f "$index"
	ivnotes check -q >"$SCRATCH/one" 2>&1 &
	ivnotes check -q >"$SCRATCH/two" 2>&1
	wait
	both_right || break
	touch p1.md m1.md
	ivnotes check -q >"$SCRATCH/one" 2>&1 &
	ivnotes check -q >"$SCRATCH/two" 2>&1
	wait
	both_right || break
done
is "$round" 5 'two at once, five times'
ok 'two at once are both right' both_right

ivnotes check -q --rebuild >"$SCRATCH/got" 2>"$SCRATCH/said"
same "$SCRATCH/got" "$SCRATCH/expected" '--rebuild: the same answer'
is "$(cat "$SCRATCH/said")" '' '--rebuild: no word'

rm -r "$XDG_CACHE_HOME"
: >"$XDG_CACHE_HOME"
ivnotes check -q >"$SCRATCH/got" 2>"$SCRATCH/said"
same "$SCRATCH/got" "$SCRATCH/expected" 'a cache folder that cannot be made: the same answer'
ok 'a cache folder that cannot be made: a word' grep -q 'made in memory' "$SCRATCH/said"
# What ended long ago is not kept, but found when it is asked for.
XDG_CACHE_HOME=$SCRATCH/third
mkdir "$SCRATCH/old" && cd "$SCRATCH/old" || exit 1
printf '%s\n' --- 'type: contact' 'name: Ann Old' 'outreach: 2019-03-01 email' --- >ann.md
printf '%s\n' --- 'type: meeting' 'contact: ann' 'date: 2019-04-01' 'actual: 20m' --- said >then.md
# long_ago NAME DAY: the same as an index that is made for that day
long_ago()
{
	ivnotes check --all --today "$2" >"$SCRATCH/got" 2>/dev/null
	XDG_CACHE_HOME=$SCRATCH/other ivnotes check --all --today "$2" >"$SCRATCH/expected" 2>/dev/null
	rm -rf "$SCRATCH/other"
	same "$SCRATCH/got" "$SCRATCH/expected" "$1"
}
ivnotes check --all >/dev/null 2>&1
rows() { sqlite3 "$(ivnotes path --index)" 'SELECT count(*) FROM finding'; }
few=$(rows)
long_ago 'a day years ago' 2019-03-20
ok '... of which there is something to say' grep -q time-travel "$SCRATCH/got"
ok '... had not been kept' test "$few" -lt "$(rows)"
long_ago 'and the day after the meeting' 2019-04-02
long_ago 'and today' 2026-11-23
ivnotes --rebuild check >/dev/null 2>&1
ivnotes report --week 2019-W14 -o "$SCRATCH/late" 2>/dev/null
XDG_CACHE_HOME=$SCRATCH/other ivnotes report --today 2019-04-07 --week 2019-W14 -o "$SCRATCH/then"
same "$SCRATCH/late" "$SCRATCH/then" 'the report of a week years ago'
done_testing
