-- id: no-purpose
-- kind: unwise
-- severity: info
-- scope: note
-- summary: nothing says what you want to learn from them
-- why: Decide why before you write: their background, the field, a company, a first step into it.
--      Whoever knows what he wants to learn asks better, and is sooner told whom to ask. Friends,
--      family and mentors need no reason.
-- source: S0 S2
-- remedy: add 'purpose:' with half a sentence: 'how one gets into hospital finance'
--
-- A contact who lacks a source as well has two lines: two facts are missing, each in its own field.
SELECT c.note, n.name_line AS line, 1 AS col, c.note AS who, NULL AS since, NULL AS due,
       NULL AS until, 'no purpose: what do you want to learn from ' || n.name || '?' AS message
FROM contact AS c
CROSS JOIN note AS n ON n.note = c.note
WHERE c.purpose IS NULL AND NOT c.soft
  AND EXISTS (SELECT 1 FROM approached AS a WHERE a.person = c.note)
