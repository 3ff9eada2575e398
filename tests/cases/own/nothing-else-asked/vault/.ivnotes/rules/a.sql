-- id: bad
-- kind: unwise
-- severity: warning
-- summary: a contact is there
SELECT nowhere
