-- id: broken-link
-- kind: broken
-- severity: error
-- scope: note
-- summary: a link that leads to nothing
-- why: Most dead links are slips of the pen or notes that were renamed, and whoever is meant is not
--      found: a meeting with nobody reminds of no one. In a contact's organization and referrals a
--      plain name is enough; people are named long before they are met.
-- source: own
-- remedy: correct the name, or write the note; a name without brackets is a name and no link
SELECT r.note, r.line, r.col, NULL AS who, NULL AS since, NULL AS due, NULL AS until,
       iif(r.form = 'link' AND r.field = 'body', 'there is no note at ''' || r.text || '''',
           'no note is called ''' || iif(r.form = 'bare', r.text, r.key) || '''') AS message,
       iif(r.field = 'body' OR n.type IS NULL, 'warning', NULL) AS severity
FROM ref AS r JOIN note AS n ON n.note = r.note
WHERE r.matches = 0
  AND CASE r.form
      WHEN 'link' THEN 1
      WHEN 'wiki' THEN n.type IS NOT NULL
      WHEN 'bare' THEN n.type = 'meeting' AND r.field = 'contact'
      END
