#!/bin/sh
# make deps, on systems made of stubs: nothing is installed here.
. "$TESTS/lib/tap.sh"

bin=$SCRATCH/sys
mkdir "$bin"
for tool in awk cat cmp dirname env grep make mkdir mktemp printf rm sed sh sort tr uname; do
	ln -s "$(command -v $tool)" "$bin/$tool"
done

# stub NAME: its text comes from stdin
stub()
{
	{
		echo '#!/bin/sh'
		cat
	} >"$bin/$1"
	chmod +x "$bin/$1"
}

# Runs in the made-up system, output to out and err.
system()
{
	PATH=$bin "$@" >out 2>err
}

all=$(awk '!/^#/ && $1 != "-" { print $1 }' "$TESTS/deps/packages")

stub dpkg-query <<'END'
while read -r package; do
	echo "$package installed"
done <"$SCRATCH/installed"
END
stub apt-get <<'END'
echo "apt-get $* by $(id -u) $DEBIAN_FRONTEND" >>"$SCRATCH/log"
for last; do :; done
case $1 in install) echo "$last" >>"$SCRATCH/installed" ;; esac
END
stub id <<'END'
cat "$SCRATCH/uid"
END
echo 0 >uid

echo "$all" >installed
status_is 0 'apt, all there: fine' system "$TESTS/deps/install"
is "$(cat out err)" '' 'apt, all there: says nothing'
not_ok 'apt, all there: installs nothing' test -e log

echo "$all" | grep -v '^jq$' | grep -v '^libgit2-dev$' >installed
status_is 0 'apt, two missing: fine' system "$TESTS/deps/install"
is "$(cat log)" "apt-get update by 0 
apt-get install -y --no-install-recommends jq libgit2-dev by 0 noninteractive" 'apt gets these two'

rm -f log
echo 1000 >uid
echo "$all" | grep -v '^jq$' >installed
status_is 1 'not root and no sudo: fails' system "$TESTS/deps/install"
ok 'and says what to type' grep -q 'apt-get install jq' err
not_ok 'and runs nothing' test -e log

stub sudo <<'END'
echo 0 >"$SCRATCH/uid"
"$@"
echo 1000 >"$SCRATCH/uid"
END
status_is 0 'not root: sudo' system "$TESTS/deps/install"
ok 'apt-get runs as root' grep -q 'install .*jq by 0 noninteractive' log

# A fresh machine: pkg-config knows the libraries only once apt has run.
stub pkg-config <<'END'
grep -q jq "$SCRATCH/installed" || exit 1
case $1 in --cflags) echo -DFROM_PKG_CONFIG ;; esac
END
fresh=$SCRATCH/build/release/flags
echo 0 >uid
echo "$all" | grep -v '^jq$' >installed
status_is 2 'make without deps: fails' system make -C "$ROOT" V=release BUILD="$SCRATCH/build" "$fresh"
ok 'and names every package and the way' \
	grep -q 'libcmark-dev libgit2-dev libpcre2-dev .*libutf8proc-dev; .*make deps' err
for jobs in 1 4; do
	rm -rf build
	echo "$all" | grep -v '^jq$' >installed
	status_is 0 "make deps GOAL -j$jobs" \
		system make -j$jobs -C "$ROOT" V=release BUILD="$SCRATCH/build" deps "$fresh"
	ok "the goal sees what deps installed, -j$jobs" grep -q FROM_PKG_CONFIG "$fresh"
done

# Other systems get a command to type.
rm "$bin/apt-get" "$bin/dpkg-query"
while read -r manager query command package; do
	stub "$manager" </dev/null
	[ "$query" = "$manager" ] || stub "$query" </dev/null
	status_is 0 "$manager, all there: fine" system "$TESTS/deps/install"
	is "$(cat out err)" '' "$manager, all there: says nothing"
	printf '#!/bin/sh\nexit 1\n' >"$bin/$query"
	status_is 1 "$manager, all missing: fails" system "$TESTS/deps/install"
	ok "$manager, all missing: the command" grep -q "$manager $command .*$package" err
	rm -f "$bin/$manager" "$bin/$query"
done <<'END'
dnf rpm install libyaml-devel
pacman pacman -S libgit2
apk apk add cmocka-dev
brew brew install libgit2
END
status_is 1 'no manager known: fails' system "$TESTS/deps/install"
ok 'and lists what is needed' grep -q 'libcmark-dev' err
done_testing
