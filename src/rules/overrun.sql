-- id: overrun
-- kind: unwise
-- severity: info
-- scope: note
-- summary: the meeting took longer than you said it would
-- why: You asked for twenty minutes and they planned twenty. Whoever watches the clock himself is
--      taken at his word next time; begin to close two minutes before the end. If they want to go
--      on, that is a compliment, and no overrun.
-- source: S0 S2 S4
-- remedy: close in time; if they kept you, add 'extended: them'
-- setting: overrun.tolerance minutes 5m   how much longer does no harm; 0 for none
-- setting: overrun.until span 14d   how long the lesson is shown
SELECT m.note, m.actual_line AS line, 1 AS col, p.who, m.day AS since, NULL AS due,
       plus(m.day, setting('overrun.until')) AS until,
       'took ' || m.actual || ' minutes, ' || m.planned || ' were planned' AS message
FROM took_place AS m JOIN people AS p ON p.note = m.note
WHERE m.kind = 'informational'
  AND m.extended IS NOT -1
  AND m.actual > m.planned + coalesce(m.extended, 0)
                 + CAST(setting('overrun.tolerance') AS INTEGER)
