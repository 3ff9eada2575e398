-- id: b
-- kind: unwise
-- severity: warning
-- summary: a contact is there
SELEC 1
