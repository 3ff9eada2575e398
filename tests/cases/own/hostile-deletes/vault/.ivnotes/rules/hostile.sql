-- id: hostile
-- kind: unwise
-- severity: warning
-- summary: a hostile rule
DELETE FROM note
