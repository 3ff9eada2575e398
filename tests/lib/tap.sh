# shellcheck shell=sh
# Test points for tests in shell, as TAP. Source it first; call done_testing last.
#
#   ok NAME COMMAND...          the command ends with 0
#   not_ok NAME COMMAND...      it does not
#   status_is N NAME COMMAND... it ends with N
#   is GOT EXPECTED NAME        two strings are equal
#   same GOT EXPECTED NAME      two files are equal
#   forgive_libgit2             its leaks, by libgit2.supp, are none of ours
#   skip NAME REASON            a point that cannot be tested here
#
# Output of COMMAND is shown when the point fails.

tap_count=0
tap_log=$SCRATCH/tap.log
cd "$SCRATCH" || exit 1

# tap_point STATUS NAME: one line, and the log when it failed
tap_point()
{
	tap_count=$((tap_count + 1))
	if [ "$1" -eq 0 ]; then
		echo "ok $tap_count - $2"
	else
		echo "not ok $tap_count - $2"
		head -n 60 "$tap_log" | sed 's/^/# /'
	fi
}

ok()
{
	tap_name=$1
	shift
	"$@" >"$tap_log" 2>&1
	tap_point $? "$tap_name"
}

not_ok()
{
	tap_name=$1
	shift
	! "$@" >"$tap_log" 2>&1
	tap_point $? "$tap_name"
}

status_is()
{
	tap_wanted=$1
	tap_name=$2
	shift 2
	"$@" >"$tap_log" 2>&1
	tap_got=$?
	echo "exit status $tap_got, expected $tap_wanted" >>"$tap_log"
	[ "$tap_got" -eq "$tap_wanted" ]
	tap_point $? "$tap_name"
}

is()
{
	printf 'got:      %s\nexpected: %s\n' "$1" "$2" >"$tap_log"
	[ "$1" = "$2" ]
	tap_point $? "$3"
}

same()
{
	diff -a -u "$2" "$1" >"$tap_log" 2>&1
	tap_point $? "$3"
}

# Where stacks are found quickly they end in a library that keeps no frame pointers.
forgive_libgit2()
{
	LSAN_OPTIONS=suppressions=$TESTS/lib/libgit2.supp:print_suppressions=0
	ASAN_OPTIONS=fast_unwind_on_malloc=0
	export LSAN_OPTIONS ASAN_OPTIONS
}

skip()
{
	tap_count=$((tap_count + 1))
	echo "ok $tap_count - $1 # SKIP $2"
}

done_testing()
{
	echo "1..$tap_count"
}
