-- id: talk-balance
-- kind: unwise
-- severity: info
-- scope: note
-- summary: one of you did most of the talking
-- why: People who speak and listen about half and half are the ones who get on, here as in a job
--      interview. Whoever speaks all the time learns nothing; whoever only asks stays a stranger.
--      They are getting to know you, too.
-- source: S4
-- remedy: nothing to mend here; next time ask and be quiet, or tell a little of yourself
-- setting: talk-balance.least count 35   the least share of the talking, in per cent
-- setting: talk-balance.most count 65   the greatest share
-- setting: talk-balance.until span 14d   how long the lesson is shown
SELECT m.note, coalesce(m.spoke_line, 1) AS line, 1 AS col, p.who, m.day AS since, NULL AS due,
       plus(m.day, setting('talk-balance.until')) AS until,
       'you did ' || m.spoke || ' % of the talking' AS message
FROM took_place AS m JOIN people AS p ON p.note = m.note
WHERE m.kind = 'informational' AND m.known
  AND (m.spoke < CAST(setting('talk-balance.least') AS INTEGER)
       OR m.spoke > CAST(setting('talk-balance.most') AS INTEGER))
