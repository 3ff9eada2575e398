-- id: follow-up
-- kind: owed
-- to: self
-- severity: warning
-- scope: note
-- lapse: never
-- summary: what you said you would do, with a date
-- why: Promises made over coffee are small and easily forgotten, and keeping them is what people
--      notice. A promise with a date does not go away until it is kept or crossed out.
-- source: S2
-- remedy: do it and tick the task ('[x]', or '[-]' if it is off), or remove 'follow-up:'
SELECT t.note, t.line, t.col,
       coalesce(c.note, (SELECT who FROM people WHERE people.note = t.note)) AS who,
       NULL AS since, t.due, m.day AS until,
       'follow up: ' || coalesce(nullif(substr(t.text, 1, 300), ''), n.name) AS message
FROM (SELECT note, line, col, due, text FROM task
      WHERE state = 'open' AND NOT waiting AND due IS NOT NULL
      UNION ALL
      SELECT note, line, col, day, text FROM record
      WHERE field = 'follow-up' AND day IS NOT NULL) AS t
JOIN note AS n ON n.note = t.note
LEFT JOIN contact AS c ON c.note = t.note
LEFT JOIN ahead AS m ON m.note = t.note
WHERE n.type IS NOT NULL
