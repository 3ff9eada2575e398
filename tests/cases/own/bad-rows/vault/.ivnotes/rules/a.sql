-- id: a
-- kind: unwise
-- severity: warning
-- summary: a contact is there
SELECT 99 AS note, 1 AS line, 1 AS col, NULL AS who, NULL AS since, NULL AS due, NULL AS until, 'x' AS message
FROM note
