-- id: referral-loop
-- kind: broken
-- severity: warning
-- scope: vault
-- summary: people who referred each other in a circle
-- why: Somebody was the first to give a name. Where the chain of 'referred-by' ends where it
--      began, one link is wrong, and the report back goes to the wrong person.
-- source: own
-- remedy: correct 'referred-by' in one of the notes
WITH RECURSIVE
edge (here, there, line, col) AS (
	SELECT r.note, r.target, r.line, r.col
	FROM contact AS c JOIN ref AS r ON r.note = c.note
	WHERE r.field = 'referred-by' AND r.target IS NOT NULL
),
-- A loop is found from the first of its notes, by path, and walked through later ones only.
start (note, path, line, col, there) AS (
	SELECT n.note, n.path, e.line, e.col, e.there
	FROM edge AS e JOIN note AS n ON n.note = e.here JOIN note AS x ON x.note = e.there
	WHERE x.path >= n.path
	  AND EXISTS (SELECT 1 FROM ref AS r JOIN note AS y ON y.note = r.note
	              WHERE r.target = n.note AND r.field = 'referred-by' AND y.path >= n.path)
),
chain (note, path, line, col, at, names, length) AS (
	SELECT s.note, s.path, s.line, s.col, s.there, n.name, 1
	FROM start AS s JOIN note AS n ON n.note = s.there
	UNION ALL
	SELECT c.note, c.path, c.line, c.col, r.target, c.names || ', ' || n.name, c.length + 1
	FROM chain AS c
	JOIN ref AS r ON r.note = c.at AND r.field = 'referred-by'
	JOIN note AS n ON n.note = r.target
	WHERE c.at <> c.note AND c.length < 64 AND n.path >= c.path
)
SELECT c.note, c.line, c.col, c.note AS who, NULL AS since, NULL AS due, NULL AS until,
       'referred-by goes round in a circle: ' || n.name || ', ' || c.names AS message
FROM chain AS c JOIN note AS n ON n.note = c.note
WHERE c.at = c.note
