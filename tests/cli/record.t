#!/bin/sh
# Commands that change notes, where something is in the way: another writer, a file or folder that
# may not be written, a full disk, links, a kill half-way. The note is whole, old or new, and nothing
# else is left behind.
. "$TESTS/lib/tap.sh"

IVNOTES_TODAY=2026-11-23
export IVNOTES_TODAY
mkdir -p vault/contacts vault/meetings
cd vault || exit 1
note() { printf '%s\n' --- 'type: contact' "name: $1" 'touches:' '  - 2026-10-01 email' --- 'Hello.'; }
note 'Jane Green' >contacts/jane.md
note 'Tom Tolley' >contacts/tom.md
cp -R . ../whole

reset()
{
	cd .. && rm -rf vault && cp -R whole vault && cd vault || exit 1
}
untouched()
{
	diff -r ../whole . >"$tap_log" 2>&1
	tap_point $? "$1"
}
last_word() { "$@" 2>&1 | tail -n 1; }

# Ten at once: those that say they wrote it did, the others say why not, and no line is lost.
for i in 1 2 3 4 5 6 7 8 9 10; do
	ivnotes -q touched jane "word number $i" >"../said.$i" 2>&1 && echo "$i" >"../won.$i" &
done
wait
won=$(cat ../won.* | wc -l)
is "$(grep -c 'word number' contacts/jane.md)" "$won" 'of ten at once each line that was promised is there'
ok 'one of them wrote it' [ "$won" -ge 1 ]
cat ../said.* | grep -v 'was changed meanwhile, try again\|another program is writing' >../other
same ../other /dev/null 'the others were told that the note was changed'
is "$(ivnotes -q check --rule bad-value,front-matter)" '' 'and the note is sound'
is "$(find . -name '.ivnotes-*' | wc -l | tr -d ' ')" 0 'and nothing is left behind'

# What may not be written.
reset
chmod 444 contacts/jane.md
status_is 3 'a read-only file' ivnotes touched jane
is "$(last_word ivnotes touched jane)" \
	"ivnotes: touched: 'contacts/jane.md' is read-only; 'chmod u+w' lets it be changed" '... is said'
status_is 3 'one of two is read-only' ivnotes asked tom jane
chmod 644 contacts/jane.md
untouched '... and neither was changed'
chmod -R a+rwX .
chmod 755 "$SCRATCH"
chmod 555 contacts
status_is 3 'a read-only folder' as-nobody ivnotes touched jane
is "$(last_word as-nobody ivnotes touched jane)" \
	"ivnotes: touched: cannot write 'contacts/jane.md': Permission denied" '... is said'
chmod 777 contacts
untouched '... and nothing was changed'
rm -rf "$HOME/.cache"

# A limit on the size of files stands for a full disk; the note is larger than it.
reset
head -c 40000 /dev/zero | tr '\0' 'x' >>contacts/jane.md
cp contacts/jane.md ../large
limited() { (ulimit -f 16 && ivnotes -q --today 2026-11-23 touched jane); }
ivnotes -q check >/dev/null
status_is 3 'a full disk' limited
is "$(last_word limited)" "ivnotes: touched: cannot write 'contacts/jane.md': File too large" \
	'... is said'
same contacts/jane.md ../large '... and the note is as it was'
is "$(find . -name '.ivnotes-*' | wc -l | tr -d ' ')" 0 '... and nothing is left behind'

# A link in the place of a note or of its folder.
reset
mv contacts/jane.md ../outside.md
cp ../outside.md ../kept
ln -s ../../outside.md contacts/jane.md
status_is 3 'a link in the place of the note' ivnotes touched contacts/jane.md
same ../outside.md ../kept '... and what it leads to is as it was'
reset
mv contacts ../elsewhere
ln -s ../elsewhere contacts
status_is 3 'a link in the place of the folder' ivnotes touched contacts/jane.md
same ../elsewhere/jane.md ../whole/contacts/jane.md '... and what it leads to is as it was'
rm -rf ../elsewhere
reset
status_is 3 'a note outside of the vault' ivnotes touched ../kept
ln -s / meetings/2026
status_is 3 'a folder that leads out' ivnotes met jane --on 2026-11-20 -C meetings/2026/nowhere

# Killed at any moment: whole, old or new.
reset
killed=0 torn=0
for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
	ivnotes -q touched jane "number $i" 2>/dev/null &
	pid=$!
	sleep "0.00$((i % 10))"
	kill -9 $pid 2>/dev/null && killed=$((killed + 1))
	wait $pid 2>/dev/null
	tail -n 2 contacts/jane.md | grep -q Hello || torn=$((torn + 1))
done
is $torn 0 "killed $killed times, the note is whole"
is "$(ivnotes -q check --rule bad-value,front-matter)" '' '... and sound'
is "$(find . -name '*.md' | wc -l | tr -d ' ')" 2 '... and there is no note that nobody wrote'

# What --dry-run shows is what git takes, and what is then written.
reset
printf -- '---\r\ntype: contact\r\nname: Rosa\r\n---\r\nno end' >contacts/rosa.md
git init -q . && git add -A
ivnotes asked --dry-run jane tom rosa --via email >../patch
ok 'git takes the patch' git apply --whitespace=nowarn ../patch
cp -R contacts ../patched
git checkout -q .
ivnotes -q asked jane tom rosa --via email
ok 'it is what is written' diff -r ../patched contacts
is "$(git diff --numstat | tr '\t' ' ')" '2 0 contacts/jane.md
2 0 contacts/rosa.md
2 0 contacts/tom.md' 'and git shows these lines only'
done_testing
