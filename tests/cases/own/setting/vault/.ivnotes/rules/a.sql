-- id: there
-- kind: unwise
-- severity: warning
-- summary: a contact is there
-- setting: there.most minutes 1h   how many
SELECT note, name_line AS line, 1 AS col, note AS who, NULL AS since, NULL AS due, NULL AS until,
       'at most ' || setting('there.most') AS message
FROM note WHERE type = 'contact'
