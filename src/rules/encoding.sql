-- id: encoding
-- kind: broken
-- severity: error
-- scope: note
-- summary: a note is no UTF-8 text, or too big
-- why: A note in another encoding, with NUL bytes, or larger than 16 MiB is no text that an editor
--      and git would show you. Names with accents would be taken for others.
-- source: own
-- remedy: save the file as UTF-8, or name it otherwise than '.md'
SELECT note, line, col, NULL AS who, NULL AS since, NULL AS due, NULL AS until, message, severity
FROM problem
WHERE rule = 'encoding'
