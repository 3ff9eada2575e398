#!/bin/sh
# Each header compiles alone; a public one without the source tree and as C++ too.
. "$TESTS/lib/tap.sh"
cd "$ROOT" || exit 1

# compiles HEADER FLAGS...
compiles()
{
	header=$1
	shift
	printf '#include "%s"\n' "$header" >"$SCRATCH/alone.c"
	eval "$IV_CC $IV_CPPFLAGS $*" -Wall -Wextra -Wpedantic -Werror -fsyntax-only '"$SCRATCH/alone.c"'
}

public()
{
	printf '#include <%s>\n' "$1" >"$SCRATCH/alone.c"
	# shellcheck disable=SC2086 # a compiler and its options
	$IV_CC -std=c11 -Iinclude -Wall -Wextra -Wpedantic -Werror -fsyntax-only "$SCRATCH/alone.c"
}

public_cxx()
{
	# shellcheck disable=SC2086
	printf '#include <%s>\n' "$1" |
		$IV_CC -x c++ -Iinclude -Wall -Wextra -Werror -fsyntax-only -
}

# shellcheck disable=SC2086
cxx=$(printf '#include <stddef.h>\n' | $IV_CC -x c++ -fsyntax-only - 2>/dev/null && echo yes)
for path in include/ivnotes/*.h; do
	[ -f "$path" ] || continue
	name=${path#include/}
	ok "<$name> alone" public "$name"
	if [ "$cxx" ]; then
		ok "<$name> as C++" public_cxx "$name"
	else
		skip "<$name> as C++" "no C++ compiler"
	fi
done
for path in src/*/*.h src/*/*/*.h; do
	[ -f "$path" ] || continue
	ok "${path#src/} alone" compiles "${path#src/}"
done
done_testing
