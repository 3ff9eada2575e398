# shellcheck shell=sh
# Commits of days long gone, the same on every machine: their ids, too.

# commit DAY SUBJECT [TIME]: all of the folder as it is, at six in the evening
commit()
{
	git add -A && GIT_AUTHOR_DATE="$1T${3:-18:00}:00+01:00" \
		GIT_COMMITTER_DATE="$1T${3:-18:00}:00+01:00" git commit -q -m "$2"
}

# lived: a search of five weeks, with a rename, thanks recorded late, and a note that is gone
lived()
{
	git init -q -b main . && mkdir -p people meetings
	cat >people/jane.md <<'END'
---
type: contact
name: Jane Green
role: analyst
outreach:
  - 2026-11-02 email 20m
---

## Notes

Runs planning.
END
	commit 2026-11-02 'Ask Jane'
	sed -i 's/email 20m/email 20m yes 2026-11-03/' people/jane.md
	cat >meetings/2026-11-18-jane.md <<'END'
---
type: meeting
contact: "[[jane]]"
date: 2026-11-18 14:00
planned: 20m
---

## Follow-ups

- [ ] send the article
END
	commit 2026-11-03 'Jane says yes'
	git mv people/jane.md people/jane-green.md
	sed -i 's/\[\[jane\]\]/[[jane-green]]/' meetings/2026-11-18-jane.md
	sed -i 's/role: analyst/role: lead/' people/jane-green.md
	commit 2026-11-10 'Give Jane her whole name'
	sed -i 's/planned: 20m/&\nactual: 25m\nthank-you:\n  - 2026-11-19 card/; s/\[ \]/[x]/' \
		meetings/2026-11-18-jane.md
	commit 2026-12-02 'Catch up'
	cat >people/omar.md <<'END'
---
type: contact
name: Omar Haddad
outreach:
  - 2026-12-01 email
---
END
	commit 2026-12-02 'Ask Omar' 19:30
	git rm -q people/omar.md
	commit 2026-12-04 'Tidy up'
}
