#!/bin/sh
# Which of git's settings `ivnotes sync` heeds, and what it says to those that it cannot: none that says
# where the notes go, or how they are protected, is passed over in silence.
. "$TESTS/lib/tap.sh"
forgive_libgit2
export SCRATCH

note() { printf -- '---\ntype: contact\nname: %s\n---\nText.\n' "$2" >"$1"; }
save() { git add -A && git commit -q -m "${1:-more}"; }
sync() { ivnotes sync "$@" >"$SCRATCH/out" 2>"$SCRATCH/err"; }
says() { grep -F -- "$1" "$SCRATCH/err" || { cat "$SCRATCH/err" && false; }; }
tip() { git -C "$SCRATCH/$1" rev-parse -q --verify "${2:-main}"; }

# A clone of r.git with a commit that is not there yet, and fork.git, which is empty.
fresh()
{
	cd "$SCRATCH" && rm -rf ./*.git a b c && git init -q --bare -b main r.git || exit 1
	git init -q --bare -b main fork.git
	git init -q -b main a && cd a && git remote add origin ../r.git
	note jane.md Jane && save first && git push -q -u origin main
	note omar.md Omar && save
	git remote add fork ../fork.git
}

# refused NAME WORDS: exit status 3, the words, and nothing was sent
refused()
{
	refused_before=$(git for-each-ref; git -C ../r.git for-each-ref; git -C ../fork.git for-each-ref)
	status_is 3 "$1" sync
	ok "$1: says '$2'" says "$2"
	is "$(git for-each-ref; git -C ../r.git for-each-ref; git -C ../fork.git for-each-ref)" \
		"$refused_before" "$1: nothing went anywhere"
}

# --- pushed elsewhere than fetched from ---
for setting in branch.main.pushRemote remote.pushDefault; do
	fresh
	git clone -q ../r.git ../b && (cd ../b && note lea.md Lea && save && git push -q)
	git config $setting fork
	upstream=$(git -C ../r.git rev-parse main)
	status_is 0 "$setting" sync
	is "$(cat "$SCRATCH/out")" "1 commit of yours sent, 1 received; 'main' is new at 'fork'" \
		"$setting: from the one, to the other"
	is "$(tip fork.git)" "$(tip a)" "$setting: sent there"
	is "$(tip r.git)" "$upstream" "$setting: and only there"
	git clone -q -b main ../fork.git ../c && (cd ../c && note mia.md Mia && save && git push -q)
	note noor.md Noor && save
	status_is 0 "$setting: somebody was there meanwhile" sync
	is "$(cat "$SCRATCH/out")" '1 commit of yours sent, 1 received' "$setting: which is merged"
	is "$(git log -1 --format=%s)" "Merge remote-tracking branch 'fork/main'" "$setting: by its name"
	is "$(tip fork.git)" "$(tip a)" "$setting: and sent"
	status_is 0 "$setting: who names a remote" sync origin
	is "$(tip r.git)" "$(tip a)" "$setting: means it both ways"
done
fresh
git config branch.main.pushRemote nowhere
refused 'a pushRemote that is none' "no remote is called 'nowhere'"
git config branch.main.pushRemote origin
status_is 0 'the same remote' sync
is "$(tip r.git)" "$(tip a)" 'is no other one'

# --- URLs ---
fresh
git config "url.$SCRATCH/fork.git.pushInsteadOf" ../r.git
status_is 0 'pushInsteadOf' sync
is "$(tip fork.git)" "$(tip a)" 'is where it goes'
fresh
git config "url.$SCRATCH/fork.git.pushInsteadOf" ../r.git && git config remote.origin.pushurl "$SCRATCH/r.git"
status_is 0 'a pushurl' sync
is "$(tip r.git)" "$(tip a)" 'comes before it'
fresh
git remote set-url --add origin ../fork.git
refused 'two URLs' "'remote.origin.url' names 2 URLs, and a sync is with one"
fresh
git remote set-url --add --push origin ../fork.git && git remote set-url --add --push origin ../r.git
refused 'two URLs to push to' "'remote.origin.pushurl' names 2 URLs"
status_is 0 'a remote of its own for each' sync fork
is "$(tip fork.git)" "$(tip a)" 'is the way to go on'
fresh
for url in gcrypt::../r.git gcrypt::ssh://host/x 'ext::sh -c %S'; do
	git remote set-url origin "$url"
	refused "$url" "is for the program 'git-remote-${url%%::*}'"
done
git remote set-url origin ../r.git
for setting in 'push HEAD:refs/for/main' 'mirror true' 'vcs hg'; do
	git config "remote.origin.${setting%% *}" "${setting#* }"
	refused "$setting" "git's setting 'remote.origin.${setting%% *}' cannot be heeded"
	git config --unset "remote.origin.${setting%% *}"
done
git config push.gpgSign true
refused 'signed pushes' "'push.gpgSign' wants pushes to be signed"
git config push.gpgSign if-asked && git config remote.origin.mirror false
git config protocol.file.allow never
refused 'a protocol that is not allowed' "does not allow the protocol 'file'"
git config --unset protocol.file.allow && git config protocol.allow never
refused 'no protocol is allowed' "does not allow the protocol 'file'"
git config protocol.file.allow always
status_is 0 'but this one' sync
is "$(tip r.git)" "$(tip a)" 'is'

# --- whatever push.default says ---
for default in nothing current upstream simple matching; do
	fresh
	git switch -q -c trunk --track origin/main && note "t-$default.md" T && save
	git config push.default $default
	status_is 0 "push.default=$default" sync
	is "$(git -C ../r.git for-each-ref --format='%(refname) %(objectname)')" \
		"refs/heads/main $(git rev-parse trunk)" 'the upstream it is'
done

# --- programs at the other end ---
fresh
cat >"$SCRATCH/end" <<'END'
#!/bin/sh
echo "$1|$2" >>"$SCRATCH/ran"
exec git "$1" "$3"
END
chmod +x "$SCRATCH/end"
git config remote.origin.uploadpack "$SCRATCH/end upload-pack 'a b'"
git config remote.origin.receivepack "$SCRATCH/end receive-pack 'c d'"
status_is 0 'uploadpack and receivepack' sync
is "$(cat "$SCRATCH/ran")" 'upload-pack|a b
receive-pack|c d' 'are what is started in a folder'
is "$(tip r.git)" "$(tip a)" 'and it is sent'
# shellcheck disable=SC2016 # for the script to expand
printf '#!/bin/sh\nshift $(($# - 1))\necho "$1" >>"%s/asked"\nexec sh -c "$1"\n' "$SCRATCH" >"$SCRATCH/ssh"
chmod +x "$SCRATCH/ssh" && rm "$SCRATCH/ran"
git remote set-url origin "there:$SCRATCH/r.git" && note z.md Z && save
GIT_SSH=$SCRATCH/ssh status_is 0 'over ssh' sync
is "$(cat "$SCRATCH/asked")" "$SCRATCH/end upload-pack 'a b' '$SCRATCH/r.git'
$SCRATCH/end receive-pack 'c d' '$SCRATCH/r.git'" 'too'
is "$(tip r.git)" "$(tip a)" 'and it is sent'

# --- http settings that libgit2 cannot heed ---
fresh
git remote set-url origin https://notes.example.org/r.git
for setting in sslCert sslKey pinnedPubkey sslVersion sslCipherList cookieFile curloptResolve proxySSLCert; do
	git config "http.$setting" /some/where
	refused "http.$setting" "git's setting 'http.$(echo $setting | tr '[:upper:]' '[:lower:]')' is for 'https://notes.example.org/r.git'"
	git config --unset "http.$setting"
done
git config http.https://notes.example.org/.sslCert /some/where
refused 'one for this host' 'sslcert'
git config http.https://notes.example.org/.sslCert ''
git config http.https://other.example.org/.sslKey /some/where
git remote set-url origin ../r.git
git config http.sslCert /some/where
status_is 0 'a folder has nothing to do with it' sync

done_testing
