#!/bin/sh
# A first index that takes long says how far it is, on a terminal only.
. "$TESTS/lib/tap.sh"

if ! script -qec true /dev/null </dev/null >/dev/null 2>&1; then
	skip 'progress on a terminal' 'no script(1) of util-linux'
	done_testing
	exit
fi
mkdir vault
cd vault || exit 1
perl -e 'for my $i (1 .. 2_500) {
	open my $f, ">", "$i.md" or die;
	print $f "- a line of the note\n" x 400;
}'
# Takes a second or more, however quick the machine: the command is made to stand still.
cat >../slowly <<'END'
use POSIX ':sys_wait_h';
my $pid = fork // die;
exec @ARGV or die unless $pid;
for (1 .. 100) {
	select undef, undef, undef, 0.005;
	exit $? >> 8 if waitpid $pid, WNOHANG;
	kill STOP => $pid;
	select undef, undef, undef, 0.05;
	kill CONT => $pid;
}
waitpid $pid, 0;
exit $? >> 8;
END
# What a terminal gets to see, a line for each time that its line is written anew.
on_terminal() { script -qec "perl ../slowly $1" /dev/null </dev/null | tr '\r' '\n'; }
# ESC [ K clears the line; here it is a '<'.
on_terminal 'ivnotes check --rebuild' | sed "s/$(printf '\033')\[K/</g" >../seen
sed -n 's/^reading notes: //p' ../seen >../progress
ok 'it says how far it is' grep . ../progress
is "$(grep -cvE '^[0-9]+ of 2500<$' ../progress)" 0 'so many of all'
sort -n ../progress >../sorted
same ../progress ../sorted 'further each time'
is "$(tail -n 2 ../seen)" '<ivnotes: check: nothing wrong, nothing overdue' \
	'and makes room for what follows'
is "$(on_terminal 'ivnotes check --rebuild -q')" '' 'nothing when quiet'
is "$(on_terminal 'ivnotes check --rebuild 2>&1 | cat')" \
	'ivnotes: check: nothing wrong, nothing overdue' 'nothing in a pipe'
is "$(on_terminal 'ivnotes check')" 'ivnotes: check: nothing wrong, nothing overdue' \
	'nothing when there is nothing to read'
done_testing
