-- id: connect
-- kind: owed
-- to: person
-- severity: info
-- scope: note
-- summary: connect with whom you met, on the network they use
-- brief: connect with WHO
-- why: Once connected, you hear of each other without writing, and they see what you do. Ask within
--      days of the first meeting, while they know your face. Friends and family need no such link.
-- source: S4
-- remedy: send the invitation and write 'connected: DATE', or 'connected: no'
-- setting: connect.after span 3d   how long after the first meeting it is due
-- setting: connect.until span 30d   after this long an invitation looks odd
SELECT note, line, 1 AS col, note AS who, day AS since, plus(day, setting('connect.after')) AS due,
       plus(day, setting('connect.until')) AS until,
       'connect with ' || name || ', first met on ' || day AS message
FROM (SELECT c.note, n.name_line AS line, n.name, min(m.day) AS day,
             min(m.day || NOT m.known) AS first
      FROM contact AS c
      CROSS JOIN note AS n ON n.note = c.note
      CROSS JOIN met AS m ON m.person = c.note
      WHERE c.connected IS NULL AND NOT c.soft
      GROUP BY c.note) AS f
WHERE first = day || 0
  AND NOT EXISTS (SELECT 1 FROM silence AS s WHERE s.person = f.note AND f.day < s.until)
