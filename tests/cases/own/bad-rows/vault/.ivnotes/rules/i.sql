-- id: i
-- kind: unwise
-- severity: warning
-- summary: a contact is there
SELECT note AS note, NULL AS line, NULL AS col, NULL AS who, NULL AS since, NULL AS due, NULL AS until, name AS message, 'info' AS severity
FROM note
