-- id: f
-- kind: unwise
-- severity: warning
-- summary: a contact is there
SELECT note AS note, 1 AS line, 1 AS col, NULL AS who, NULL AS since, '2026-02-30' AS due, NULL AS until, 'x' AS message
FROM note
