-- id: hostile
-- kind: unwise
-- severity: warning
-- summary: a hostile rule
SELECT note, 1 AS line, 1 AS col, NULL AS who, NULL AS since, NULL AS due, NULL AS until,
       replace(hex(zeroblob(30000)), '0', 'a') || 'b' REGEXP '^(a|a)*$' AS message
FROM note
