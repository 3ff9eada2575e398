-- kind: unwise
-- id: there
-- severity: error
-- summary: the same again
SELECT 1
