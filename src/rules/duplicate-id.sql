-- id: duplicate-id
-- kind: broken
-- severity: error
-- scope: note
-- summary: one name for two notes
-- why: An id is how notes speak of each other. Where two notes share one, or a reference could mean
--      two people, thanks may be counted for the wrong one.
-- source: own
-- remedy: rename one of the files, or write the folder too: '[[people/jane-green]]'
SELECT n.note, 1 AS line, 1 AS col, NULL AS who, NULL AS since, NULL AS due, NULL AS until,
       'id ''' || n.id || ''' is shared with '''
       || (SELECT min(o.path) FROM name AS k JOIN note AS o ON o.note = k.note
           WHERE k.key = n.key AND k.rank = 1 AND k.note <> n.note AND o.type IS NOT NULL)
       || '''' AS message
FROM note AS n
WHERE n.type IS NOT NULL
  AND EXISTS (SELECT 1 FROM name AS k JOIN note AS o ON o.note = k.note
              WHERE k.key = n.key AND k.rank = 1 AND k.note <> n.note AND o.type IS NOT NULL)
UNION ALL
SELECT r.note, r.line, r.col, NULL, NULL, NULL, NULL,
       '''' || r.text || ''' could mean ' || r.matches || ' notes'
FROM ref AS r JOIN note AS n ON n.note = r.note
WHERE r.matches > 1 AND r.form IN ('bare', 'wiki') AND n.type IS NOT NULL
