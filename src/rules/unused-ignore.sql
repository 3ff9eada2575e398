-- id: unused-ignore
-- kind: broken
-- severity: info
-- scope: vault
-- summary: a suppression that suppresses nothing
-- why: What is silenced stays silent. A suppression that outlived its reason would hide the next
--      finding, which may be a real one.
-- source: own
-- remedy: remove the rule's id from 'ivnotes-ignore', or the comment

-- Asked of everything: findings come and go with other notes, too.
SELECT s.note, s.line, s.col, NULL AS who, NULL AS since, NULL AS due, NULL AS until,
       coalesce(no_rule(s.rule), 'nothing here to ignore of ''' || s.rule || '''') AS message
FROM suppression AS s JOIN note AS n ON n.note = s.note
WHERE n.type IS NOT NULL AND s.rule <> 'unused-ignore'
  AND setting('severity.' || s.rule) IS NOT 'off'
  AND NOT EXISTS (SELECT 1 FROM failure WHERE failure.rule = s.rule)
  AND NOT EXISTS (SELECT 1 FROM finding AS f
                  WHERE f.note = s.note AND f.rule = s.rule AND f.suppressed = 1
                    AND f.line >= s.first_line
                    AND f.line <= iif(s.first_line = 0, 1e9, s.last_line))
