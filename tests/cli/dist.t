#!/bin/sh
# The archive: what git tracks and nothing else, the same bytes each time.
. "$TESTS/lib/tap.sh"
cd "$ROOT" || exit 1

# The checkout may be somebody else's, as in a container.
export GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=safe.directory GIT_CONFIG_VALUE_0="$ROOT"
if [ "$(git rev-parse --show-toplevel 2>/dev/null)" != "$ROOT" ]; then
	skip 'dist' 'no git history here'
	done_testing
	exit
fi

ok 'dist' make -s dist BUILD="$SCRATCH/one"
make -s dist BUILD="$SCRATCH/two"
archive=$(echo "$SCRATCH"/one/ivnotes-*.tar.gz)
ok 'twice the same bytes' cmp "$archive" "$SCRATCH/two/${archive##*/}"

cd "$SCRATCH" || exit 1
tar -tzf "$archive" | sed 's,^[^/]*/,,' | grep -v '/$' | grep . | LC_ALL=C sort >archived
git -C "$ROOT" ls-tree -r --name-only --full-tree -z HEAD | tr '\0' '\n' | LC_ALL=C sort >tracked
same archived tracked 'it holds what git tracks'

# The top level is small on purpose: a new entry is a decision, made here too.
sed 's,/.*,,' archived | grep -v '^\.' | LC_ALL=C sort -u >top
cat >allowed <<'END'
CHANGELOG.md
LICENSE
Makefile
README.md
examples
include
man
src
tests
END
is "$(LC_ALL=C comm -23 top allowed)" '' 'nothing new on the top level'
ok 'it unpacks into one folder' test "$(tar -tzf "$archive" | sed 's,/.*,,' | sort -u | wc -l)" -eq 1
done_testing
