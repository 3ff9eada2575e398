-- id: ask-first
-- kind: owed
-- to: person
-- severity: info
-- scope: note
-- ends: search
-- summary: somebody you wanted to learn from was never asked
-- brief: ask WHO
-- why: The more you ask, the more you meet; a little over half of those who are asked say yes. A
--      name with a purpose that waits for a week waits for a better letter, which nobody writes.
--      Friends and family need no request.
-- source: S3 S4
-- remedy: ask, and add the request under 'outreach'; 'outreach: skipped' if you will not
-- setting: ask-first.after span 7d   how long after the note was begun to ask
SELECT c.note, n.name_line AS line, 1 AS col, c.note AS who, n.created AS since,
       plus(n.created, setting('ask-first.after')) AS due, NULL AS until,
       'ask ' || n.name || ', on your list since ' || n.created AS message
FROM contact AS c CROSS JOIN note AS n ON n.note = c.note
WHERE c.purpose <> '' AND NOT c.soft AND n.created IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM record AS r
                  WHERE r.note = c.note AND (r.skipped OR r.day IS NOT NULL)
                    AND r.field IN ('outreach', 'touches', 'reported', 'feeler'))
  AND NOT EXISTS (SELECT 1 FROM attendance AS a WHERE a.person = c.note)
  -- who was named to you on a day is act-on-referral's
  AND NOT EXISTS (SELECT 1 FROM ref AS r JOIN took_place AS m ON m.note = r.note
                  WHERE r.target = c.note AND r.field = 'referrals' AND m.known)
  AND NOT EXISTS (SELECT 1 FROM ref AS r
                  JOIN contact AS s ON s.note = r.note JOIN note AS f ON f.note = r.note
                  WHERE r.target = c.note AND r.field = 'referrals' AND r.note <> c.note
                    AND (f.created IS NOT NULL
                         OR EXISTS (SELECT 1 FROM answer AS a WHERE a.person = r.note)))
