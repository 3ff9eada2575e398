-- id: request-too-long
-- kind: unwise
-- severity: info
-- scope: note
-- summary: the request is longer than a busy person reads
-- why: Be polite, concise and brief: who you are, who sent you, how few minutes you ask for, and
--      that it is not about a job. That fits on one screen. What does not fit there belongs into
--      the conversation.
-- source: own
-- remedy: cut the text under Request; keep who you are, who sent you and the minutes
-- setting: request-too-long.words count 100   how many words a request may have
SELECT s.note, s.line, 1 AS col, c.note AS who, NULL AS since, NULL AS due, NULL AS until,
       'the request has ' || s.words || ' words, ' || setting('request-too-long.words')
       || ' are enough' AS message
FROM section AS s
JOIN note AS n ON n.note = s.note
LEFT JOIN contact AS c ON c.note = s.note
LEFT JOIN meeting AS m ON m.note = s.note
WHERE s.name = 'request' AND s.words > CAST(setting('request-too-long.words') AS INTEGER)
  AND n.type IS NOT NULL AND coalesce(m.kind, 'informational') = 'informational'
