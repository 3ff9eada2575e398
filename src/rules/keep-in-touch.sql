-- id: keep-in-touch
-- kind: owed
-- to: person
-- severity: info
-- scope: note
-- summary: nobody you met, or who gave you a name, is forgotten
-- brief: get in touch with WHO
-- why: A network is people who hear from you when you want nothing. A line on what became of their
--      advice, an article, a greeting: every couple of months is enough, and somebody you met once
--      may turn out to be a mentor.
-- source: S1 S2 S4
-- remedy: write to them and add a line under 'touches'; 'keep-in-touch: 4w' sets another rhythm for
--      one person, 'off' ends it
-- setting: keep-in-touch.every span 8w   how long to let pass between two touches
SELECT t.person AS note, n.name_line AS line, 1 AS col, t.person AS who, t.day AS since,
       plus(t.day, coalesce(c.keep_in_touch, setting('keep-in-touch.every'))) AS due,
       NULL AS until, 'get in touch with ' || n.name || ', last on ' || t.day AS message
FROM last_touch AS t
JOIN contact AS c ON c.note = t.person
JOIN note AS n ON n.note = c.note
-- What is asked of c is asked last, of whom the cheap conditions leave.
WHERE due IS NOT NULL
  AND (EXISTS (SELECT 1 FROM met AS m WHERE m.person = c.note)
       OR EXISTS (SELECT 1 FROM referrer AS r WHERE r.person = c.note))
  AND NOT EXISTS (SELECT 1 FROM silence AS s WHERE s.person = c.note AND t.day < s.until)
  -- nor before the day on which they said they may be asked again: come-back knows it
  AND NOT EXISTS (SELECT 1 FROM last_answer AS a
                  WHERE a.person = c.note AND a.outcome = 'later'
                    AND coalesce(a.later_day, plus(a.day, setting('come-back.after'))) > t.day)
