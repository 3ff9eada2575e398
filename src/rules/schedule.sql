-- id: schedule
-- kind: owed
-- to: person
-- severity: warning
-- scope: note
-- ends: search
-- summary: they said yes and no day is set
-- brief: set a day with WHO
-- why: A yes is warm for a day or two. Offer a few times at once, while they remember who asked; a
--      yes that nobody turns into a meeting is a no that took longer.
-- source: S0
-- remedy: agree on a day and write a meeting note with 'contact' and 'date'; a further line 'skipped'
--      under 'outreach' lets it go
-- setting: schedule.after span 2bd   how long after a yes a day should be set
SELECT a.note, a.line, a.col, a.person AS who, a.day AS since,
       plus(a.day, setting('schedule.after')) AS due, NULL AS until,
       'set a day with ' || n.name || ', who said yes on ' || a.day AS message
FROM last_answer AS a JOIN note AS n ON n.note = a.person
WHERE a.outcome = 'yes'
  AND NOT EXISTS (SELECT 1 FROM appointment AS m WHERE m.person = a.person AND m.day >= a.day)
  -- once you wrote again, nudge counts the messages that stay silent
  AND NOT EXISTS (SELECT 1 FROM request AS r WHERE r.person = a.person AND r.day > a.day)
  AND NOT EXISTS (SELECT 1 FROM record AS s
                  WHERE s.note = a.person AND s.seq > a.seq AND s.field = 'outreach' AND s.skipped)
