-- id: unknown-type
-- kind: broken
-- severity: warning
-- scope: note
-- summary: a type that is one slip from a known one
-- why: A note is a contact, a meeting or an organization by its type. With a slip in the word it is
--      none of them, and nothing is asked of it.
-- source: own
-- remedy: write 'contact', 'meeting' or 'organization'; types of your own are left alone
SELECT note, line, col, NULL AS who, NULL AS since, NULL AS due, NULL AS until, message, severity
FROM problem
WHERE rule = 'unknown-type'
