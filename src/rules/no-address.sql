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
-- Where several thanks are open the latest names the day: one address serves them all. A pause moves
-- each row by as many days as its thanks; the earlier one ends where the later begins then.
WITH debt (note, name, line, day, due, wait) AS NOT MATERIALIZED (
  SELECT note, name, line, day, due,
         CAST(iif(paused > due, julianday(paused) - julianday(due), 0) AS INTEGER)
  FROM (SELECT c.note, n.name, n.name_line AS line, c.paused, m.day,
               plus(m.day, setting('thank-you.after')) AS due
        FROM contact AS c
        CROSS JOIN note AS n ON n.note = c.note
        CROSS JOIN unthanked AS m ON m.person = c.note
        WHERE NOT c.reachable AND NOT c.soft AND m.kind = 'informational' AND m.known))
SELECT d.note, d.line, 1 AS col, d.note AS who, d.day AS since, d.due,
       (SELECT min(plus(x.day, (x.wait - d.wait - 1) || 'd')) FROM debt AS x
        WHERE x.note = d.note AND x.day > d.day) AS until,
       'no email, phone, address or profile to thank ' || d.name || ' for ' || d.day AS message
FROM debt AS d
GROUP BY d.note, d.day
