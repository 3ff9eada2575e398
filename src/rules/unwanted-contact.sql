-- id: unwanted-contact
-- kind: broken
-- severity: warning
-- scope: note
-- summary: written to somebody who asked not to be
-- why: Whoever asks to be left alone means it, and the field is one people are small in.
-- source: own
-- remedy: leave them alone; if they came back to you, remove 'do-not-contact'
SELECT t.note, t.line, t.col, t.person AS who, iif(t.kind = 'meeting', t.day, NULL) AS since,
       NULL AS due, NULL AS until,
       n.name || ' asked on ' || c.do_not_contact || ' not to be contacted; this is of ' || t.day
       AS message
FROM touch AS t
JOIN contact AS c ON c.note = t.person
JOIN note AS n ON n.note = t.person
WHERE c.do_not_contact > '0001-01-01' AND t.day > c.do_not_contact
