-- id: f
-- kind: unwise
-- severity: warning
-- summary: a contact is there
/* a
   comment */
SELECT ?1
