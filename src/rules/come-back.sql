-- id: come-back
-- kind: owed
-- to: person
-- severity: warning
-- scope: note
-- ends: search
-- summary: they asked you to come back later
-- brief: ask WHO again
-- why: 'Ask me after the holidays' is a yes with a date. Hardly anybody comes back on the day, and
--      whoever does is met. Without a date a month is about right.
-- source: own
-- remedy: ask again and add the request under 'outreach', or write a meeting note with the day you
--      agreed on
-- setting: come-back.after span 30d   when to ask again if they named no day
SELECT note, line, col, person AS who, day AS since, due, NULL AS until,
       'ask ' || name || ' again, who said later on ' || day AS message
FROM (SELECT a.note, a.line, a.col, a.seq, a.person, a.day, n.name,
             coalesce(a.later_day, plus(a.day, setting('come-back.after'))) AS due
      FROM last_answer AS a JOIN note AS n ON n.note = a.person
      WHERE a.outcome = 'later') AS a
WHERE NOT EXISTS (SELECT 1 FROM request AS r WHERE r.person = a.person AND r.day > a.day)
  -- a meeting that was called off before the day they named is what they put off
  AND NOT EXISTS (SELECT 1 FROM appointment AS m
                  WHERE m.person = a.person AND m.day > a.day AND (m.open OR m.day >= a.due))
  AND NOT EXISTS (SELECT 1 FROM record AS s
                  WHERE s.note = a.person AND s.seq > a.seq AND s.field = 'outreach' AND s.skipped)
