#!/bin/sh
# `ivnotes init --merge-driver`, and git merging with it: merge, rebase, cherry-pick, stash, revert.
. "$TESTS/lib/tap.sh"

# note ROLE OUTREACH TASK: a contact
note()
{
	printf -- '---\ntype: contact\nname: Jane Green\noutreach:\n  - %s\nrole: %s\n---\n\n' "$2" "$1"
	printf -- '- [%s] Call her\n- [ ] Write to her\n' "$3"
}

asked='2026-10-05 email'
answered='2026-10-05 email yes 2026-10-06'

# Two branches that changed lines side by side: git alone finds a conflict there.
fresh()
{
	cd "$SCRATCH" && rm -rf repo && git init -q -b main repo && cd repo || exit 1
	[ -z "$1" ] || mkdir -p "$1"
	vault=${1:-.}
	ivnotes -C "$vault" init --merge-driver >"$SCRATCH/out" 2>&1
	commit Analyst "$asked" ' ' base
	git checkout -q -b other
	commit Analyst "$answered" x theirs
	git checkout -q main
	commit Director "$asked" ' ' ours
}

# commit ROLE OUTREACH TASK SUBJECT
commit()
{
	note "$1" "$2" "$3" >"$vault/contacts/jane-green.md"
	git add -A && git commit -q -m "$4"
}

# git in words of our own: what it says goes to a file
try() { git "$@" >"$SCRATCH/out" 2>"$SCRATCH/err"; }

both() { note Director "$answered" x >"$SCRATCH/both"; }
is_merged() { both && same "$vault/contacts/jane-green.md" "$SCRATCH/both" "$1"; }

# --- without it ---
fresh ''
git config --remove-section merge.ivnotes
status_is 1 'git alone finds a conflict' git merge -q other
git merge --abort

# --- making it ---
fresh ''
is "$(tail -n 2 "$SCRATCH/out")" "set merge.ivnotes in git's configuration
made .gitattributes" 'init says what it did'
is "$(cat .gitattributes)" '*.md merge=ivnotes' 'a line for notes'
git config --get-regexp '^merge\.' >"$SCRATCH/config"
is "$(ivnotes init --merge-driver 2>&1)" "ivnotes: init: '.' is a vault already; nothing was changed" \
	'again: there is nothing to do'
is "$(cat .gitattributes)" '*.md merge=ivnotes' 'the line stands there once'
git config --get-regexp '^merge\.' >"$SCRATCH/again"
same "$SCRATCH/again" "$SCRATCH/config" 'the definition is the same'
printf '*.png binary\r\n# own' >.gitattributes
is "$(ivnotes init --merge-driver)" "added '*.md merge=ivnotes' to .gitattributes" 'a file with other lines'
printf '*.png binary\r\n# own\n*.md merge=ivnotes\n' >"$SCRATCH/expected"
same .gitattributes "$SCRATCH/expected" 'keeps them as they are'
echo '*.md merge=union' >.gitattributes
status_is 3 'another driver for notes' ivnotes init --merge-driver
is "$(cat .gitattributes)" '*.md merge=union' 'is not replaced'
ivnotes init --merge-driver >"$SCRATCH/out" 2>"$SCRATCH/err"
is "$(cat "$SCRATCH/err")" "ivnotes: init: git's attributes have another merge driver for 'contacts/jane-green.md': 'union'; put '*.md merge=ivnotes' in its place, or above it if that is to stay" 'which is told'
rm .gitattributes
printf 'folders:\n  people: contact\n' >.ivnotes/config.yaml
for place in people/ organizations/ old/deep/; do
	mkdir -p "$place" && echo "$place*.md merge=union" >.gitattributes
	[ "$place" != old/deep/ ] || cp contacts/jane-green.md "$place"
	status_is 3 "another driver for $place" ivnotes init --merge-driver
	is "$(cat .gitattributes)" "$place*.md merge=union" 'is not replaced'
	printf '*.md merge=ivnotes\n%s*.md merge=union\n' "$place" >.gitattributes
	cp .gitattributes "$SCRATCH/expected"
	status_is 0 'but may stay' ivnotes init --merge-driver
	ivnotes init --merge-driver 2>"$SCRATCH/err"
	ok 'which is told' grep -q "'${place}[a-z-]*.md' is merged by 'union', as git's attributes say" "$SCRATCH/err"
	same .gitattributes "$SCRATCH/expected" 'nothing was added'
done
echo '*.md !merge' >old/.gitattributes && printf '*.md merge=ivnotes\n' >.gitattributes
is "$(ivnotes init --merge-driver 2>&1 | head -n 1)" "ivnotes: init: 'old/deep/jane-green.md' is merged by lines, as git's attributes say" 'so are notes without a driver'
rm -r .gitattributes people old
git config merge.ivnotes.driver 'mine %A'
status_is 3 'another definition' ivnotes init --merge-driver
is "$(git config merge.ivnotes.driver)" 'mine %A' 'is not replaced'
ok 'nor is anything else done' [ ! -e .gitattributes ]
git config merge.ivnotes.driver 'ivnotes merge-file %O %A %B'
status_is 0 'an older one of ours' ivnotes init --merge-driver
ok 'is brought up to date' git config --get merge.ivnotes.driver 'path=%P'
ln -sf nowhere .gitattributes && rm -f .git/info/attributes
status_is 3 'a link, which git does not follow' ivnotes init --merge-driver
rm .gitattributes
mkdir -p .git/info && echo '*.md merge=text' >.git/info/attributes
status_is 3 'attributes that count more' ivnotes init --merge-driver

# --- git with it ---
for vault in '' 'my notes'; do
	fresh "$vault"
	try merge -q other -m merged
	is $? 0 "merge ($vault)"
	is_merged 'both sides are there'
	fresh "$vault"
	try rebase -q other
	is $? 0 "rebase ($vault)"
	is_merged 'both sides are there'
	fresh "$vault"
	try cherry-pick other
	is $? 0 "cherry-pick ($vault)"
	is_merged 'both sides are there'
	fresh "$vault"
	git checkout -q other
	note Director "$asked" ' ' >"$SCRATCH/ours"
	git checkout -q HEAD^ && cp "$SCRATCH/ours" "${vault:-.}/contacts/jane-green.md"
	git stash -q && git checkout -q other
	try stash pop
	is $? 0 "stash pop ($vault)"
	is_merged 'both sides are there'
	fresh "$vault"
	git checkout -q other && commit Director "$answered" x more
	try revert --no-edit HEAD^
	is $? 0 "revert ($vault)"
	note Director "$asked" ' ' >"$SCRATCH/taken-back"
	same "${vault:-.}/contacts/jane-green.md" "$SCRATCH/taken-back" 'what came after it is there'
done

# --- conflicts ---
fresh ''
git checkout -q other && commit Manager "$answered" x more && git checkout -q main
try merge other
is $? 1 'one value to two'
is "$(sed -n '/^<<<</,/^>>>>/p' contacts/jane-green.md)" '<<<<<<< ours
role: Director
=======
role: Manager
>>>>>>> theirs' 'stands twice, and nothing else does'
is "$(git status --porcelain contacts)" 'UU contacts/jane-green.md' 'git knows that'
ivnotes check --today 2026-10-07 >"$SCRATCH/found"
ok 'check finds it' grep -q 'contacts/jane-green.md:6:1: error: .*\[conflict-marker\]' "$SCRATCH/found"
try merge --abort
is "$(sed -n 's/^role: //p' contacts/jane-green.md)" Director 'abort brings ours back'
git config core.attributesFile "$SCRATCH/attributes"
echo '*.md conflict-marker-size=12' >"$SCRATCH/attributes"
try merge other
ok 'markers of the size that attributes say' grep -q '^<<<<<<<<<<<< ours$' contacts/jane-green.md
ivnotes check --today 2026-10-07 >"$SCRATCH/found"
ok 'which check finds, too' grep -q 'jane-green.md:6:1: error: .*\[conflict-marker\]' "$SCRATCH/found"
git merge --abort

rm "$SCRATCH/attributes"
for style in diff3 zdiff3; do
	try -c merge.conflictStyle=$style merge other
	is "$(sed -n '/^<<<</,/^>>>>/p' contacts/jane-green.md)" '<<<<<<< ours
role: Director
||||||| base
role: Analyst
=======
role: Manager
>>>>>>> theirs' "the base where git's configuration wants it ($style)"
	git merge --abort
done
git config merge.conflictStyle merge
try merge other
ok 'and not where it does not' [ -z "$(sed -n '/^|||/p' contacts/jane-green.md)" ]
git merge --abort

# --- the settings of the working tree ---
fresh 'my notes'
echo 'fields: {stelle: role}' >"my notes/.ivnotes/config.yaml"
note Analyst "$asked" ' ' | sed 's/role/stelle/' >"my notes/contacts/jane-green.md"
git add -A && git commit -qm 'own key'
git checkout -q -b third && sed -i 's/stelle: Analyst/role: Director/' "my notes/contacts/jane-green.md"
git commit -qam 'their word'
git checkout -q main && sed -i 's/Analyst/Manager/' "my notes/contacts/jane-green.md"
git commit -qam 'another value'
try merge third
is "$(sed -n '/^<<<</,/^>>>>/p' 'my notes/contacts/jane-green.md')" '<<<<<<< ours
stelle: Manager
=======
role: Director
>>>>>>> theirs' 'a key that the config knows is the field that it means'

# --- whatever goes wrong ---
holds_both() { grep -q '^role: Director' "$1" && grep -q "$answered" "$1"; }
fresh ''
printf '{{{' >.ivnotes/config.yaml
try merge other -m merged
is $? 0 'broken settings'
is_merged 'are no matter'
fresh ''
IVNOTES_TODAY=never IVNOTES_VAULT=/nowhere HOME=/nowhere try merge other -m merged
is $? 0 'an environment that is of no use'
is_merged 'is no matter'

# An ivnotes in place of ours: dying FIRST-WORDS
mkdir "$SCRATCH/bin"
dying()
{
	printf '#!/bin/sh\n%s\nkill -9 $$\n' "$1" >"$SCRATCH/bin/ivnotes"
	chmod +x "$SCRATCH/bin/ivnotes"
	PATH=$SCRATCH/bin:$whole_path
}
whole_path=$PATH
fresh ''
dying ''
try merge other
is $? 1 'ivnotes killed as it begins'
ok 'both are in the file' holds_both contacts/jane-green.md
ok 'between markers' grep -q '^<<<<<<<' contacts/jane-green.md
is "$(git status --porcelain contacts)" 'UU contacts/jane-green.md' 'and git knows that'
PATH=$whole_path
fresh ''
printf '```\n<<<<<<< ours\n```\n' >>contacts/jane-green.md && git commit -qam 'a note about markers'
dying ''
try merge other
ok 'killed as it begins, both are in a note that shows markers' holds_both contacts/jane-green.md
PATH=$whole_path
fresh ''
# The last three words are the files.
# shellcheck disable=SC2016 # for that script
dying 'while [ $# -gt 3 ]; do shift; done
{ echo "<<<<<<< ours"; cat "$2"; echo =======; cat "$3"; echo ">>>>>>> theirs"; } >both && cat both >"$2" && rm both'
try merge other
is $? 1 'killed when both were secured'
ok 'they are as they were' holds_both contacts/jane-green.md
is "$(grep -c '^<<<<<<<' contacts/jane-green.md)" 1 'once'
PATH=$whole_path

fresh ''
rm "$SCRATCH/bin/ivnotes" && ln -s "$(command -v git)" "$SCRATCH/bin/git"
PATH=$SCRATCH/bin:/usr/bin:/bin
if command -v ivnotes >"$SCRATCH/out"; then
	skip 'ivnotes is installed' 'git merges alone where ivnotes is not to be found'
else
	try merge other
	is $? 1 'without ivnotes'
	ok 'both are in the file' holds_both contacts/jane-green.md
	ok 'between markers' grep -q '^<<<<<<<' contacts/jane-green.md
fi
PATH=$whole_path

# --- others at work ---
# Those who write to a folder do so one after the other, and sweep away what a crash left there.
fresh ''
git show other~:contacts/jane-green.md >base
git show other:contacts/jane-green.md >theirs
perl -e 'use Fcntl ":flock"; open my $folder, "<", "contacts"; flock $folder, LOCK_EX; print "\n"; close STDOUT; sleep 9' \
	>"$SCRATCH/locked" &
holder=$!
until [ -s "$SCRATCH/locked" ]; do sleep 0.05; done
status_is 3 'the folder is locked for long' ivnotes merge-file base contacts/jane-green.md theirs
ok 'ours is as it was' git diff --quiet contacts
kill "$holder"
status_is 0 'and free again' ivnotes merge-file base contacts/jane-green.md theirs
is_merged 'it is merged'

# --- killed at any moment: OURS is as it was, or both are in it ---
fresh ''
git show other~:contacts/jane-green.md >base
git show other:contacts/jane-green.md >theirs
lost=0
for n in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
	git checkout -q contacts
	timeout -s KILL "0.00$((n * 4 / 10))$((n * 4 % 10))" \
		ivnotes merge-file base contacts/jane-green.md theirs >"$tap_log" 2>&1
	git diff --quiet contacts || holds_both contacts/jane-green.md || lost=$((lost + 1))
done
is "$lost" 0 'nothing was lost'
done_testing
