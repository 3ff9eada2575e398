-- id: no-time-limit
-- kind: unwise
-- severity: info
-- scope: note
-- summary: no length is planned
-- why: Busy people say yes to fifteen or twenty minutes more readily than to a conversation that
--      may take all morning. Name a time when you ask, write it down, and begin to close a couple
--      of minutes before it is over. An interview by email takes as long as they like.
-- source: S0 S2 S4
-- remedy: add 'planned: 20m'
--
-- A length that cannot be read is a 'bad-value' and nothing more.
SELECT m.note, coalesce(m.date_line, 1) AS line, 1 AS col, p.who, NULL AS since, NULL AS due,
       m.day AS until,
       'no length is planned for the meeting with ' || p.names
       || coalesce((SELECT ', you asked for ' || min(a.minutes) || ' minutes'
                    FROM asked_for AS a WHERE a.note = m.note), '') AS message
FROM ahead AS m JOIN people AS p ON p.note = m.note
WHERE m.kind = 'informational' AND m.planned_line IS NULL AND m.via IS NOT 'email'
