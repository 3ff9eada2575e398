-- id: time-travel
-- kind: broken
-- severity: error
-- scope: note
-- summary: something happened before it could have
-- why: An answer older than the request, thanks older than the meeting, or the length of a meeting that is
--      still ahead: one of the days is a slip, and what is due by it comes too early or never.
-- source: own
-- remedy: correct the day; if the meeting was moved, write a note for the new one
SELECT note, line, col, NULL AS who, NULL AS since, NULL AS due, NULL AS until, message, severity
FROM problem
WHERE rule = 'time-travel'
UNION ALL
SELECT note, line, col, note, NULL, NULL, NULL,
       'answered on ' || outcome_day || ', before the request of ' || day, NULL
FROM record
WHERE field = 'outreach' AND outcome IN ('yes', 'no', 'later') AND outcome_day < day
UNION ALL
SELECT t.note, t.line, t.col, NULL, NULL, NULL, NULL,
       'thanked on ' || t.day || ', before the meeting of ' || m.day, NULL
FROM took_place AS m JOIN record AS t ON t.note = m.note
WHERE t.field = 'thank-you' AND t.day < m.day
UNION ALL
SELECT note, coalesce(actual_line, 1), 1, NULL, NULL, NULL, plus(day, '-1d'),
       'lasted ' || actual || ' minutes, but the meeting of ' || day || ' is still ahead', NULL
FROM took_place
WHERE actual IS NOT NULL
