-- id: back-filled
-- kind: unwise
-- severity: info
-- scope: vault
-- default: off
-- summary: something was written down long after the day that it claims
-- why: Late entry is no sin: better late than never. But a history that was filled in afterwards
--      looks like one that was lived in time, and who reads the numbers of the search should know
--      which it was. It says what the first commit shows, and nobody else is told.
-- source: own
-- remedy: nothing, if the day is right; write down the next one on the same evening
-- setting: back-filled.after span 7d   how much later a record may be committed
-- setting: back-filled.until span 14d   how long it is shown
--
-- Nothing could be committed before there was a repository: `start` is the day that the note
-- claims, or that of the first commit where that is later. An answer that gives no day of its own
-- claims none.
WITH late (note, field, day, channel, recorded) AS MATERIALIZED (
  SELECT n.note, c.field, c.day, c.channel, c.recorded
  FROM note AS n CROSS JOIN recorded AS c ON c.path = n.path
  WHERE c.recorded > plus(c.start, setting('back-filled.after')))
SELECT note, line, col, who, recorded AS since, NULL AS due,
       plus(recorded, setting('back-filled.until')) AS until,
       deed || ' on ' || day || ', but recorded it on ' || recorded AS message
FROM (SELECT l.note, r.line, r.col, l.note AS who, l.recorded, l.day,
             CASE l.field WHEN 'outreach' THEN 'asked ' WHEN 'reported' THEN 'reported to '
                          WHEN 'feeler' THEN 'sent a feeler to '
                          ELSE 'kept in touch with ' END || n.name AS deed
      FROM late AS l JOIN note AS n ON n.note = l.note
      JOIN record AS r ON r.note = l.note AND r.field = l.field AND r.day = l.day
                          AND r.channel IS l.channel
      WHERE l.field IN ('outreach', 'reported', 'touches', 'feeler')
      UNION ALL
      SELECT l.note, r.line, r.col, l.note, l.recorded, l.day,
             'had the answer of ' || n.name
      FROM late AS l JOIN note AS n ON n.note = l.note
      JOIN record AS r ON r.note = l.note AND r.field = 'outreach'
                          AND r.outcome_day = l.day AND r.outcome_day <> r.day
      WHERE l.field = 'answer'
      UNION ALL
      SELECT l.note, r.line, r.col, p.who, l.recorded, l.day,
             'thanked '
             || coalesce((SELECT group_concat(name, ', ')
                          FROM (SELECT a.name FROM attendance AS a
                                WHERE a.note = r.note
                                  AND a.who IN (SELECT t.who FROM thanks AS t
                                                WHERE t.note = r.note AND t.seq = r.seq)
                                ORDER BY a.seq)), p.names)
      FROM late AS l JOIN people AS p ON p.note = l.note
      JOIN record AS r ON r.note = l.note AND r.field = 'thank-you' AND r.day = l.day
                          AND r.channel IS l.channel
      WHERE l.field = 'thank-you'
      UNION ALL
      SELECT l.note, coalesce(m.date_line, 1), 1, p.who, l.recorded, l.day, 'met ' || p.names
      FROM late AS l JOIN took_place AS m ON m.note = l.note AND m.day = l.day
      JOIN people AS p ON p.note = l.note
      WHERE l.field = 'date')
