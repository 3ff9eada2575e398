-- id: record-outcome
-- kind: owed
-- to: self
-- severity: warning
-- scope: note
-- summary: the day of a meeting has passed and the note does not say what became of it
-- why: Everything that follows hangs on whether you met. While the note is silent, nothing else but
--      thanks is asked about this meeting.
-- source: S4, own
-- remedy: add 'actual: 20m' and a few lines of notes, or 'state: held', 'cancelled', 'moved',
--      'no-show' (they did not come) or 'missed' (you did not)
-- setting: record-outcome.after span 1d   how long after the meeting it should be written down
SELECT m.note, coalesce(m.date_line, 1) AS line, 1 AS col, p.who,
       plus(m.day, setting('record-outcome.after')) AS since,
       plus(m.day, setting('record-outcome.after')) AS due, NULL AS until,
       'say what became of the meeting with ' || p.names || ' on ' || m.day AS message
FROM ahead AS m JOIN people AS p ON p.note = m.note
