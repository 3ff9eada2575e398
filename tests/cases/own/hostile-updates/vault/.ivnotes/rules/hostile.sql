-- id: hostile
-- kind: unwise
-- severity: warning
-- summary: a hostile rule
UPDATE note SET name = 'Nobody'
