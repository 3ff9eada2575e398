-- id: front-matter
-- kind: broken
-- severity: error
-- scope: note
-- summary: the header of a note cannot be read
-- why: A header that is not closed, is no list of keys and values or says something twice cannot be
--      trusted, and what stands in it would be missed without a word. Line and column say where
--      reading stopped, and everything that could be read still counts.
-- source: own
-- remedy: mend the line; text with ': ' or a leading '[', '"', '@' or '#' wants quotes
SELECT note, line, col, NULL AS who, NULL AS since, NULL AS due, NULL AS until, message, severity
FROM problem
WHERE rule = 'front-matter'
