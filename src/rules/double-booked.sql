-- id: double-booked
-- kind: broken
-- severity: warning
-- scope: note
-- summary: two meetings at the same time
-- why: Nobody sits in two places. One of the times is a slip, or one of the two has to be moved
--      while there is time to ask politely.
-- source: own
-- remedy: correct the time, or move one and write 'state: moved'
-- setting: double-booked.length minutes 30m   how long a meeting takes that does not say so
SELECT b.note, coalesce(b.date_line, 1) AS line, 1 AS col, NULL AS who, NULL AS since, NULL AS due,
       b.day AS until,
       'at the same time as ''' || x.path
       || printf(''', at %02d:%02d', a.minute / 60, a.minute % 60) AS message
FROM ahead AS b
JOIN ahead AS a ON a.day = b.day AND a.note <> b.note
JOIN note AS x ON x.note = a.note
JOIN note AS y ON y.note = b.note
WHERE (a.minute < b.minute OR (a.minute = b.minute AND x.path < y.path))
  AND b.minute < a.minute + coalesce(a.planned, CAST(setting('double-booked.length') AS INTEGER))
