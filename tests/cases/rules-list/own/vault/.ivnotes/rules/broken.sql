-- id: fails
-- kind: unwise
-- severity: warning
-- summary: its query fails
SELECT nowhere
