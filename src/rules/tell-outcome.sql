-- id: tell-outcome
-- kind: owed
-- to: person
-- severity: info
-- scope: note
-- summary: your search has ended; tell those who helped
-- why: Everybody who gave you time or a name would like to know how it ended, and few job seekers
--      ever tell them. A line with your thanks closes the circle, and the next search starts with
--      people who remember you well.
-- source: S0 S1
-- remedy: write to them and add a line under 'touches', or 'touches: skipped'
-- setting: tell-outcome.after span 14d   how soon after the end of the search to tell them
SELECT c.note, n.name_line AS line, 1 AS col, c.note AS who, e.day AS since,
       plus(e.day, setting('tell-outcome.after')) AS due,
       (SELECT min(eve) FROM expected AS x WHERE x.person = c.note AND x.day >= e.day) AS until,
       'tell ' || n.name || ' how your search ended' AS message
FROM (SELECT plus(setting('search-ended'), '0d') AS day) AS e
CROSS JOIN contact AS c
CROSS JOIN note AS n ON n.note = c.note
WHERE e.day IS NOT NULL
  AND (EXISTS (SELECT 1 FROM met AS m WHERE m.person = c.note AND m.day <= e.day)
       OR EXISTS (SELECT 1 FROM referrer AS r WHERE r.person = c.note))
  AND NOT EXISTS (SELECT 1 FROM word AS w WHERE w.person = c.note AND w.day >= e.day)
  AND NOT EXISTS (SELECT 1 FROM waiver AS w
                  WHERE w.note = c.note AND w.field IN ('touches', 'reported')
                    AND e.day <= w.until)
  AND NOT EXISTS (SELECT 1 FROM silence AS s WHERE s.person = c.note AND e.day < s.until)
