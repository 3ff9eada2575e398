#!/bin/sh
# From 4,000 notes on two threads make the findings, one keeping what both bring in. What they
# make is what one makes that goes note by note.
. "$TESTS/lib/tap.sh"

IVNOTES_TODAY=2026-11-23
XDG_CACHE_HOME=$SCRATCH/cache
export IVNOTES_TODAY XDG_CACHE_HOME
mkdir -p vault/.ivnotes/rules && cd vault || exit 1

# person FROM TO: contacts of whom some are owed thanks, some a word, some say nothing
people()
{
	awk -v from="$1" -v to="$2" 'BEGIN {
		for (i = from; i <= to; i++) {
			p = sprintf("p%04d.md", i)
			print "---\ntype: contact\nname: Person " i "\nsource: fair\npurpose: learn" >p
			print "email: p" i % 900 "@example.org\nreferred-by: p" sprintf("%04d", i / 2) >p
			printf "outreach: 2026-10-%02d email%s\n---\n\n## Request\n\nDear you.\n",
				1 + i % 28, i % 3 ? "" : " yes 2026-11-02" >p
			close(p)
			m = sprintf("m%04d.md", i)
			printf "---\ntype: meeting\ncontact: p%04d\ndate: 2026-11-%02d\n", i, 1 + i % 30 >m
			print (i % 2 ? "thank-you: 2026-11-29" : "rating: 2") "\nplanned: 20m\n---\n\nSaid." >m
			close(m)
		}
	}'
}

cat >.ivnotes/rules/often.sql <<'EOF'
-- id: often
-- kind: unwise
-- severity: warning
-- summary: a person of ours
SELECT note, 1 AS line, 1 AS col, note AS who, NULL AS since, NULL AS due, NULL AS until,
       'person ' || name AS message
FROM note WHERE type = 'contact' AND path LIKE '%7.md'
EOF
cat >.ivnotes/rules/broken.sql <<'EOF'
-- id: broken
-- kind: unwise
-- severity: warning
-- summary: asks for what is not there
SELECT note, 1, 1, NULL, NULL, NULL, NULL, nothing FROM note
EOF

# findings FILE [OPTION]: all of them, and what is said of the broken rule
findings()
{
	out=$1
	shift
	ivnotes check --all --format=jsonl "$@" >"$SCRATCH/$out" 2>"$SCRATCH/$out.said"
}

people 1 1990
findings few
people 1991 2010
findings slow
findings anew --rebuild
ok 'there is much to find' test "$(wc -l <"$SCRATCH/slow")" -gt 5000
ok 'in what was added, too' test "$(wc -l <"$SCRATCH/slow")" -gt "$(wc -l <"$SCRATCH/few")"
same "$SCRATCH/anew" "$SCRATCH/slow" 'a new index finds what one does that grew'
ok 'the broken rule is told of' grep -q 'broken.sql' "$SCRATCH/slow.said"
same "$SCRATCH/anew.said" "$SCRATCH/slow.said" 'in the same words'

echo 'lapse: 3d' >.ivnotes/config.yaml
findings short
ok 'another setting, other findings' test "$(wc -l <"$SCRATCH/short")" -lt \
	"$(wc -l <"$SCRATCH/slow")"
findings short-anew --rebuild
same "$SCRATCH/short-anew" "$SCRATCH/short" 'all rules anew find what a new index does'
rm .ivnotes/config.yaml
findings back
same "$SCRATCH/back" "$SCRATCH/slow" 'and back'
done_testing
