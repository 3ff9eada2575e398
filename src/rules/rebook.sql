-- id: rebook
-- kind: owed
-- to: person
-- severity: warning
-- scope: note
-- ends: search
-- summary: a meeting fell through and no new day is set
-- brief: set a new day with WHO
-- why: Calendars slip; a meeting that was moved or called off, or to which they did not come, was
--      still a yes. Offer two or three other times within a day or two and make it easy for them,
--      without a word of reproach.
-- source: own
-- remedy: agree on another day and write a meeting note for it, or add under 'outreach' what you
--      asked and what they said ('no', 'later DATE')
-- setting: rebook.after span 2bd   how soon to ask for another day
-- setting: rebook.earlier span -14d   how much earlier a moved meeting may take place
SELECT a.note, a.line, a.col, a.who, m.day AS since, plus(m.day, setting('rebook.after')) AS due,
       NULL AS until,
       'set a new day with ' || a.name
       || iif(m.state = 'no-show', ', who did not come on ' || m.day,
              ': the meeting of ' || m.day || ' was ' || m.state) AS message
FROM meeting AS m
CROSS JOIN attendance AS a ON a.note = m.note
CROSS JOIN note AS n ON n.note = m.note
WHERE m.day IS NOT NULL AND m.state IN ('moved', 'cancelled', 'no-show') AND NOT a.again
  AND NOT EXISTS (SELECT 1 FROM request AS r WHERE r.person = a.person AND r.day >= m.day)
  -- a no or later stands; whatever they answered afterwards is not about this meeting any more
  AND NOT EXISTS (SELECT 1 FROM last_answer AS x
                  WHERE x.person = a.person
                    AND (x.day > m.day
                         OR (x.outcome = 'no'
                             AND coalesce(plus(x.day, setting('nudge.silence')), '9999-12-31')
                                 > m.day)
                         OR (x.outcome = 'later'
                             AND coalesce(x.later_day, plus(x.day, setting('come-back.after')))
                                 > m.day)))
  -- the last of several that fell through speaks for all of them
  AND NOT EXISTS (SELECT 1 FROM appointment AS x JOIN note AS f ON f.note = x.note
                  WHERE x.person = a.person AND x.note <> m.note
                    AND (x.day > m.day OR (x.day = m.day AND (x.open OR f.path > n.path))
                         OR (m.state = 'moved' AND x.open
                             AND x.day > coalesce((SELECT day FROM last_answer AS y
                                                   WHERE y.person = a.person),
                                                  plus(m.day, setting('rebook.earlier'))))))
  AND NOT EXISTS (SELECT 1 FROM waiver AS w
                  WHERE w.note = a.person AND w.field = 'outreach' AND m.day <= w.until)
