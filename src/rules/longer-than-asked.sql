-- id: longer-than-asked
-- kind: unwise
-- severity: info
-- scope: note
-- summary: the meeting is planned for longer than you asked for
-- why: You said twenty minutes, and on twenty minutes they said yes. Stay true to your word: your
--      credibility is at stake, and to be done in time makes a world of difference in their eyes.
--      If they want you to stay longer they will say so.
-- source: S2 S4
-- remedy: plan what you asked for; write '45m invited' if they proposed more, '60m meal' if it
--      became a meal
--
-- The practice excuses invitations and meals from 'too-long' only. Both are theirs to offer, no
-- meal takes twenty minutes, and there is nothing to mend: not a word here either.
SELECT m.note, coalesce(m.planned_line, 1) AS line, 1 AS col, a.person AS who, NULL AS since,
       NULL AS due, m.day AS until,
       m.planned || ' minutes are planned, you asked ' || a.name || ' for ' || a.minutes AS message
FROM ahead AS m JOIN asked_for AS a ON a.note = m.note
WHERE m.kind = 'informational' AND m.planned_by = 'me' AND a.minutes < m.planned
  -- one line a meeting: the one of whom the least was asked
  AND NOT EXISTS (SELECT 1 FROM asked_for AS b
                  WHERE b.note = m.note AND (b.minutes, b.seq) < (a.minutes, a.seq))
