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
SELECT m.note, coalesce(m.resume_line, m.date_line, 1) AS line, 1 AS col, p.who, m.day AS since,
       plus(m.day, setting('send-resume.after')) AS due, NULL AS until,
       'send ' || p.names || ' the resume you promised on ' || m.day AS message
FROM took_place AS m JOIN people AS p ON p.note = m.note
WHERE m.known AND m.resume = 'promised'
