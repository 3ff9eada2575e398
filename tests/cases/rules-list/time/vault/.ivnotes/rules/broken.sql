-- id: fails
-- kind: unwise
-- severity: warning
-- summary: a contact is there
SELECT nowhere
