#!/bin/sh
# `ivnotes restore`: what comes back, from where and to where, and what is never written over.
. "$TESTS/lib/tap.sh"

unset IVNOTES_TODAY
GIT_AUTHOR_DATE=2026-11-20T10:00:00+0100 GIT_COMMITTER_DATE=2026-11-20T10:00:00+0100
export GIT_AUTHOR_DATE GIT_COMMITTER_DATE

# note FILE NAME [LINE]: a contact of ten lines, so that git sees a rename where one changes
note()
{
	printf -- '---\ntype: contact\nname: %s\norganization: Green\nrole: chair\nsource: a fair\nphone: 1\n---\n%s\n' \
		"$2" "${3-Text.}" >"$1"
}
commit() { git add -A && git commit -q --allow-empty -m "$1"; }
restore()
{
	ivnotes --today 2026-11-28 restore "$@" >"$SCRATCH/out" 2>"$SCRATCH/err"
}
out() { cat "$SCRATCH/out"; }
err() { sed 's/^ivnotes: restore: //' "$SCRATCH/err"; }
head_id() { git rev-parse --short=7 "${1:-HEAD}"; }

# A vault with a committed note, and one that was deleted two commits later.
fresh()
{
	cd "$SCRATCH" && rm -rf repo && mkdir -p repo/contacts repo/old/er && cd repo || exit 1
	git init -q -b main .
	note contacts/jane-green.md 'Jane Green'
	note old/er/omar.md 'Omar Haddad' One.
	commit one
	note old/er/omar.md 'Omar Haddad' Two.
	commit two
	rm -r old
	note contacts/jane-green.md 'Jane Green' Later.
	commit three
	commit four
}

# refused NAME WORDS COMMAND...: nothing is written, and that is said
refused()
{
	name=$1 words=$2
	shift 2
	before=$(find . -type f -exec cksum {} + | sort)
	status_is 3 "refused: $name" restore "$@"
	is "$(err)" "$words" "... in words"
	is "$(out)" '' '... without results'
	is "$(find . -type f -exec cksum {} + | sort)" "$before" '... and nothing was written'
}

# --- the last version ---
fresh
rm contacts/jane-green.md
ok 'one that was deleted in the working tree' restore jane-green
is "$(out)" "restored contacts/jane-green.md from commit $(head_id) of Fri 20 Nov" 'says what, from which commit and day'
is "$(err)" '' 'and no more'
is "$(git status --porcelain)" '' 'it is as it was'
ok 'again' restore jane-green
is "$(out)$(err)" "contacts/jane-green.md is as in commit $(head_id) of Fri 20 Nov" 'nothing to do is said'
ok 'one that a commit removed' restore omar
is "$(out)" "restored old/er/omar.md from commit $(head_id HEAD~2) of Fri 20 Nov" 'from the commit before'
is "$(tail -n 1 old/er/omar.md)" Two. 'as it was there'
is "$(git status --porcelain)" '?? old/' 'an ordinary change, which is not staged'
rm -r old
for word in OMAR.md old/er/omar old/er/omar.md ./old/er/omar.md 'Omar Haddad' 'omar haddad'; do
	ok "by '$word'" restore -q "$word"
	is "$(tail -n 1 old/er/omar.md)$(out)$(err)" Two. 'without a word with -q'
	rm -r old
done
(cd contacts && restore -C .. ../old/er/omar.md)
is "$(out)" "restored ../old/er/omar.md from commit $(head_id HEAD~2) of Fri 20 Nov" 'from a folder of the vault'
rm -r old
rm contacts/jane-green.md
ok 'two at once' restore omar jane-green omar
is "$(wc -l <"$SCRATCH/out" | tr -d ' ')" 2 'each once'
is "$(git status --porcelain)" '?? old/' 'both'

# --- of a revision ---
fresh
ok 'of a revision' restore --at HEAD~2 jane-green
is "$(out)" "restored contacts/jane-green.md from commit $(head_id HEAD~2) of Fri 20 Nov" 'says which'
is "$(tail -n 1 contacts/jane-green.md)" Text. 'as it was there'
ok 'a deleted one of a revision' restore --at HEAD~3 omar
is "$(tail -n 1 old/er/omar.md)" One. 'as it was there'
GIT_AUTHOR_DATE=2025-01-01T23:00:00-0500 git commit -q -a -m five
ok 'the year of the commit' restore --at HEAD contacts/jane-green.md
is "$(err)" "contacts/jane-green.md is as in commit $(head_id) of Wed 1 Jan 2025" 'is told where it is another'
refused 'no such revision' "no revision 'v9'" --at v9 jane-green
refused 'a file is no revision' "'HEAD:contacts/jane-green.md' is no commit" --at HEAD:contacts/jane-green.md jane-green

# --- what is not committed ---
fresh
note contacts/jane-green.md 'Jane Green' 'My edit.'
edits="'contacts/jane-green.md' holds what is not committed; 'ivnotes commit' keeps it, --force writes over it"
refused 'uncommitted edits' "$edits" jane-green
refused 'the same of a revision' "$edits" --at HEAD~3 jane-green
git add contacts
refused 'the same, staged' "$edits" jane-green
git reset -q
refused 'all or none' "$edits" omar jane-green
ok 'with --force' restore -f jane-green
is "$(tail -n 1 contacts/jane-green.md)" Later. 'it is written over'
kept=$(err | sed -n "s/^what 'contacts\/jane-green.md' holds now is kept for some weeks: //p")
is "$($kept | tail -n 1)" 'My edit.' 'and what stood there can be had again'
printf 'x' >contacts/jane-green.md
ok 'a dry run with --force' restore -n -f jane-green
is "$(cat contacts/jane-green.md)$(err)" x 'writes nothing and keeps nothing'
git add contacts && git commit -q -m 'x'
ok 'what was committed' restore --at HEAD~1 jane-green
is "$(err)" '' 'is in no danger'
fresh
note contacts/new.md 'New One'
refused 'one that was never committed' "'contacts/new.md' was never committed, so no version is kept" new
mkdir -p old/er && note old/er/omar.md Other
refused 'a new file in the place of a deleted one' \
	"'old/er/omar.md' holds what is not committed; 'ivnotes commit' keeps it, --force writes over it" omar

# --- the diff ---
fresh
restore -n omar
is "$(sed -n '1,3p' "$SCRATCH/out" | tr '\n' '|')" 'diff --git a/old/er/omar.md b/old/er/omar.md|new file mode 100644|index 0000000..'"$(git rev-parse --short=7 HEAD~2:old/er/omar.md)"'|' 'a dry run shows a new file'
not_ok 'and makes no folder' test -e old
git apply "$SCRATCH/out"
is "$(git hash-object old/er/omar.md)" "$(git rev-parse HEAD~2:old/er/omar.md)" 'git takes it'
restore -n --at HEAD~3 jane-green
is "$(grep '^[-+][^-+]' "$SCRATCH/out" | tr '\n' '|')" '-Later.|+Text.|' 'or the lines that change'

# --- renamed since ---
fresh
git mv contacts/jane-green.md contacts/jane-adler.md && sed -i 's/Jane Green/Jane Adler/' contacts/jane-adler.md
commit renamed
ok 'by the new name' restore --at HEAD~1 jane-adler
is "$(out)" "restored contacts/jane-adler.md from commit $(head_id HEAD~1) of Fri 20 Nov, where it was contacts/jane-green.md" \
	'it goes to where it is today'
is "$(grep name: contacts/jane-adler.md)" 'name: Jane Green' 'as it was'
git checkout -q .
ok 'by the old name' restore --at HEAD~1 jane-green
is "$(ls contacts) $(grep name: contacts/jane-adler.md)" 'jane-adler.md name: Jane Green' 'is the same'
git checkout -q .
ok 'by the old name, the last version' restore jane-green
is "$(err)" "contacts/jane-adler.md is as in commit $(head_id) of Fri 20 Nov" 'is that of today'
mkdir moved && git mv contacts/jane-adler.md moved/jane-adler.md
ok 'moved and not committed' restore jane-adler
is "$(err)" "moved/jane-adler.md is as in commit $(head_id) of Fri 20 Nov, where it was contacts/jane-adler.md" 'stays where it is'
note moved/jane-adler.md 'All else' "$(seq 100)"
commit moved
ok 'moved and rewritten' restore --at HEAD~1 jane-adler
is "$(grep name: moved/jane-adler.md)" 'name: Jane Adler' 'is known by its id'

# --- what stands in the way ---
fresh
note contacts/omar.md 'Another Omar' && commit other
refused 'its id is another note'"'"'s' "cannot restore 'old/er/omar.md': 'contacts/omar.md' has this id today" old/er/omar.md
fresh
: >old
refused 'a file where its folder was' "cannot make folder '$PWD/old': Not a directory" omar
rm old && ln -s "$SCRATCH" old
refused 'a symlink where its folder was' "'old/er/omar.md' leads over a symbolic link" omar
not_ok 'nothing was made behind it' test -e "$SCRATCH/er"
rm old && mkdir -p old/er/omar.md
refused 'a folder of its name' 'old/er/omar.md: no regular file' omar
rm -r old && mkdir old && git init -q old
refused 'a repository in its place' "'old/er/omar.md' is in a git repository of its own" omar
rm -rf old && mkdir .ivnotes && echo 'ignore: old/' >.ivnotes/config.yaml
refused 'ignored today' "no note is called 'omar', neither today nor in any commit before" omar
refused 'ignored today, of a revision' "'old/er/omar.md' would be no note of the vault: it is in a folder that begins with a dot, or the config's 'ignore' leaves it out" --at HEAD~3 omar
rm -r .ivnotes
ln -s contacts/jane-green.md link.md && commit link && rm link.md && commit unlinked
refused 'a symlink' "no note is called 'link', neither today nor in revision 'HEAD~1'" --at HEAD~1 link
note link.md Link && commit file
refused 'a file that was a symlink' "'link.md' was a symlink then, expected a file" --at HEAD~2 link
git init -q sub.md && git -C sub.md commit -q --allow-empty -m sub && git add sub.md 2>/dev/null && git commit -q -m sub
rm -rf sub.md && note sub.md Sub && commit 'no sub'
refused 'a file that was a submodule' "'sub.md' was a submodule then, expected a file" --at HEAD~1 sub
mkdir a b && note a/twin.md Twin && note b/twin.md Twin && commit twins && rm -r a b && commit 'no twins'
refused 'two that were called so' "'twin' could be 'a/twin.md' or 'b/twin.md'" twin
ok 'one of them' restore a/twin
refused 'nobody' "no note is called 'nobody', neither today nor in any commit before" nobody
echo '*.md filter=crypt' >.gitattributes
refused 'a filter' "'old/er/omar.md' has the git attribute 'filter', which ivnotes cannot apply; 'git restore' can" omar
rm .gitattributes
status_is 2 'no word' restore
status_is 2 'a format' restore --format=json omar

# --- odd notes come back byte for byte ---
fresh
printf -- '---\nname: [\n\0\377 \r\n' >broken.md && : >empty.md && note 'sp ace "q".md' Odd && chmod +x empty.md
commit odd
git ls-files -s >"$SCRATCH/before" && rm ./*.md
ok 'broken, empty and odd ones' restore broken empty 'sp ace "q"'
is "$(git status --porcelain)" '' 'byte for byte, with their modes'

# --- line ends and the like, as git checks them out ---
fresh
printf 'one\ntwo\n' >lf.md && printf 'one\r\ntwo\r\n' >crlf.md && printf 'one\r\ntwo\n' >mixed.md
printf 'one\ntwo\0\n' >nul.md && echo "\$Id\$ one" >id.md && printf 'one\rtwo\n' >cr.md
commit ends
for attribute in '' 'text' 'text=auto' 'text eol=crlf' 'text eol=lf' 'eol=crlf' '-text' 'ident' 'binary' 'text=auto eol=crlf'; do
	for config in 'core.autocrlf false' 'core.autocrlf true' 'core.autocrlf input' 'core.eol crlf'; do
		# shellcheck disable=SC2086
		git config $config
		[ -z "$attribute" ] || echo "*.md $attribute" >.gitattributes
		bad=
		for name in lf crlf mixed nul id cr; do
			rm -f $name.md && git checkout -q HEAD -- $name.md && mv $name.md "$SCRATCH/$name"
			restore -q $name
			cmp -s $name.md "$SCRATCH/$name" || bad="$bad $name"
			restore -q $name || bad="$bad $name-again"
		done
		is "$bad" '' "line ends: '$attribute', $config"
		rm -f .gitattributes
		git config --unset-all "${config% *}"
	done
done

# --- shallow ---
fresh
git clone -q --depth=1 "file://$SCRATCH/repo" "$SCRATCH/shallow" && cd "$SCRATCH/shallow" || exit 1
rm contacts/jane-green.md
ok 'a shallow clone' restore jane-green
refused 'what it does not hold' "no note is called 'omar', neither today nor in any commit before; this is a shallow clone, 'git fetch --unshallow' gets the older commits" omar
refused 'a revision that it does not hold' "no revision 'HEAD~2'; this is a shallow clone, 'git fetch --unshallow' gets the older commits" --at HEAD~2 omar

# --- nothing is half done ---
fresh
rm -r contacts && mkdir locked && note locked/l.md L && commit l && rm locked/l.md && chmod 555 locked
if [ "$(id -u)" != 0 ]; then
	refused 'a folder that cannot be written' "cannot write 'locked/l.md': Permission denied" jane-green l
	not_ok 'no folder was made for the other' test -e contacts
else
	chmod -R a+rwX .git . && chmod 555 locked && git config --global --add safe.directory "$PWD"
	cp "$HOME/.gitconfig" "$SCRATCH/nobody.gitconfig"
	mkdir -p "$SCRATCH/home2" && cp "$HOME/.gitconfig" "$SCRATCH/home2" && chmod -R a+rwX "$SCRATCH/home2"
	status_is 3 'a folder that cannot be written' as-nobody env HOME="$SCRATCH/home2" XDG_CACHE_HOME="$SCRATCH/home2" \
		ivnotes restore jane-green l
	not_ok 'nothing else was written' test -e contacts
fi
chmod 755 locked
done_testing
