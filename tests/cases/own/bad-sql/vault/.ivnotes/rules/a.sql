-- id: a
-- kind: unwise
-- severity: warning
-- summary: a contact is there

SELECT note,
       nmae
FROM note
