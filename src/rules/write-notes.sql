-- id: write-notes
-- kind: owed
-- to: self
-- severity: warning
-- scope: note
-- summary: nothing is written down about a meeting that took place
-- why: What you heard is fresh on the same evening and gone after two weeks. Names, advice, what
--      surprised you, what you promised: write it when you get home. An interview by email has
--      written itself.
-- source: S2 S3
-- remedy: write what you learned under Notes, or anywhere outside the prepared sections
-- setting: write-notes.until span 14d   after this long there is nothing left to write down
SELECT m.note, coalesce(m.date_line, 1) AS line, 1 AS col, p.who, m.day AS since, m.day AS due,
       plus(m.day, setting('write-notes.until')) AS until,
       'write down what ' || p.names || ' said on ' || m.day AS message
FROM took_place AS m JOIN people AS p ON p.note = m.note
WHERE m.known AND NOT m.prose AND m.via IS NOT 'email'
