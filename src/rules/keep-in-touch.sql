-- id: keep-in-touch
-- kind: owed
-- to: person
-- severity: info
-- scope: note
-- summary: nobody you met, or who gave you a name, is forgotten
-- why: A network is people who hear from you when you want nothing. A line on what became of their
--      advice, an article, a greeting: every couple of months is enough, and somebody you met
--      once may turn out to be a mentor.
-- source: S1 S2 S4
-- remedy: write to them and add a line under 'touches'; 'keep-in-touch: 4w' sets another rhythm
--      for one person, 'off' ends it
-- setting: keep-in-touch.every span 8w   how long to let pass between two touches
SELECT c.note, n.name_line AS line, 1 AS col, c.note AS who, t.day AS since,
       plus(t.day, coalesce(c.keep_in_touch, setting('keep-in-touch.every'))) AS due,
       NULL AS until, 'get in touch with ' || n.name || ', last on ' || t.day AS message
FROM contact AS c
JOIN note AS n ON n.note = c.note
JOIN last_touch AS t ON t.person = c.note
WHERE t.day IS NOT NULL
  AND plus(t.day, coalesce(c.keep_in_touch, setting('keep-in-touch.every'))) IS NOT NULL
  AND (EXISTS (SELECT 1 FROM met WHERE met.person = c.note)
       OR EXISTS (SELECT 1 FROM referrer AS r WHERE r.person = c.note))
