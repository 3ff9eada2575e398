-- id: unknown-field
-- kind: broken
-- severity: warning
-- scope: note
-- summary: a field that is one slip from a known one
-- why: Fields of your own are yours and left alone. One letter off a known one is more likely a
--      slip, and what it says would be missed.
-- source: own
-- remedy: correct the spelling, or give the field a name less alike
SELECT note, line, col, NULL AS who, NULL AS since, NULL AS due, NULL AS until, message, severity
FROM problem
WHERE rule = 'unknown-field'
