-- id: send-resume
-- kind: owed
-- to: person
-- severity: warning
-- scope: note
-- summary: send the resume you promised
-- why: They asked for your resume, which is the best sign there is; whoever sends it on the next
--      day is taken at their word. Had you brought a copy, it would be on their desk.
-- source: S0 S2
-- remedy: send it and write 'resume: sent'
-- setting: send-resume.after span 1bd   how soon after the meeting it should be sent
--
-- The promise was made to all who were there. It is owed to whom it can be kept first, and names
-- nobody who asked before that one to be left alone.
WITH addressee (note, seq, who, name, again, banned, wait) AS NOT MATERIALIZED (
  SELECT a.note, a.seq, a.who, a.name, a.again, coalesce(c.do_not_contact, '9999-12-31'),
         iif(c.paused > plus(m.day, setting('send-resume.after')), c.paused, '')
  FROM attendance AS a
  JOIN meeting AS m ON m.note = a.note
  LEFT JOIN contact AS c ON c.note = a.person)
SELECT m.note, coalesce(m.resume_line, m.date_line, 1) AS line, 1 AS col,
       (SELECT a.who FROM addressee AS a WHERE a.note = m.note
        ORDER BY a.banned DESC, a.wait, a.seq LIMIT 1) AS who,
       m.day AS since, plus(m.day, setting('send-resume.after')) AS due, NULL AS until,
       'send '
       || coalesce((SELECT group_concat(name, ', ')
                    FROM (SELECT a.name FROM addressee AS a
                          WHERE a.note = m.note AND NOT a.again
                            AND a.banned = (SELECT max(b.banned) FROM addressee AS b
                                            WHERE b.note = m.note)
                          ORDER BY a.seq)), 'somebody')
       || ' the resume you promised on ' || m.day AS message
FROM took_place AS m
WHERE m.known AND m.resume = 'promised'
