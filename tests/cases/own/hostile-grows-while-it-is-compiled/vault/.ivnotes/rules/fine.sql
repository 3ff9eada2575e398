-- id: fine
-- kind: unwise
-- severity: warning
-- summary: a contact is there
SELECT note, name_line AS line, 1 AS col, note AS who, NULL AS since, NULL AS due, NULL AS until,
       'there is ' || name AS message
FROM note WHERE type = 'contact';
