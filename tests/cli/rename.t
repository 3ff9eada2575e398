#!/bin/sh
# Notes of the example vault are renamed, in their folders and into others. check finds the same as
# before but for the paths, and renaming back gives the same bytes.
. "$TESTS/lib/tap.sh"

IVNOTES_TODAY=2026-11-23
export IVNOTES_TODAY
cp -R "$ROOT/examples/notes" vault
cp -R vault original
cd vault || exit 1

# found PATH: what is found, the new path written as PATH and the new id as its
found()
{
	id=$(basename "$1" .md)
	ivnotes check -q --all --fail-on never --format=json |
		sed "s,moved here/zz-top,${1%.md},g; s,zz-top,$id,g" |
		jq -S '.findings | map(del(.column)) | sort_by(.path, .line, .rule, .message)'
}

# there_and_back PATH NEW BACK
there_and_back()
{
	found "$1" >"$SCRATCH/before"
	ok "$1 becomes $2" ivnotes rename "$1" "$2"
	found "$1" >"$SCRATCH/after"
	same "$SCRATCH/after" "$SCRATCH/before" "the same is found as $2"
	not_ok 'the id is nowhere left' grep -rIl "\[\[$(basename "$1" .md)[]|#]" .
	ok 'and back' ivnotes rename zz-top "$3"
	rmdir 'moved here' 2>/dev/null
	ok 'to the same bytes' diff -r . "$SCRATCH/original"
}

for note in contacts/jane-green meetings/2026-10-21-felix-moreau 'journal/week ten' \
	organizations/tarbell-county; do
	there_and_back "$note.md" zz-top "$(basename "$note")"
	there_and_back "$note.md" 'moved here/zz-top' "./$note"
done

# ---- nothing is half done ----

chmod a-w organizations
not_ok 'a folder of one reference cannot be written' as-nobody env HOME="$SCRATCH/home2" \
	ivnotes rename jane-green zz-top
chmod u+w organizations
ok 'all is as it was' diff -r . "$SCRATCH/original"

# Two at once: one is first, the other is told; either way every reference means her.
i=0
while [ $i -lt 3 ]; do
	ivnotes rename jane-green aa-one >"$SCRATCH/one" 2>&1 &
	ivnotes rename jane-green aa-two >"$SCRATCH/two" 2>&1
	wait
	set -- contacts/aa-*.md
	ok 'two at once: one name is left' [ $# -eq 1 -a -f "$1" ]
	ok 'and can be taken back' ivnotes rename "$1" jane-green
	ok 'to the same bytes' diff -r . "$SCRATCH/original"
	i=$((i + 1))
done
done_testing
