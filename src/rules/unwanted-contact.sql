-- id: unwanted-contact
-- kind: broken
-- severity: warning
-- scope: note
-- summary: written to somebody who asked not to be
-- why: Whoever asks to be left alone means it, and the field is one people are small in.
-- source: own
-- remedy: leave them alone; if they came back to you, remove 'do-not-contact'
--
-- A meeting that nobody has recorded is not found here: while nothing says that it took place, only
-- 'record-outcome' and 'thank-you' speak of it.
SELECT t.note, t.line, t.col, c.note AS who, NULL AS since, NULL AS due, NULL AS until,
       n.name || ' asked on ' || c.do_not_contact || ' not to be contacted; this is of ' || t.day
       AS message
FROM contact AS c CROSS JOIN sent AS t ON t.note = c.note JOIN note AS n ON n.note = c.note
WHERE c.do_not_contact > '0001-01-01' AND t.day > c.do_not_contact
UNION ALL
-- distinct: somebody may be named twice
SELECT DISTINCT t.note, t.line, t.col, c.note, NULL, NULL, NULL,
       n.name || ' asked on ' || c.do_not_contact || ' not to be contacted; this is of ' || t.day
FROM contact AS c CROSS JOIN thanks AS t ON t.person = c.note JOIN note AS n ON n.note = c.note
WHERE c.do_not_contact > '0001-01-01' AND t.day > c.do_not_contact
UNION ALL
SELECT t.note, t.line, t.col, c.note, t.day, NULL, NULL,
       n.name || ' asked on ' || c.do_not_contact || ' not to be contacted; this is of ' || t.day
FROM contact AS c CROSS JOIN met AS t ON t.person = c.note JOIN note AS n ON n.note = c.note
WHERE c.do_not_contact > '0001-01-01' AND t.day > c.do_not_contact AND NOT t.again AND t.known
