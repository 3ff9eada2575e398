-- id: alone
-- kind: unwise
-- severity: warning
-- summary: the only contact
SELECT note, 1 AS line, 1 AS col, NULL AS who, NULL AS since, NULL AS due, NULL AS until,
       name || ' is alone' AS message
FROM note WHERE type = 'contact' AND (SELECT count(*) FROM contact) = 1
