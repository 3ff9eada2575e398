-- id: no-source
-- kind: unwise
-- severity: info
-- scope: note
-- summary: nothing says how you came by the name
-- why: The first thing they want to know is how you found them, and the first line of a request
--      says so. Later you will want to tell whoever gave you the name what came of it, and to know
--      which of your ways to people works.
-- source: S0 S2
-- remedy: add 'source: alumni list' or whatever it was, 'referred-by:' with who sent you, or
--      'relation: former colleague'
--
-- A name that somebody gave stands in their 'referrals' or here in 'referred-by': either says it.
SELECT c.note, n.name_line AS line, 1 AS col, c.note AS who, NULL AS since, NULL AS due,
       NULL AS until, 'no source: how did you come by the name of ' || n.name || '?' AS message
FROM contact AS c
CROSS JOIN note AS n ON n.note = c.note
WHERE c.source IS NULL AND c.relation IS NULL
  AND NOT EXISTS (SELECT 1 FROM ref AS r WHERE r.note = c.note AND r.field = 'referred-by')
  AND NOT EXISTS (SELECT 1 FROM ref AS r WHERE r.target = c.note AND r.field = 'referrals')
  AND EXISTS (SELECT 1 FROM approached AS a WHERE a.person = c.note)
