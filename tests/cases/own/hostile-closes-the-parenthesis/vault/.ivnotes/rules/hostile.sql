-- id: hostile
-- kind: unwise
-- severity: warning
-- summary: a hostile rule
SELECT 1);
DELETE FROM note;
SELECT * FROM (SELECT 1
