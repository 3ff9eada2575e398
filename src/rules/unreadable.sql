-- id: unreadable
-- kind: broken
-- severity: error
-- scope: note
-- summary: a note that cannot be opened
-- why: A file without permission, or one that is no file at all, may hide a promise. The others are
--      read all the same.
-- source: own
-- remedy: give yourself the right to read it, or move it out of the vault
SELECT note, line, col, NULL AS who, NULL AS since, NULL AS due, NULL AS until, message, severity
FROM problem
WHERE rule = 'unreadable'
