-- id: hostile
-- kind: unwise
-- severity: warning
-- summary: a hostile rule
ANALYZE
