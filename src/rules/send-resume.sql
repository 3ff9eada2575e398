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
SELECT m.note, coalesce(m.resume_line, m.date_line, 1) AS line, 1 AS col,
       (SELECT a.who FROM addressee AS a WHERE a.note = m.note
        ORDER BY a.banned DESC,
                 iif(a.paused > plus(a.day, setting('send-resume.after')), a.paused, ''), a.seq
        LIMIT 1) AS who,
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
