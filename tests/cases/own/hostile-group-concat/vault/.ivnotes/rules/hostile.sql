-- id: hostile
-- kind: unwise
-- severity: warning
-- summary: a hostile rule
WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < 100000)
SELECT note, 1 AS line, 1 AS col, NULL AS who, NULL AS since, NULL AS due, NULL AS until,
       (SELECT group_concat(n) FROM r) AS message
FROM note
