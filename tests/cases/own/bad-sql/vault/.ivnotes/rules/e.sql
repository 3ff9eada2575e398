-- id: e
-- kind: unwise
-- severity: warning
-- summary: a contact is there

-- nothing yet
