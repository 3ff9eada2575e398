-- id: single-voice
-- kind: unwise
-- severity: info
-- scope: note
-- summary: a company on your list is known from one person only
-- why: One person tells of one desk, one boss and one mood. After several conversations with people
--      of the same company you can say what you would be good for there, and why: that is the case
--      on which you are hired. Past employees count, and often tell more.
-- source: S3
-- remedy: meet somebody else who works or worked there; or set 'target: no'
-- setting: single-voice.voices count 2   how many voices make a case
--
-- It begins with the first meeting that is known to have taken place: before, and while nobody has
-- written down what became of it, there is nothing to compare. Where the only voice gave a low
-- rating, 'second-opinion' asks for the same thing, nearer to the point.
SELECT note, line, 1 AS col, iif(voices = 1, person, NULL) AS who, since, NULL AS due,
       NULL AS until,
       iif(voices = 1, 'one voice only', voices || ' voices only') || ' from ' || name || ': '
       || (SELECT group_concat(name, ', ')
           FROM (SELECT p.name FROM voice AS v JOIN note AS p ON p.note = v.person
                 WHERE v.organization = only.note ORDER BY p.name, p.path)) AS message
FROM (SELECT o.note, n.name_line AS line, n.name, count(*) AS voices, min(v.person) AS person,
             min((SELECT min(m.day) FROM met AS m WHERE m.person = v.person AND m.known)) AS since,
             max(EXISTS (SELECT 1 FROM met AS m JOIN low_rating AS l ON l.note = m.note
                         WHERE m.person = v.person)) AS doubted
      FROM organization AS o
      CROSS JOIN note AS n ON n.note = o.note
      CROSS JOIN voice AS v ON v.organization = o.note
      WHERE o.target AND o.pursuing_line IS NULL
      GROUP BY o.note) AS only
WHERE voices < CAST(setting('single-voice.voices') AS INTEGER) AND since IS NOT NULL
  AND (NOT doubted OR setting('severity.second-opinion') IS 'off')
