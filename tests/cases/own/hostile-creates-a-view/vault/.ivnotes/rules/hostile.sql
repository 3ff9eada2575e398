-- id: hostile
-- kind: unwise
-- severity: warning
-- summary: a hostile rule
CREATE TEMP VIEW note AS SELECT 1
