#!/bin/sh
# The history cache knows what it was made by: the sum of the sources takes in all that decide how
# notes are read and their acts told, so that nobody has to remember a number.
. "$TESTS/lib/tap.sh"
cd "$ROOT" || exit 1

list=$(make -s -pn gen-nothing 2>/dev/null | sed -n 's/^READERS := //p')
missed=
for file in include/ivnotes/*.h src/base/*.[ch] src/yaml/*.[ch] src/note/*.[ch] src/vault/*.[ch] \
	src/history/*.[ch] src/vcs/*.[ch] src/index/past*.[ch]; do
	case " $list " in
	*" $file "*) ;;
	*) missed="$missed $file" ;;
	esac
done
is "$missed" '' 'every source that reads notes or compares them is one of READERS'
# shellcheck disable=SC2086 # a list
sum=$(cat $list | cksum | cut -d ' ' -f 1)
ok 'and the program has the sum of what they are' grep -q "\"$sum\"" "$BUILD/$V/gen/sources.c"
done_testing
