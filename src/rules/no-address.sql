-- id: no-address
-- kind: unwise
-- to: person
-- severity: info
-- scope: note
-- lapse: yes
-- summary: thanks are open and there is nowhere to send them
-- why: Thanks in writing need an address. Ask for a card before you leave; the front desk knows the
--      rest.
-- source: own
-- remedy: add 'email', 'phone', 'address', 'url' or 'linkedin' to the contact
SELECT c.note, n.name_line AS line, 1 AS col, c.note AS who, m.day AS since,
       plus(m.day, setting('thank-you.after')) AS due, NULL AS until,
       'no email, phone, address or profile to thank ' || n.name || ' for ' || m.day AS message
FROM contact AS c
CROSS JOIN note AS n ON n.note = c.note
CROSS JOIN met AS m ON m.person = c.note
WHERE NOT c.reachable AND NOT c.soft AND m.kind <> 'catch-up' AND NOT m.again
  AND NOT EXISTS (SELECT 1 FROM thanks AS t
                  WHERE t.note = m.note AND t.who = m.who
                    AND (t.skipped OR (t.written AND t.day >= m.day)))
