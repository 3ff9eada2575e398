#!/bin/sh
# Revisions that are none, and revisions in which notes were broken.
. "$TESTS/lib/tap.sh"
forgive_libgit2

unset IVNOTES_TODAY
GIT_AUTHOR_DATE=2026-11-20T10:00:00Z GIT_COMMITTER_DATE=2026-11-20T10:00:00Z
export GIT_AUTHOR_DATE GIT_COMMITTER_DATE

. "$TESTS/cli/bad-repository/functions"
picture() { find . -printf '%p %y %m %l\n' -type f -exec cksum {} + | sort; }

mkdir "$SCRATCH/work" && cd "$SCRATCH/work" && git init -q -b main . || exit 1
mkdir sub && note sub/jane.md 'Jane Green' && note lost.md Lost && commit one
note sub/jane.md 'Jane Green' 'Text, more of it.' && commit two
rm lost.md

# --- revisions that are none ---

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
