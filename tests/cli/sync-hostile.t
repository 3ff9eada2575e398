#!/bin/sh
# `ivnotes sync` in a world that means no good: remotes that talk nonsense, hang, forget or have been rewritten,
# others at work in the same clone, a full disk. No record is lost, and what is said helps.
. "$TESTS/lib/tap.sh"
forgive_libgit2
export SCRATCH

note() { printf -- '---\ntype: contact\nname: %s\n%s---\nText.\n' "$2" "${3:+$3
}" >"$1"; }
save() { git add -A && git commit -q -m "${1:-more}"; }
sync() { ivnotes sync >"$SCRATCH/out" 2>"$SCRATCH/err"; }
dry() { ivnotes sync -n >"$SCRATCH/out" 2>"$SCRATCH/err"; }
says() { grep -F -- "$1" "$SCRATCH/err" || { cat "$SCRATCH/err" && false; }; }
tip() { git -C "$SCRATCH/$1" rev-parse -q --verify main; }
state() { git for-each-ref refs/heads; git status --porcelain; git ls-files -s; cat ./*.md; }
fresh()
{
	cd "$SCRATCH" && chmod -R u+w a b 2>/dev/null
	rm -rf r.git a b && git init -q --bare -b main r.git && git init -q -b main a && cd a &&
		git remote add origin ../r.git || exit 1
	note jane.md Jane && save first && git push -q -u origin main && git clone -q ../r.git ../b
}
# in_b NAME [LINE]: b sends a note
in_b() { (cd "$SCRATCH/b" && git pull -q && note "$1.md" "$1" "${2-}" && save && git push -q); }
# refused NAME WORDS
refused()
{
	refused_before=$(state)
	status_is 3 "$1" sync
	ok "$1: says '$2'" says "$2"
	is "$(state)" "$refused_before" "$1: nothing was touched"
}

# --- a remote that talks nonsense ---
fresh
note mine.md Mine && save
cat >"$SCRATCH/nonsense" <<'END'
#!/bin/sh
case $(cat "$SCRATCH/kind") in
text) echo 'Welcome to the notes! You have mail.' ;;
nothing) ;;
zeros) head -c 100000 /dev/zero ;;
noise) head -c 100000 "$(command -v git)" ;;
endless) yes ;;
huge) printf 'fff0%s' "$(head -c 70000 /dev/zero | tr '\0' a)" ;;
hash) printf '003cgggggggggggggggggggggggggggggggggggggggg refs/heads/main\n0000' ;;
name) printf '00400123456789012345678901234567890123456789 refs/../../config\n0000' ;;
half) printf '003f0123456789012345678901234567890123456789 refs/he' ;;
esac
END
chmod +x "$SCRATCH/nonsense"
git remote set-url origin there:r.git
for kind in text nothing zeros noise endless huge hash name half; do
	echo $kind >"$SCRATCH/kind"
	before=$(state)
	GIT_SSH=$SCRATCH/nonsense status_is 3 "$kind" timeout 20 ivnotes sync
	is "$(state)" "$before" "$kind: nothing was touched"
done

# --- one that hangs is left by whoever has waited long enough ---
# shellcheck disable=SC2016 # for the script to expand
printf '#!/bin/sh\necho $$ >"$SCRATCH/hung"\nexec sleep 60\n' >"$SCRATCH/hang" && chmod +x "$SCRATCH/hang"
before=$(state)
GIT_SSH=$SCRATCH/hang timeout -s INT 2 ivnotes sync >/dev/null 2>&1
is $? 124 'a remote that hangs can be left'
is "$(state)" "$before" 'and nothing was touched'
not_ok 'nor does a lock stay' sh -c 'ls .git/*.lock'
kill "$(cat "$SCRATCH/hung")" 2>/dev/null

# --- history that was rewritten there ---
fresh
in_b omar && sync
note lea.md Lea && save
(cd ../b && git reset -q --hard HEAD~1 && git push -q -f)
status_is 0 'in a dry run of a remote that was rewound' dry
ok 'it is said' says "'origin/main' was rewound or rewritten there"
git update-ref refs/remotes/origin/main HEAD~1
refused 'a remote that was rewound' "'origin/main' was rewound or rewritten there: commits that it had are gone"
is "$(git -C ../r.git ls-tree --name-only main)" jane.md 'what was taken away there stays away'
status_is 0 'who wants it there syncs again' sync
is "$(git -C ../r.git ls-tree --name-only main | tr '\n' ' ')" 'jane.md lea.md omar.md ' 'and it is'
(cd ../b && git pull -q && note jane.md Jane 'role: Partner' && git commit -q -a --amend --no-edit && git push -q -f)
note mia.md Mia && save
refused 'a remote that was rewritten' "'git log --oneline HEAD...origin/main' shows what differs"
status_is 0 'is merged when told again' sync
is "$(grep -c Partner jane.md) $(git -C ../r.git ls-tree --name-only main | tr '\n' ' ')" \
	'1 jane.md lea.md mia.md omar.md ' 'with all there was on either side'

# --- a branch that is gone, and a tag in its place ---
fresh
note omar.md Omar && save
git -C ../r.git update-ref -d refs/heads/main
status_is 0 'a branch that is gone there' sync
is "$(tip r.git)" "$(tip a)" 'is made anew'
ok 'which is said' grep -q "'main' is new at 'origin'" "$SCRATCH/out"
git -C ../r.git tag main HEAD~1 && git -C ../r.git tag refs/heads/main HEAD~1
git tag main HEAD~1
note lea.md Lea && save
status_is 0 'tags of the name of the branch' sync
is "$(git -C ../r.git rev-parse refs/heads/main)" "$(git rev-parse refs/heads/main)" 'are not taken for it'
is "$(git -C ../r.git rev-parse refs/tags/main)" "$(git -C ../r.git rev-parse refs/heads/main~2)" \
	'and stay where they are'

# --- others in the same clone ---
fresh
in_b omar
note lea.md Lea && save
for i in 1 2 3 4 5; do
	ivnotes sync >"$SCRATCH/out.$i" 2>&1 &
done
wait
status_is 0 'five at once in one clone' sync
is "$(git ls-files | tr '\n' ' ')$(git status --porcelain)" 'jane.md lea.md omar.md ' 'lose nothing'
is "$(tip r.git)" "$(tip a)" 'and it is sent'
in_b noor
note mia.md Mia && git add mia.md
printf '#!/bin/sh\nivnotes sync >"%s/inner" 2>&1\necho words >"$1"\n' "$SCRATCH" >"$SCRATCH/editor"
chmod +x "$SCRATCH/editor"
GIT_EDITOR=$SCRATCH/editor git commit -q >/dev/null 2>&1
git diff --cached --quiet || git commit -q -m words
sync
is "$(git ls-files | tr '\n' ' ')$(git status --porcelain)" 'jane.md lea.md mia.md noor.md omar.md ' \
	'while git commits: nothing is lost'
is "$(tip r.git)" "$(tip a)" 'and it is sent'
ok 'fsck is content' git fsck --strict

# --- no room, no leave ---
fresh
in_b omar "role: $(head -c 60000 /dev/zero | tr '\0' a)"
note lea.md Lea && save
before=$(state)
(ulimit -f 16 && exec ivnotes sync) >"$SCRATCH/out" 2>"$SCRATCH/err"
is "$(($? > 0)) $(state)" "1 $before" 'no room for what comes'
status_is 0 'with room' sync
is "$(git ls-files | tr '\n' ' ')$(git status --porcelain)" 'jane.md lea.md omar.md ' 'all is there'
mkdir -p "$SCRATCH/small"
if mount -t tmpfs -o size=600k tmpfs "$SCRATCH/small" 2>/dev/null; then
	in_b big "role: $(head -c 400000 /dev/urandom | od -An -tx1 | tr -d ' \n')"
	git clone -q --no-hardlinks -b main "file://$SCRATCH/r.git" "$SCRATCH/c" && cd "$SCRATCH/c" &&
		git reset -q --hard HEAD~1 && git update-ref refs/remotes/origin/main HEAD
	git reflog expire --expire=now --all && git gc -q --prune=now && rm -f .git/hooks/*.sample &&
		cp -a . "$SCRATCH/small/c" && cd "$SCRATCH/small/c" || exit 1
	refused 'a full disk' 'No space left on device'
	ok 'leaves all as it was' git fsck --strict
	cd "$SCRATCH/a" && umount "$SCRATCH/small"
else
	skip 'a full disk' 'no leave to mount'
fi
fresh
in_b jane 'role: Partner'
chmod a-w jane.md
refused 'a note that may not be written' "'jane.md' is read-only; 'chmod u+w' lets it be changed"
chmod u+w jane.md
status_is 0 'once it may' sync
ok 'it is' grep -q Partner jane.md

# --- names that differ in case, where the file system takes them for one ---
fresh
git config core.ignoreCase true
in_b Jane 'role: Another'
sync
is "$(git ls-tree --name-only -r HEAD | tr '\n' ' ')$(git status --porcelain)" 'Jane.md jane.md ' \
	'two notes of nearly one name'
is "$(grep -c Another Jane.md) $(grep -c '^name: Jane' jane.md)" '1 1' 'are two'

# --- line ends of notes that both changed ---
fresh
printf '*.md text eol=crlf\n' >.gitattributes && rm jane.md && git checkout -q jane.md && save && sync
in_b jane 'role: Partner'
printf -- '---\r\ntype: contact\r\nname: Jane\r\n---\r\nText.\r\nMore.\r\n' >jane.md && save
status_is 0 'CR LF by .gitattributes, changed by both' sync
is "$(cat jane.md)" "$(printf -- '---\r\ntype: contact\r\nname: jane\r\nrole: Partner\r\n---\r\nText.\r\nMore.\r')" \
	'is merged, with these line ends'
is "$(git status --porcelain)" '' 'and status is clean'
is "$(git show HEAD:jane.md | grep -c "$(printf '\r')")" 0 'git has its own'

# --- a submodule that both moved ---
fresh
git init -q -b main ../sub.git && (cd ../sub.git && note s.md S && save)
git -c protocol.file.allow=always submodule --quiet add ../sub.git sub 2>/dev/null && save && sync
(cd ../b && git pull -q && git -c protocol.file.allow=always submodule --quiet update --init &&
	cd sub && note theirs.md T && save && cd .. && save && git push -q)
(cd sub && note ours.md O && save) && save
status_is 1 'a submodule that both moved' sync
ok 'is a conflict' grep -q '^sub: changed here and there; ' "$SCRATCH/out"
is "$(git ls-files -u | wc -l)" 3 'which git knows'
git merge --abort 2>/dev/null || git reset -q --merge

# --- thousands of refs ---
fresh
git -C ../r.git pack-refs --all
tip=$(tip a)
i=10000
while [ $i -lt 15000 ]; do
	i=$((i + 1))
	echo "$tip refs/heads/n$i"
done >>../r.git/packed-refs
in_b omar
note lea.md Lea && save
status_is 0 'a remote of 5000 branches' timeout 60 ivnotes sync
is "$(tip r.git)" "$(tip a)" 'is one'
is "$(git rev-parse origin/main)" "$(tip a)" 'and the tracking branch says so'
git switch -q -c other && note mia.md Mia && save
status_is 0 'a branch that is not among them' sync
is "$(cat "$SCRATCH/out")" "1 commit of yours sent; 'other' is new at 'origin'" 'is made'

done_testing
