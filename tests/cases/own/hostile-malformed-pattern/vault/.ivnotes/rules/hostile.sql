-- id: hostile
-- kind: unwise
-- severity: warning
-- summary: a hostile rule
SELECT note, 1 AS line, 1 AS col, NULL AS who, NULL AS since, NULL AS due, NULL AS until,
       name REGEXP 'Jane(' AS message
FROM note
