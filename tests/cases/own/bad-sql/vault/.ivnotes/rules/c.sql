-- id: c
-- kind: unwise
-- severity: warning
-- summary: a contact is there
SELECT note FROM note
