-- id: hostile
-- kind: unwise
-- severity: warning
-- summary: a hostile rule
VACUUM INTO 'vacuumed.db'
