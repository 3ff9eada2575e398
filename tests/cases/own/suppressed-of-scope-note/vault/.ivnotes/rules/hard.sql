-- id: hard-work
-- kind: unwise
-- severity: warning
-- scope: note
-- summary: a task that is hard
SELECT note, line, col, NULL AS who, NULL AS since, NULL AS due, NULL AS until,
       'hard: ' || text AS message
FROM task WHERE text LIKE '%hard%'
