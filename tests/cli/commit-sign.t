#!/bin/sh
# Signed commits: what the configured program signs is what git verifies, or nothing is committed.
. "$TESTS/lib/tap.sh"

fresh()
{
	cd "$SCRATCH" && rm -rf repo && git init -q -b main repo && cd repo || exit 1
	note jane-green.md 'Jane Green'
	git add -A && git commit -q -m first && git config commit.gpgSign true
	echo more >>jane-green.md
}

note()
{
	printf -- '---\ntype: contact\nname: %s\n---\nText.\n' "$2" >"$1"
}

commit()
{
	ivnotes commit -q "$@" >"$SCRATCH/out" 2>"$SCRATCH/err"
}

# program SCRIPT: one that signs, as a script for sh
program()
{
	printf '#!/bin/sh\n%s\n' "$1" >"$SCRATCH/program" && chmod +x "$SCRATCH/program"
}

# refused NAME: it was, and everything is as it was
refused()
{
	status_is 3 "$1 is refused" commit
	is "$(git log --format=%s)" first "$1: nothing is committed"
	is "$(git status --porcelain)" ' M jane-green.md' "$1: the note is as it was"
	not_ok "$1: no lock is left" sh -c 'ls .git/*.lock .git/refs/heads/*.lock'
}

says() { grep -qF -- "$1" "$SCRATCH/err"; }

# --- SSH ---
ssh-keygen -q -t ed25519 -N '' -C robin -f "$SCRATCH/key"
printf 'robin@example.org %s\n' "$(cut -d ' ' -f 1,2 "$SCRATCH/key.pub")" >"$SCRATCH/signers"
ssh_signed()
{
	git -c gpg.format=ssh -c gpg.ssh.allowedSignersFile="$SCRATCH/signers" verify-commit "${1:-HEAD}"
}
fresh
git config gpg.format ssh
refused 'SSH without a key'
ok 'with a word on how to go on' says 'git config user.signingKey'
git config user.signingKey "$SCRATCH/key.pub"
status_is 0 'SSH signs' commit
ok 'and git verifies it' ssh_signed
is "$(git log -1 --format=%s)" 'Update Jane Green' 'the message is the usual'
ok 'fsck is silent' sh -c '! git fsck --strict 2>&1 | grep -v dangling'
is "$(git status --porcelain)" '' 'status is clean'
echo more >>jane-green.md
status_is 0 'amending signs anew' commit --amend
ok 'and git verifies it' ssh_signed
is "$(git cat-file commit HEAD | grep -c '^gpgsig')" 1 'there is one signature'
mkdir -p "$HOME/.keys" && cp "$SCRATCH/key" "$SCRATCH/key.pub" "$HOME/.keys/"
# shellcheck disable=SC2088
git config user.signingKey '~/.keys/key'
echo more >>jane-green.md
status_is 0 'a key below the home folder' commit
ok 'signs' ssh_signed
eval "$(ssh-agent -s)" >/dev/null
ssh-add -q "$SCRATCH/key"
git config user.signingKey "$(cat "$SCRATCH/key.pub")"
echo more >>jane-green.md
status_is 0 'a key that an agent has' commit
ok 'signs' ssh_signed
git config user.signingKey "key::$(cat "$SCRATCH/key.pub")"
echo more >>jane-green.md
status_is 0 'also behind key::' commit
ok 'signs' ssh_signed
ssh-agent -k >/dev/null
is "$(find "${TMPDIR:-/tmp}" -maxdepth 1 -name 'ivnotes-??????' -newer "$SCRATCH/signers")" '' \
	'no temporary file is left'
status_is 0 'a dry run' commit -n
fresh
git config gpg.format ssh && git config user.signingKey "$SCRATCH/no-such-key"
refused 'a key that is not there'
ok "in the program's words" says 'ssh-keygen: '
git config gpg.ssh.program "$SCRATCH/no-such-program"
refused 'a program that is not there'
ok 'by its name' says "'$SCRATCH/no-such-program' was not found"
program 'exit 0'
git config gpg.ssh.program "$SCRATCH/program"
refused 'a program that makes nothing'
ok 'in words' says 'made no signature'

# --- OpenPGP ---
fresh
GNUPGHOME=$(mktemp -d "${TMPDIR:-/tmp}/gpgXXXXXX")
export GNUPGHOME
refused 'OpenPGP without a key'
ok 'in words' says 'nothing is committed, as the commit could not be signed'
ok "in gpg's words" says 'gpg: '
not_ok 'but not those for programs' says '[GNUPG:]'
gpg --batch --quiet --passphrase '' --quick-gen-key 'Robin Seeker <robin@example.org>' default default \
	never 2>/dev/null
status_is 0 'OpenPGP signs' commit
ok 'and git verifies it' git verify-commit HEAD
git config user.signingKey robin@example.org && git config gpg.format openpgp
echo more >>jane-green.md
status_is 0 'by the key that is named' commit -m "$(printf 'Subject\n\nBody with -----BEGIN')"
ok 'and git verifies it' git verify-commit HEAD
gpgconf --kill all 2>/dev/null
rm -rf "$GNUPGHOME"

# --- programs of all kinds ---
fresh
git config gpg.program "$SCRATCH/program"
program 'cat >/dev/null; echo signature; exit 0'
refused 'one that does not say that it signed'
program 'echo bad words >&2; exit 2'
refused 'one that fails'
ok 'with its words' says 'program: bad words'
ok 'and its status' says "/program' ended with status 2"
program 'exec <&-; exit 2'
yes words | head -n 100000 >"$SCRATCH/long"
status_is 3 'one that hangs up' ivnotes commit -q -m "$(head -c 100000 "$SCRATCH/long")"
# shellcheck disable=SC2016
program 'kill -9 $$'
refused 'one that is killed'
ok 'in words' says 'was ended by signal 9'
program 'printf "a\033[31mb\n" >&2; exit 2'
refused 'one that prints control characters'
ok 'visibly' says 'a\x1b[31mb'
program 'echo "[GNUPG:] SIG_CREATED x" >&2; printf "a\0b"'
refused 'a signature with a NUL'
program 'echo "[GNUPG:] SIG_CREATED x" >&2; yes'
refused 'a signature without end'
: >"$SCRATCH/program"
chmod -x "$SCRATCH/program"
refused 'one that may not be run'
git config gpg.program 'cat; touch ran'
refused 'a shell command'
not_ok 'as no shell is asked' test -e ran
git config gpg.format x509
refused 'X.509'
ok 'by its name' says "gpg.format 'x509'"
git config commit.gpgSign false
status_is 0 'unless nothing is to be signed' commit

done_testing
