-- id: waiting
-- kind: owed
-- to: person
-- severity: info
-- scope: note
-- summary: one gentle reminder of what somebody promised you
-- why: People mean to send the article or the name, and forget. Wait until the day they named, or
--      two weeks, and a little longer; then remind them once, kindly. Whatever you wrote to them
--      since was that reminder: a second one turns a favour into a debt.
-- source: S1
-- remedy: write to them and add a line under 'touches', or tick the task off when it has come
--      ('[x]', or '[-]' if it never will)
-- setting: waiting.after span 3bd   how long to wait beyond the day of the promise
-- setting: waiting.undated span 10bd   the day of a promise without a date, seen from the meeting
SELECT p.note, p.line, p.col, p.who, p.day AS since, plus(p.day, setting('waiting.after')) AS due,
       nullif(min(p.ends, coalesce((SELECT min(eve) FROM expected AS x
                                    WHERE x.person = p.who AND x.day > p.day), '9999-12-31')),
              '9999-12-31') AS until,
       'remind ' || p.name || ' once of '
       || coalesce('what was promised on ' || p.made, 'the promise for ' || p.day)
       || coalesce(': ' || nullif(substr(p.text, 1, 300), ''), '') AS message
FROM (SELECT t.note, t.line, t.col, c.note AS who, n.name, t.due AS day, NULL AS made,
             t.text, '9999-12-31' AS ends, 1 AS named
      FROM task AS t
      CROSS JOIN note AS n ON n.note = t.note
      LEFT JOIN contact AS c ON c.note = t.note
      WHERE t.waiting AND t.state = 'open' AND n.type IN ('contact', 'organization')
      UNION ALL
      -- of several people the one whom the task names, else the first
      SELECT note, line, col, who, name,
             coalesce(due, iif(known, plus(day, setting('waiting.undated')), NULL)),
             iif(due IS NULL, day, NULL), text,
             iif(ahead, day, '9999-12-31'), max(named * 10000 - seq) > 0
      FROM (SELECT t.note, t.line, t.col, t.due, t.text, t.seq AS task, a.who, a.name, a.seq, m.day,
                   m.note IN (SELECT k.note FROM took_place AS k WHERE k.note = m.note AND k.known)
                       AS known,
                   m.note IN (SELECT h.note FROM ahead AS h WHERE h.note = m.note) AS ahead,
                   instr(lower(t.text), lower(a.name)) > 0
                   OR EXISTS (SELECT 1 FROM named AS d
                              WHERE d.note = a.person
                                AND instr(' ' || lower(t.text) || ' ', ' ' || d.first || ' ') > 0)
                   OR EXISTS (SELECT 1 FROM ref AS r
                              WHERE r.note = t.note AND r.field = 'body' AND r.line = t.line
                                AND r.target = a.person) AS named
            FROM task AS t
            CROSS JOIN meeting AS m ON m.note = t.note
            CROSS JOIN attendance AS a ON a.note = t.note
            WHERE t.waiting AND t.state = 'open')
      GROUP BY note, task) AS p
WHERE p.day IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM word AS w WHERE w.person = p.who AND w.day > p.day)
  AND (p.named
       OR NOT EXISTS (SELECT 1 FROM attendance AS a JOIN word AS w ON w.person = a.person
                      WHERE a.note = p.note AND w.day > p.day))
  AND NOT EXISTS (SELECT 1 FROM waiver AS w
                  WHERE w.note = p.who AND w.field = 'touches' AND p.day <= w.until)
  AND NOT EXISTS (SELECT 1 FROM silence AS s WHERE s.person = p.who AND p.day < s.until)
