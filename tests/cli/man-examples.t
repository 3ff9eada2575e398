#!/bin/sh
# Every line `$ COMMAND` (.Dl) in the manual pages runs on a copy of the example vault, as it
# stands and committed five times, and does not fail: 0, or 1 where something was found or nothing
# matched.
. "$TESTS/lib/tap.sh"

IVNOTES_TODAY=2026-11-23
export IVNOTES_TODAY

cp -R "$ROOT/examples/notes" committed
cd committed || exit 1
git init -q -b main . && git add -A && git commit -q -m one && git tag v1
for subject in two three four five; do git commit -q --allow-empty -m "$subject"; done
cd .. || exit 1

for page in "$ROOT"/man/*.[157]; do
	[ -f "$page" ] || continue
	rm -rf vault
	cp -R committed vault
	sed -n 's/^\.Dl \$ //p' "$page" |
		sed 's/\\e/\\/g; s/\\&//g; s/\\-/-/g; s/\\(dq/"/g' | sed "s/\\\\(aq/'/g" >commands
	while read -r command; do
		(cd vault && sh -c "$command" </dev/null) >"$tap_log" 2>&1
		status=$?
		echo "exit status $status" >>"$tap_log"
		[ "$status" -le 1 ]
		tap_point $? "${page##*/}: $command"
	done <commands
done
[ "$tap_count" -gt 0 ] || skip 'examples' 'no pages yet'
done_testing
