-- id: hostile
-- kind: unwise
-- severity: warning
-- summary: a hostile rule
INSERT INTO note (note) VALUES (99)
