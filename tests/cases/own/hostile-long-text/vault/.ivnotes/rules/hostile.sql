-- id: hostile
-- kind: unwise
-- severity: warning
-- summary: a hostile rule
SELECT note, 1 AS line, 1 AS col, NULL AS who, NULL AS since, NULL AS due, NULL AS until,
       replace(hex(zeroblob(100000)), '0', 'x') AS message
FROM note
