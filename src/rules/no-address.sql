-- id: no-address
-- kind: unwise
-- to: person
-- severity: info
-- scope: note
-- lapse: yes
-- summary: thanks are open and there is nowhere to send them
-- why: Thanks in writing need an address. Ask for a card before you leave; the front desk knows the
--      rest. Where friends, family and mentors live you know.
-- source: own
-- remedy: add 'email', 'phone', 'address', 'url' or 'linkedin' to the contact
--
-- Advice is for informational meetings; of one that nobody has recorded only what is owed is told.
-- Where several thanks are open the latest names the day: one address serves them all.
SELECT c.note, n.name_line AS line, 1 AS col, c.note AS who, m.day AS since,
       plus(m.day, setting('thank-you.after')) AS due,
       (SELECT plus(min(x.day), '-1d') FROM unthanked AS x
        WHERE x.person = c.note AND x.day > m.day AND x.kind = 'informational' AND x.known) AS until,
       'no email, phone, address or profile to thank ' || n.name || ' for ' || m.day AS message
FROM contact AS c
CROSS JOIN note AS n ON n.note = c.note
CROSS JOIN unthanked AS m ON m.person = c.note
WHERE NOT c.reachable AND NOT c.soft AND m.kind = 'informational' AND m.known
GROUP BY c.note, m.day
