-- id: there
-- kind: unwise
-- severity: warning
-- summary: a contact is there
SELECT note AS note, 3 AS line, 1 AS col, CAST(x'1bff41' AS TEXT) AS who, NULL AS since, NULL AS due, NULL AS until, 'a' || char(27, 10) || 'b' || CAST(x'ff' AS TEXT) AS message
FROM note
