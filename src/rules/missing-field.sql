-- id: missing-field
-- kind: broken
-- severity: error
-- scope: note
-- summary: a meeting without a contact or a date
-- why: Everything that is owed for a meeting is owed to somebody from some day on. Without the two,
--      nobody will ever be thanked for it.
-- source: own
-- remedy: add 'contact:' and 'date:'
SELECT note, line, col, NULL AS who, NULL AS since, NULL AS due, NULL AS until, message, severity
FROM problem
WHERE rule = 'missing-field'
