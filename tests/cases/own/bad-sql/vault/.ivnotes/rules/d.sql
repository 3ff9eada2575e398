-- id: d
-- kind: unwise
-- severity: warning
-- summary: a contact is there
SELECT note, line, col FROM (SELECT 1 AS note, 1 AS line, 1 AS col)
