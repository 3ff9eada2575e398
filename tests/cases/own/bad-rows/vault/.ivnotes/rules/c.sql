-- id: c
-- kind: unwise
-- severity: warning
-- summary: a contact is there
SELECT note AS note, 'one' AS line, 1 AS col, NULL AS who, NULL AS since, NULL AS due, NULL AS until, 'x' AS message
FROM note
