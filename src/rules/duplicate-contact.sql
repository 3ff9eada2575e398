-- id: duplicate-contact
-- kind: broken
-- severity: warning
-- scope: note
-- summary: two contacts who are one person
-- why: With two notes for one person each tells half of the story: one is asked again who was
--      thanked in the other. Two colleagues behind one switchboard are two people, and their names
--      say so.
-- source: own
-- remedy: move everything into one note and delete the other, or correct the address
SELECT b.note, coalesce(b.email_line, 1) AS line, 1 AS col, b.note AS who, NULL AS since,
       NULL AS due, NULL AS until,
       'same email as ' || x.name || ' in ''' || x.path || '''' AS message
FROM contact AS b
JOIN contact AS a ON a.note <> b.note AND a.email = b.email
JOIN note AS x ON x.note = a.note
JOIN note AS y ON y.note = b.note
WHERE x.path < y.path
UNION ALL
-- Alike: the last words are the same, and one of the first words begins the other ('J.', 'Jane').
SELECT b.note, coalesce(b.phone_line, 1), 1, b.note, NULL, NULL, NULL,
       'same phone and nearly the same name as ' || x.name || ' in ''' || x.path || ''''
FROM contact AS b
JOIN contact AS a ON a.note <> b.note AND a.phone = b.phone
JOIN named AS x ON x.note = a.note
JOIN named AS y ON y.note = b.note
WHERE x.path < y.path AND coalesce(a.email <> b.email, 1)
  AND x.last = y.last
  AND (substr(x.first, 1, length(y.first)) = y.first
       OR substr(y.first, 1, length(x.first)) = x.first)
