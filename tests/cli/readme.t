#!/bin/sh
# What README.md shows is what happens: every line `$ COMMAND` of its console blocks is typed, in
# order and in one shell, and must print what stands below it.
. "$TESTS/lib/tap.sh"

mkdir typed
cp -R "$ROOT/examples" "$SCRATCH/examples"

# script FILE: the commands as one script that keeps the output of command N in typed/N.got; what
# the page shows goes to typed/N.expected, the command itself to typed/N.
script()
{
	awk -v folder="$SCRATCH/typed" '
		/^```console$/ { on = 1; next }
		/^```/ { on = 0 }
		on && /^\$ / {
			n++
			command = substr($0, 3)
			printf "" > (folder "/" n ".expected")
			print command > (folder "/" n)
			printf "{ %s\n} >\"%s/%d.got\" 2>&1\n", command, folder, n
			next
		}
		on && n { print > (folder "/" n ".expected") }
	' "$1"
}

script "$ROOT/README.md" >script.sh
sh script.sh </dev/null
n=1
while [ -f "typed/$n" ]; do
	same "typed/$n.got" "typed/$n.expected" "$(cat "typed/$n")"
	n=$((n + 1))
done
ok 'there are commands to type' [ "$n" -gt 1 ]

# The two notes under 'A note' are sound ones, and what is owed by them is paid.
mkdir notes
printf -- '---\ntype: contact\nname: Henry Wilson\n---\n' >notes/professor-wilson.md
awk '
	/^```markdown$/ { n++; next }
	/^```/ { inside = 0 }
	/^---$/ && n && !started[n]++ { inside = 1 }
	inside { print > ("notes/" (n == 1 ? "jane-green" : "2026-11-18-jane-green") ".md") }
' "$ROOT/README.md"
ok 'there are two notes' [ -s notes/jane-green.md -a -s notes/2026-11-18-jane-green.md ]
status_is 0 'nothing is wrong with them' ivnotes -C notes --today 2026-11-23 check --fail-on error
ivnotes -C notes --today 2026-11-23 check -q >notes.out
is "$(cat notes.out)" '' 'nothing is owed by them yet'
ivnotes -C notes --today 2026-11-23 check -q --all | sed 's/.*: info: //' >notes.out
is "$(cat notes.out)" 'connect with Jane Green, first met on 2026-11-18 [connect]' \
	'and nothing is advised but what they lack'
done_testing
