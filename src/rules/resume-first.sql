-- id: resume-first
-- kind: unwise
-- severity: info
-- scope: note
-- summary: the resume went over before anybody asked for it
-- why: A resume on the table at the beginning makes them wonder whether you came to learn or to
--      apply. Have copies in the bag and give one when they ask, or, where 'resume: end-ok' is your
--      rule, leave one as you go, for future reference.
-- source: S0 S2 S4
-- remedy: nothing to mend here; next time wait until they ask, or until the end
-- setting: resume-first.until span 14d   how long the lesson is shown
SELECT m.note, coalesce(m.resume_line, 1) AS line, 1 AS col, p.who, m.day AS since, NULL AS due,
       plus(m.day, setting('resume-first.until')) AS until,
       'the resume went over '
       || iif(m.resume = 'start', 'at the start, before they asked', 'at the end, unasked')
       AS message
FROM took_place AS m JOIN people AS p ON p.note = m.note
WHERE m.kind = 'informational' AND m.known
  AND (m.resume = 'start' OR (m.resume = 'end' AND setting('resume') = 'asked-only'))
