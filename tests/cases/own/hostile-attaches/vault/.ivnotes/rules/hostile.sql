-- id: hostile
-- kind: unwise
-- severity: warning
-- summary: a hostile rule
ATTACH 'attached.db' AS other
