-- id: json-patch
-- kind: unwise
-- severity: warning
-- summary: one call may take long
SELECT note, 1 AS line, 1 AS col, NULL AS who, NULL AS since, NULL AS due, NULL AS until,
       'x' || json_patch('{}', name) AS message
FROM note
