-- id: time-travel
-- kind: broken
-- severity: error
-- scope: note
-- summary: something happened before it could have
-- why: An answer older than the request, thanks older than the meeting, or the length of a meeting
--      that is still ahead: one of the days is a slip, and what is due by it comes too early or
--      never.
-- source: own
-- remedy: correct the day; if the meeting was moved, write a note for the new one
SELECT note, line, col, NULL AS who, NULL AS since, NULL AS due, NULL AS until, message, severity
FROM problem
WHERE rule = 'time-travel'
UNION ALL
SELECT note, coalesce(actual_line, 1), 1, NULL, NULL, NULL, plus(day, '-1d'),
       'lasted ' || actual || ' minutes, but the meeting of ' || day || ' is still ahead', NULL
FROM took_place
WHERE actual IS NOT NULL
