-- id: apologize
-- kind: owed
-- to: person
-- severity: warning
-- scope: note
-- summary: say sorry at once for a meeting you missed
-- brief: say sorry to WHO
-- why: They kept the time free and you were not there. Nothing but a word on the same day mends
--      that; say what happened in a sentence, and leave it to them whether they still want to meet.
-- source: own
-- remedy: call or write, and add a line under 'touches'
SELECT a.note, a.line, a.col, a.who, m.day AS since, m.day AS due,
       (SELECT min(eve) FROM expected AS x WHERE x.person = a.person AND x.day >= m.day) AS until,
       'say sorry to ' || a.name || ': you missed the meeting of ' || m.day AS message
FROM meeting AS m
CROSS JOIN attendance AS a ON a.note = m.note
WHERE m.day IS NOT NULL AND m.state = 'missed' AND NOT a.again
  AND NOT EXISTS (SELECT 1 FROM word AS w WHERE w.person = a.person AND w.day >= m.day)
  AND NOT EXISTS (SELECT 1 FROM waiver AS w
                  WHERE w.note = a.person AND w.field = 'touches' AND m.day <= w.until)
