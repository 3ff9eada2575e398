-- id: hostile
-- kind: unwise
-- severity: warning
-- summary: a hostile rule
DELETE FROM note RETURNING note, 1 AS line, 1 AS col, NULL AS who, NULL AS since,
       NULL AS due, NULL AS until, 'gone' AS message
