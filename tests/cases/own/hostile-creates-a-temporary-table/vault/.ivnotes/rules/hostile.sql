-- id: hostile
-- kind: unwise
-- severity: warning
-- summary: a hostile rule
CREATE TEMP TABLE note AS SELECT 1
