-- id: thank-decline
-- kind: owed
-- to: person
-- severity: warning
-- scope: note
-- summary: thank somebody who said no
-- brief: thank WHO for the answer
-- why: A no took them a minute of thought, and most people never hear of it again. Thank them in a
--      line, politely, and the door stays open: for a name they may think of, or for another year.
-- source: S0
-- remedy: write a line of thanks and add it under 'touches', or 'touches: skipped'
-- setting: thank-decline.after span 1bd   how soon after a no to thank them
-- setting: thank-decline.until span 10bd   after this long it only reminds them of having said no
SELECT a.note, a.line, a.col, a.person AS who, a.day AS since,
       plus(a.day, setting('thank-decline.after')) AS due,
       plus(a.day, setting('thank-decline.until')) AS until,
       'thank ' || n.name || ', who said no on ' || a.day AS message
FROM last_answer AS a JOIN note AS n ON n.note = a.person
WHERE a.outcome = 'no'
  -- what was sent before they answered on that day thanks nobody
  AND NOT EXISTS (SELECT 1 FROM sent AS s
                  WHERE s.note = a.person AND s.day >= a.day
                    AND NOT (s.field = 'outreach' AND s.day = a.day AND s.seq <= a.seq))
  AND NOT EXISTS (SELECT 1 FROM thanks AS t WHERE t.person = a.person AND t.day >= a.day)
  AND NOT EXISTS (SELECT 1 FROM appointment AS m
                  WHERE m.person = a.person AND m.day >= a.day AND m.open)
  AND NOT EXISTS (SELECT 1 FROM record AS s
                  WHERE s.note = a.person AND s.seq > a.seq AND s.field = 'outreach' AND s.skipped)
  AND NOT EXISTS (SELECT 1 FROM waiver AS w
                  WHERE w.note = a.person AND w.field = 'touches' AND a.day <= w.until)
