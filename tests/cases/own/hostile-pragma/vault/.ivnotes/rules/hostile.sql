-- id: hostile
-- kind: unwise
-- severity: warning
-- summary: a hostile rule
PRAGMA writable_schema = 1
