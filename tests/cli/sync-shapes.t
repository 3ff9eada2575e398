#!/bin/sh
# `ivnotes sync` where a name is a file on one side and a folder on the other: nothing is lost, nothing is
# touched, and what the message says to do works.
. "$TESTS/lib/tap.sh"
forgive_libgit2

note() { printf -- '---\ntype: contact\nname: %s\n---\nText of %s.\nMore of it.\nAnd more.\n' "$2" "$2" >"$1"; }
save() { git add -A && git commit -q -m more; }
sync() { ivnotes sync >"$SCRATCH/out" 2>"$SCRATCH/err"; }
says() { grep -F -- "$1" "$SCRATCH/err" || { cat "$SCRATCH/err" && false; }; }
file() { rm -rf contacts/a.md && note contacts/a.md File; }
folder() { rm -rf contacts/a.md && mkdir contacts/a.md && note contacts/a.md/b.md Folder; }
changed() { echo 'Changed.' >>"$1"; }

# two BASE THERE HERE: what stands at the start (or nothing), what the one side makes of it and sends, and what
# the other has
two()
{
	cd "$SCRATCH" && rm -rf r.git a b && git init -q --bare -b main r.git && git init -q -b main a && cd a &&
		git remote add origin ../r.git && mkdir contacts || exit 1
	note contacts/z.md Z && note contacts/a.md-2.md Other && eval "$1" && save && git push -q -u origin main
	git clone -q ../r.git ../b
	eval "$2" && save && git push -q
	cd ../b && eval "$3" && git add -A && { git diff --cached --quiet || git commit -q -m more; }
}

# stopped NAME WORDS
stopped()
{
	stopped_before=$(git rev-parse HEAD; git status --porcelain; git ls-files -s)
	status_is 3 "$1: is refused" sync
	ok "$1: says so" says "$2"
	is "$(git rev-parse HEAD; git status --porcelain; git ls-files -s)" "$stopped_before" \
		"$1: nothing was touched"
	is "$(git fsck --strict 2>&1 | grep -v '^dangling')" '' "$1: fsck is silent"
}

# --- one side alone has changed the shape: git can ---
for way in 'file|folder' 'folder|file'; do
	for mine in : 'note contacts/o.md Omar'; do
		two "${way%|*}" "${way#*|}" "$mine"
		name="${way%|*} to ${way#*|}, $mine"
		stopped "$name" "'contacts/a.md' was a file and becomes a folder, or the other way round"
		ok "$name: what to do" says "'git merge origin/main' does, then sync again"
		ok "$name: does it" git merge -q --no-edit origin/main
		status_is 0 "$name: and sync goes on" sync
		is "$(git rev-parse HEAD)" "$(git -C ../r.git rev-parse main)" "$name: both are the same"
	done
done

# --- both have: a new name is needed ---
n=0
while read -r base there here mine; do
	n=$((n + 1))
	case $base in none) base=: ;; esac
	there=$(echo "$there" | tr '~' ' ') here=$(echo "$here" | tr '~' ' ')
	name="$base; $there; $here"
	two "$base" "$there" "$here"
	stopped "$name" "'contacts/a.md' is a $mine here"
	ok "$name: what to do" says "rename yours: 'git mv contacts/a.md ANOTHER-NAME' and 'git commit', then sync"
	ok "$name: does it" sh -c 'git mv contacts/a.md contacts/c.md && git commit -q -m renamed'
	sync
	if [ $? -eq 1 ]; then
		# One side removed what the other changed or renamed: an ordinary conflict, which is kept.
		ok "$name: then another conflict" grep -q 'removed' "$SCRATCH/out"
		git add -A && git commit -q --no-edit
		sync
	fi
	is "$(git rev-parse HEAD)" "$(git -C ../r.git rev-parse main)" "$name: both are the same"
	is "$(git ls-files contacts | xargs cat | grep -c '^Text of F')" 2 "$name: with the notes of both"
	case $name in *changed*) ok "$name: and what was changed" grep -rq '^Changed' contacts ;; esac
done <<'END'
none folder file file
none file folder folder
file folder changed~contacts/a.md file
folder file changed~contacts/a.md/b.md folder
file changed~contacts/a.md folder folder
folder changed~contacts/a.md/b.md file file
END
is $n 6 'all ways'

done_testing
