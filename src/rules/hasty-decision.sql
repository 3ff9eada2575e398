-- id: hasty-decision
-- kind: unwise
-- severity: info
-- scope: note
-- summary: you pursue a company that you know from one person or none
-- why: Before you decide for a company, hear several people who work or worked there. One may have
--      sold it well, another will tell you what it is like in March. What fits you is easier to see
--      from two sides, and the case for hiring you is made of what several people told you.
-- source: S2 S3
-- remedy: meet a second person there, now or soon; or remove 'pursuing' until you have
-- setting: hasty-decision.voices count 2   how many voices a decision should rest on
SELECT note, line, 1 AS col, iif(voices = 1, person, NULL) AS who, NULL AS since, NULL AS due,
       NULL AS until,
       'pursuing ' || name || ' on '
       || CASE voices WHEN 0 THEN 'nobody''s word'
          ELSE iif(voices = 1, 'one voice only: ', voices || ' voices only: ')
               || (SELECT group_concat(name, ', ')
                   FROM (SELECT p.name FROM voice AS v JOIN note AS p ON p.note = v.person
                         WHERE v.organization = few.note ORDER BY p.name, p.path))
          END AS message
FROM (SELECT o.note, o.pursuing_line AS line, n.name, count(v.person) AS voices,
             min(v.person) AS person
      FROM organization AS o
      CROSS JOIN note AS n ON n.note = o.note
      LEFT JOIN voice AS v ON v.organization = o.note
      WHERE o.pursuing IS NOT NULL
      GROUP BY o.note) AS few
WHERE voices < CAST(setting('hasty-decision.voices') AS INTEGER)
