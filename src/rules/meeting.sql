-- id: meeting
-- kind: owed
-- to: self
-- severity: info
-- scope: note
-- show: agenda
-- summary: a meeting is ahead
-- why: An agenda that leaves out the meetings is none.
-- source: own
-- remedy: go there, on time; if it is off, write 'state: cancelled' or 'state: moved'
SELECT m.note, coalesce(m.date_line, 1) AS line, 1 AS col, p.who, NULL AS since, m.day AS due,
       m.day AS until,
       'meet ' || p.names
       || iif(m.minute IS NULL, '', printf(' at %02d:%02d', m.minute / 60, m.minute % 60))
       || coalesce(', ' || nullif(m.via, 'in-person'), '') AS message
FROM ahead AS m JOIN people AS p ON p.note = m.note
