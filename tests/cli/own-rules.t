#!/bin/sh
# The rules of one's own that ivnotes-rules(7) shows, as they stand there, on a vault of five people.
. "$TESTS/lib/tap.sh"

mkdir -p vault/.ivnotes/rules vault/people vault/meetings vault/companies
awk '
	/^\.Bd -literal$/ { inside = 1; next }
	/^\.Ed$/ { inside = 0 }
	inside && /^-- id: / { file = "vault/.ivnotes/rules/" $3 ".sql" }
	inside && file { print > file }
' "$ROOT/man/ivnotes-rules.7.in"
is "$(cd vault/.ivnotes/rules && echo *)" 'dear-coffee.sql keep-asking.sql send-card.sql' \
	'the page shows three'

# note PATH LINE...: a note with these lines of front matter
note()
{
	note_path=vault/$1
	shift
	{
		echo ---
		printf '%s\n' "$@"
		echo ---
	} >"$note_path"
}

note companies/alder-foods.md 'type: organization' 'name: Alder Foods' 'target: yes'
note companies/birch.md 'type: organization' 'name: Birch'
note people/ada.md 'type: contact' 'name: Ada Park' 'organization: alder-foods'
note people/ben.md 'type: contact' 'name: Ben Ruiz' 'organization: alder-foods' 'outreach:' \
	'  - 2026-11-01 email yes'
note people/cleo.md 'type: contact' 'name: Cleo Moss' 'organization: birch'
note people/dan.md 'type: contact' 'name: Dan Ito' 'organization: alder-foods' 'outreach:' \
	'  - 2026-11-05 email' '  - 2026-11-10 email bounced'
note people/eva.md 'type: contact' 'name: Eva Orr' 'organization: alder-foods'
# Thanked by email; the coffee was too dear.
note meetings/ada.md 'type: meeting' 'contact: ada' 'date: 2026-11-02' 'state: held' \
	'thank-you: 2026-11-03 email' 'coffee: 9.80'
# Thanked by card; the coffee cost what it may.
note meetings/ben.md 'type: meeting' 'contact: ben' 'date: 2026-11-09' 'state: held' \
	'thank-you: 2026-11-10 card' 'coffee: 7.50'
# No company on the list; dear, with a word behind the number.
note meetings/cleo.md 'type: meeting' 'contact: cleo' 'date: 2026-11-12' 'state: held' \
	'coffee: 12 EUR'
# Not yet, and never.
note meetings/eva.md 'type: meeting' 'contact: eva' 'date: 2026-11-30' 'coffee: 3'
note meetings/dan.md 'type: meeting' 'contact: dan' 'date: 2026-11-11' 'state: cancelled' 'coffee: 20'

card='people/%s.md:3:1: info: no card yet to %s of Alder Foods [send-card]\n'
coffee='meetings/%s.md:4:1: info: the coffee cost %s, at most %s were planned [dear-coffee]\n'
ask='people/dan.md:6:5: info: ask somebody: Dan Ito was the last, on 2026-11-05 [keep-asking]\n'

# found DAY NAME FORMAT WORD...: what is found on that day is this text
found()
{
	found_day=$1
	found_name=$2
	shift 2
	# shellcheck disable=SC2059 # the formats are ours
	printf "$@" >expected
	(cd vault && ivnotes -q check --all --today "$found_day") >all 2>&1
	grep -E '\[(send-card|dear-coffee|keep-asking)\]$|^ivnotes:' all >got
	same got expected "$found_name, $found_day"
}

found 2026-11-01 'before anything happened' ''
found 2026-11-02 'the first day' "$coffee$card" ada 9.80 7.50 ada 'Ada Park'
found 2026-11-16 'the last day of one coffee' "$coffee$coffee$card" ada 9.80 7.50 \
	cleo 12.00 7.50 ada 'Ada Park'
found 2026-11-17 'the day after' "$coffee$card" cleo 12.00 7.50 ada 'Ada Park'
found 2026-11-19 'two weeks after a request' "$coffee$card" cleo 12.00 7.50 ada 'Ada Park'
found 2026-11-20 'and a day' "$coffee$card$ask" cleo 12.00 7.50 ada 'Ada Park'
found 2026-11-30 'Eva was met' "$card$ask$card" ada 'Ada Park' eva 'Eva Orr'
# The request was due on 19 November; sixty days later nobody is dunned any more.
found 2027-01-18 'the last day before it lapses' "$card$ask$card" ada 'Ada Park' eva 'Eva Orr'
found 2027-01-19 'lapsed' "$card$card" ada 'Ada Park' eva 'Eva Orr'
found 2027-02-02 'three months after Ada was met' "$card$card" ada 'Ada Park' eva 'Eva Orr'
found 2027-02-03 'and a day' "$card" eva 'Eva Orr'

printf '%s\n' 'dear-coffee: {most: 10, until: 30d}' 'keep-asking.after: 6d' 'send-card.until: 1w' \
	>vault/.ivnotes/config.yaml
found 2026-11-12 'other settings' "$coffee$ask" cleo 12.00 10.00
printf '%s\n' 'search-ended: 2026-11-20' 'severity: {dear-coffee: off, send-card: off}' \
	>vault/.ivnotes/config.yaml
found 2026-11-20 'the search has ended, the others are off' ''
done_testing
