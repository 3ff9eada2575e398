-- id: referral-loop
-- kind: broken
-- severity: warning
-- scope: vault
-- summary: people who referred each other in a circle
-- why: Somebody was the first to give a name. Where the chain of 'referred-by' ends where it began,
--      one link is wrong, and the report back goes to the wrong person.
-- source: own
-- remedy: correct 'referred-by' in one of the notes
WITH RECURSIVE
-- The first note of every loop by number, over numbers alone: quick, and mostly nothing is found.
walk (first, at, length) AS (
	SELECT r.note, r.target, 1
	FROM ref AS r
	WHERE r.field = 'referred-by' AND r.target >= r.note
	  AND EXISTS (SELECT 1 FROM ref AS b
	              WHERE b.target = r.note AND b.field = 'referred-by' AND b.note >= r.note)
	UNION
	SELECT w.first, r.target, w.length + 1
	FROM walk AS w JOIN ref AS r ON r.note = w.at AND r.field = 'referred-by'
	WHERE w.at <> w.first AND w.length < 64 AND r.target >= w.first
),
-- Every note of these loops, and all that can be reached from there.
near (note) AS (
	SELECT first FROM walk WHERE at = first
	UNION
	SELECT r.target
	FROM near AS o JOIN ref AS r ON r.note = o.note AND r.field = 'referred-by'
	WHERE r.target IS NOT NULL
),
-- A loop is told from the first of its notes by path.
chain (note, path, line, col, at, names, length) AS (
	SELECT s.note, s.path, r.line, r.col, n.note, s.name || ', ' || n.name, 1
	FROM near
	CROSS JOIN note AS s ON s.note = near.note
	CROSS JOIN ref AS r ON r.note = s.note AND r.field = 'referred-by'
	JOIN note AS n ON n.note = r.target
	WHERE n.path >= s.path
	UNION ALL
	SELECT c.note, c.path, c.line, c.col, n.note, c.names || ', ' || n.name, c.length + 1
	FROM chain AS c
	JOIN ref AS r ON r.note = c.at AND r.field = 'referred-by'
	JOIN note AS n ON n.note = r.target
	WHERE c.at <> c.note AND c.length < 64 AND n.path >= c.path
)
SELECT note, line, col, note AS who, NULL AS since, NULL AS due, NULL AS until,
       'referred-by goes round in a circle: ' || names AS message
FROM chain
WHERE at = note
