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
SELECT l.note, l.line, l.col, p.who, m.day AS since,
       plus(m.day, setting('share-result.after')) AS due, NULL AS until,
       'tell ' || p.names || ' what came of it: ' || substr(l.text, 1, 300) AS message
FROM lead AS l
CROSS JOIN took_place AS m ON m.note = l.note
CROSS JOIN people AS p ON p.note = l.note
WHERE l.reported IS NULL AND m.known
  AND NOT EXISTS (SELECT 1 FROM silence AS s WHERE s.person = p.who AND m.day < s.until)
