-- id: hostile
-- kind: unwise
-- severity: warning
-- summary: a hostile rule
SELECT note, 1 AS line, 1 AS col, NULL AS who, NULL AS since, NULL AS due, NULL AS until,
       message AS message
FROM finding
