-- id: hostile
-- kind: unwise
-- severity: warning
-- summary: a hostile rule
CREATE TRIGGER x AFTER INSERT ON finding BEGIN DELETE FROM note; END
