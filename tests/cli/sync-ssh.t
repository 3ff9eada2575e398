#!/bin/sh
# `ivnotes sync` over ssh, with a real sshd on loopback: keys, agent, hosts known and unknown.
. "$TESTS/lib/tap.sh"
forgive_libgit2

PATH=$PATH:/usr/sbin:/sbin
sshd=$(command -v sshd) || {
	skip 'ssh' 'sshd is not there'
	done_testing
	exit 0
}

conf=$SCRATCH/sshd
mkdir -p "$conf" "$HOME/.ssh" && chmod 700 "$HOME/.ssh"
: >"$conf/authorized_keys"
# ssh looks up its own files by the user's home, not by HOME: told where they are here.
cat >"$SCRATCH/config" <<END
Host *
	IdentityFile $HOME/.ssh/id_ed25519
	IdentityFile $HOME/.ssh/id_rsa
	UserKnownHostsFile $HOME/.ssh/known_hosts
	GlobalKnownHostsFile /dev/null
END
mkdir "$SCRATCH/programs"
real=$(command -v ssh)
printf '#!/bin/sh\nexec "%s" -F "%s" "$@"\n' "$real" "$SCRATCH/config" >"$SCRATCH/programs/ssh"
chmod +x "$SCRATCH/programs/ssh"
PATH=$SCRATCH/programs:$PATH
export PATH
unset SSH_AUTH_SOCK SSH_ASKPASS

key() { ssh-keygen -q -t "$1" -N "$2" -C test -f "$3"; }
key ed25519 '' "$conf/host"

# start PORT: true once it listens
start()
{
	cat >"$conf/config" <<-END
		Port $1
		ListenAddress 127.0.0.1
		HostKey $conf/host
		PidFile $conf/pid
		AuthorizedKeysFile $conf/authorized_keys
		PasswordAuthentication no
		KbdInteractiveAuthentication no
		UsePAM no
		StrictModes no
		PermitRootLogin prohibit-password
		SetEnv PATH=$PATH
	END
	rm -f "$conf/pid"
	"$sshd" -f "$conf/config" -E "$conf/log" || return 1
	i=0
	while [ $i -lt 50 ]; do
		i=$((i + 1))
		[ -s "$conf/pid" ] && return 0
		sleep 0.1
	done
	return 1
}

stop() { [ ! -s "$conf/pid" ] || kill "$(cat "$conf/pid")" 2>/dev/null; }
trap 'stop; "$TESTS/lib/run-sshd" release $$' EXIT
trap 'exit 1' HUP INT TERM

"$TESTS/lib/run-sshd" hold $$
port=$((20000 + $$ % 20000))
tries=0
until start $port; do
	port=$((port + 7))
	tries=$((tries + 1))
	[ $tries -lt 5 ] || {
		skip 'ssh' "sshd does not start: $(tail -n 1 "$conf/log" 2>/dev/null)"
		done_testing
		exit 0
	}
done

sync() { timeout 30 ivnotes sync >"$SCRATCH/out" 2>"$SCRATCH/err" </dev/null; }
says() { grep -F -- "$1" "$SCRATCH/err" || { cat "$SCRATCH/err" && false; }; }
note() { printf -- '---\ntype: contact\nname: %s\n---\nText.\n' "$2" >"$1"; }
save() { git add -A && git commit -q -m more; }

user=$(id -un)
cd "$SCRATCH" && git init -q --bare -b main 'r d.git' && git init -q -b main a && cd a || exit 1
git remote add origin "ssh://$user@127.0.0.1:$port$SCRATCH/r%20d.git"
note jane.md Jane && save

# --- the host ---
print=$(ssh-keygen -lf "$conf/host.pub" | cut -d' ' -f2)
status_is 3 'a host that is not known' sync
ok 'is refused with what it shows' says "the server shows $print"
ok 'and how to accept it' says "accept it with: 'ssh -p $port $user@127.0.0.1'"
not_ok 'and is not known afterwards' test -s "$HOME/.ssh/known_hosts"
key ed25519 '' "$SCRATCH/other"
echo "[127.0.0.1]:$port $(cut -d' ' -f1,2 "$SCRATCH/other.pub")" >"$HOME/.ssh/known_hosts"
status_is 3 'a host with another key' sync
ok 'is refused' says 'is another one than known_hosts says'
ok 'with what it shows' says "$print"
ok 'and how to go on' says 'ssh-keygen -R'
echo "[127.0.0.1]:$port $(cut -d' ' -f1,2 "$conf/host.pub")" >"$HOME/.ssh/known_hosts"

# --- keys ---
status_is 3 'nobody has a key' sync
ok 'says so' says 'Permission denied'
key ed25519 '' "$HOME/.ssh/id_ed25519"
status_is 3 'a key that is not wanted' sync
ok 'says so, too' says 'Permission denied'
cat "$HOME/.ssh/id_ed25519.pub" >"$conf/authorized_keys"
status_is 0 'a key' sync
is "$(cat "$SCRATCH/out")" "1 commit of yours sent; 'main' is new at 'origin'" 'sends'
is "$(cat "$SCRATCH/err")" '' 'without a word of ssh'
is "$(git -C '../r d.git' rev-parse main)" "$(git rev-parse main)" 'to the repository with a space'
git clone -q '../r d.git' ../b
cd ../b && note omar.md Omar && save && git push -q && cd ../a || exit 1
sync
is "$(cat "$SCRATCH/out")" '1 commit received' 'receives'
rm "$HOME/.ssh/id_ed25519"*
key rsa '' "$HOME/.ssh/id_rsa"
cat "$HOME/.ssh/id_rsa.pub" >"$conf/authorized_keys"
status_is 0 'an RSA key' sync
rm "$HOME/.ssh/id_rsa"*

# --- a passphrase, and the agent ---
key ed25519 secret "$HOME/.ssh/id_ed25519"
cat "$HOME/.ssh/id_ed25519.pub" >"$conf/authorized_keys"
status_is 3 'a key with a passphrase asks nothing where nobody is' sync
ok 'but names the agent' says 'ssh-add'
eval "$(ssh-agent -a "$SCRATCH/agent")" >/dev/null
printf '#!/bin/sh\necho secret\n' >"$SCRATCH/pass" && chmod +x "$SCRATCH/pass"
SSH_ASKPASS=$SCRATCH/pass SSH_ASKPASS_REQUIRE=force DISPLAY=:0 ssh-add -q "$HOME/.ssh/id_ed25519" \
	</dev/null 2>/dev/null
note lea.md Lea && save
status_is 0 'the agent has it' sync
is "$(cat "$SCRATCH/out")" '1 commit of yours sent' 'and it is sent'
SSH_ASKPASS=$SCRATCH/pass SSH_ASKPASS_REQUIRE=force SSH_AUTH_SOCK='' status_is 0 \
	'a program that asks for the passphrase' sync

# --- other ways to write it ---
git remote set-url origin "127.0.0.1:$SCRATCH/r d.git"
printf '\tPort %s\n\tUser %s\n' "$port" "$user" >>"$SCRATCH/config"
status_is 0 'HOST:PATH' sync
sed -i "s/^Host \*/Host search\n\tHostName 127.0.0.1\n&/" "$SCRATCH/config"
echo "search $(cut -d' ' -f1,2 "$conf/host.pub")" >>"$HOME/.ssh/known_hosts"
git remote set-url origin "search:$SCRATCH/r d.git"
status_is 0 'a host by its name in the configuration of ssh' sync
git config core.sshCommand "echo 'by sshCommand' >>'$SCRATCH/way'; ssh"
status_is 0 'core.sshCommand' sync
is "$(sort -u "$SCRATCH/way")" 'by sshCommand' 'is used'
rm "$SCRATCH/way"
GIT_SSH_COMMAND="echo 'by the environment' >>'$SCRATCH/way'; ssh" status_is 0 'GIT_SSH_COMMAND' sync
is "$(sort -u "$SCRATCH/way")" 'by the environment' 'comes first'
git config --unset core.sshCommand

# --- what goes wrong there ---
git remote set-url origin "search:$SCRATCH/nowhere.git"
status_is 3 'a repository that is not there' sync
ok 'in the words of git there' says "'$SCRATCH/nowhere.git' does not appear to be a git repository"
git remote set-url origin "ssh://-oProxyCommand=touch%20$SCRATCH%2Fpwned/x"
status_is 3 'a host that is an option' sync
ok 'is refused' says 'none that is safe to use'
not_ok 'and nothing is run' test -e "$SCRATCH/pwned"
git remote set-url origin "search:$SCRATCH/r d.git"
GIT_SSH_COMMAND=/nowhere/ssh status_is 3 'no ssh' sync
ok 'is told' says 'not found'
# shellcheck disable=SC2016 # for the script to expand
printf '#!/bin/sh\nkill $PPID\n' >'../r d.git/hooks/update' && chmod +x '../r d.git/hooks/update'
note mia.md Mia && save
before=$(git rev-parse HEAD)
status_is 3 'a remote that dies while it is pushed to' sync
ok 'is told' says "sync: cannot push to 'origin': "
is "$(git rev-parse HEAD) $(git status --porcelain)" "$before " 'our commit stays'
rm '../r d.git/hooks/update'
status_is 0 'and is sent the next time' sync
stop
status_is 3 'nobody listens' sync
ok 'is told' says 'Connection refused'

kill "$SSH_AGENT_PID" 2>/dev/null
done_testing
