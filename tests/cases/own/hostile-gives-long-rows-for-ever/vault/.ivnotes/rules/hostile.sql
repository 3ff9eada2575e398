-- id: hostile
-- kind: unwise
-- severity: warning
-- summary: a hostile rule
WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r)
SELECT note, 1 AS line, 1 AS col, NULL AS who, NULL AS since, NULL AS due, NULL AS until,
       replace(hex(zeroblob(30000)), '0', 'x') AS message
FROM r CROSS JOIN note
