-- id: share-result
-- kind: owed
-- to: person
-- severity: info
-- scope: note
-- summary: tell them what became of their advice
-- why: They told you of a book, a course, a company. Try it, and let them know within a month what
--      came of it, even if it was nothing: people who see their advice used give more of it.
-- source: S0 S1
-- remedy: write to them and put '(reported DATE)' behind the entry under 'leads'
-- setting: share-result.after span 30d   how long after the meeting to tell them
--
-- What was said to a group is owed to whom it can be told first, as in 'send-resume', and to
-- nobody who kept silent.
WITH listener AS NOT MATERIALIZED (
  SELECT * FROM addressee AS a
  WHERE NOT EXISTS (SELECT 1 FROM silence AS s WHERE s.person = a.person AND a.day < s.until))
SELECT l.note, l.line, l.col,
       (SELECT a.who FROM listener AS a WHERE a.note = l.note
        ORDER BY a.banned DESC,
                 iif(a.paused > plus(a.day, setting('share-result.after')), a.paused, ''), a.seq
        LIMIT 1) AS who,
       m.day AS since, plus(m.day, setting('share-result.after')) AS due, NULL AS until,
       'tell '
       || coalesce((SELECT group_concat(name, ', ')
                    FROM (SELECT a.name FROM listener AS a
                          WHERE a.note = l.note AND NOT a.again
                            AND a.banned = (SELECT max(b.banned) FROM listener AS b
                                            WHERE b.note = l.note)
                          ORDER BY a.seq)), 'somebody')
       || ' what came of it: ' || substr(l.text, 1, 300) AS message
FROM lead AS l
CROSS JOIN took_place AS m ON m.note = l.note
WHERE l.reported IS NULL AND m.known
  AND (EXISTS (SELECT 1 FROM listener AS a WHERE a.note = l.note)
       OR NOT EXISTS (SELECT 1 FROM attendance AS a WHERE a.note = l.note))
