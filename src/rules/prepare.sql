-- id: prepare
-- kind: owed
-- to: self
-- severity: warning
-- scope: note
-- summary: what is still missing before a meeting
-- brief: prepare for WHO
-- why: Their time is short and given to you. Read what can be read beforehand, about the person,
--      the company and the field; have questions that no web search answers, and a sentence or two
--      on who you are and what interests you.
-- source: S1 S2 S3 S4
-- remedy: tick off the tasks under Research, write the questions under Questions and a few words
--      under Opening (or 'opening:' in the config, for all meetings)
-- setting: prepare.questions count 5   how many questions to bring
-- setting: prepare.before span -1bd   when to be ready, seen from the meeting
SELECT note, line, col, who, NULL AS since, plus(day, setting('prepare.before')) AS due,
       day AS until,
       'prepare for ' || names || ' on ' || day || ': '
       || substr(iif(research, ', ' || research || ' research item' || iif(research > 1, 's', '')
                               || ' open', '')
                 || iif(questions < wanted,
                        ', ' || questions || ' of ' || wanted || ' questions', '')
                 || iif(opened, '', ', no opening'), 3) AS message
FROM (SELECT m.note, coalesce(m.date_line, 1) AS line, 1 AS col, p.who, p.names, m.day,
             (SELECT count(*) FROM task AS t
              WHERE t.note = m.note AND t.section = 'research' AND t.state = 'open'
                AND t.text <> '') AS research,
             (SELECT count(*) FROM question AS q WHERE q.note = m.note) AS questions,
             CAST(setting('prepare.questions') AS INTEGER) AS wanted,
             m.opening OR coalesce(setting('opening'), '') <> '' AS opened
      FROM ahead AS m JOIN people AS p ON p.note = m.note
      WHERE m.kind = 'informational')
WHERE research OR questions < wanted OR NOT opened
