-- id: hostile
-- kind: unwise
-- severity: warning
-- summary: a hostile rule
CREATE VIRTUAL TABLE x USING fts5 (a)
