-- id: too-long
-- kind: unwise
-- severity: info
-- scope: note
-- summary: more time is planned than a first conversation needs
-- why: Half an hour is a favour, an hour is a burden. A great deal can be learned in thirty
--      minutes, and whoever keeps it short out of respect for their time is given more of it by
--      themselves. If the longer time was their idea, or you sit down to a meal, all is well.
-- source: S2 S3
-- remedy: plan less; write '45m invited' if they proposed it, '60m meal' if you eat together
-- setting: too-long.minutes minutes 30m   how much time to ask for at most
--
-- Where the request named less than is planned, 'longer-than-asked' says so, and mending that mends
-- this: one line about one number.
SELECT m.note, coalesce(m.planned_line, 1) AS line, 1 AS col, p.who, NULL AS since, NULL AS due,
       m.day AS until,
       m.planned || ' minutes are planned, ' || setting('too-long.minutes') || ' are enough'
       AS message
FROM ahead AS m JOIN people AS p ON p.note = m.note
WHERE m.kind = 'informational' AND m.planned_by = 'me'
  AND m.planned > CAST(setting('too-long.minutes') AS INTEGER)
  AND (setting('severity.longer-than-asked') IS 'off'
       OR NOT EXISTS (SELECT 1 FROM asked_for AS a
                      WHERE a.note = m.note AND a.minutes < m.planned))
