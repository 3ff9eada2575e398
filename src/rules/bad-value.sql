-- id: bad-value
-- kind: broken
-- severity: error
-- scope: note
-- summary: a value that cannot be read
-- why: A date that does not exist or a word that means nothing here is skipped, and what you
--      thought was noted is not. The message says what would be understood.
-- source: own
-- remedy: write the value as the message says
SELECT note, line, col, NULL AS who, NULL AS since, NULL AS due, NULL AS until, message, severity
FROM problem
WHERE rule = 'bad-value'
