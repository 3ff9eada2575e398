#!/bin/sh
# mandoc has nothing to say about the man pages.
. "$TESTS/lib/tap.sh"
cd "$ROOT" || exit 1

# Whether a page that .Xr names is installed and indexed here is no property of the page.
clean()
{
	! mandoc -T lint -W style "$1" 2>&1 |
		grep -v 'STYLE: referenced manual not found\|outdated mandoc.db'
}

for page in man/*.[157] "$IV_B"/man/*.[157]; do
	[ -f "$page" ] || continue
	ok "${page##*/}" clean "$page"
done
[ "$tap_count" -gt 0 ] || skip 'man pages' 'none yet'
done_testing
