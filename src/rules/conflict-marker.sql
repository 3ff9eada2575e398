-- id: conflict-marker
-- kind: broken
-- severity: error
-- scope: note
-- summary: a merge was left half done
-- why: Two versions stand one below the other, and neither is the note. Until you choose, what is
--      read from here may be old.
-- source: own
-- remedy: choose one side and remove the lines '<<<<<<<', '=======' and '>>>>>>>'
SELECT note, line, col, NULL AS who, NULL AS since, NULL AS due, NULL AS until, message, severity
FROM problem
WHERE rule = 'conflict-marker'
