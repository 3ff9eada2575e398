-- id: feeler
-- kind: owed
-- to: person
-- severity: info
-- scope: note
-- ends: search
-- summary: you pursue their company; ask those you met there to think of you
-- why: Once you know that you want to work there, say so to the people who told you about it: 'If
--      you hear of any openings I would appreciate hearing from you', with your resume. That is no
--      request for a job, and openings are known inside long before they are advertised.
-- source: S1
-- remedy: write to them and add 'feeler: DATE email' to their note, or 'feeler: skipped'
-- setting: feeler.after span 7d   how soon after the decision to write
SELECT p.note, p.line, 1 AS col, p.note AS who, p.day AS since,
       plus(p.day, setting('feeler.after')) AS due, NULL AS until,
       'tell ' || p.name || ' that you would like to hear of openings at ' || p.organization
           AS message
FROM (SELECT r.note, n.name_line AS line, n.name, g.name AS organization,
             max(min(o.pursuing), (SELECT min(m.day) FROM met AS m
                                   WHERE m.person = r.note AND m.known)) AS day
      FROM organization AS o
      JOIN ref AS r ON r.target = o.note AND r.field = 'organization'
      JOIN contact AS c ON c.note = r.note
      JOIN note AS n ON n.note = r.note
      JOIN note AS g ON g.note = o.note
      WHERE o.pursuing IS NOT NULL
      GROUP BY r.note) AS p
WHERE p.day IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM record AS f
                  WHERE f.note = p.note AND f.field = 'feeler'
                    AND (f.skipped OR (f.day IS NOT NULL AND f.outcome IS NOT 'bounced')))
  AND NOT EXISTS (SELECT 1 FROM silence AS s WHERE s.person = p.note AND p.day < s.until)
