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
SELECT note, actual_line AS line, 1 AS col, NULL AS who, day AS since, NULL AS due,
       plus(day, setting('overrun.until')) AS until,
       'took ' || actual || ' minutes, ' || planned || ' were planned' AS message
FROM took_place
WHERE kind = 'informational'
  AND extended IS NOT -1
  AND actual > planned + coalesce(extended, 0) + CAST(setting('overrun.tolerance') AS INTEGER)
