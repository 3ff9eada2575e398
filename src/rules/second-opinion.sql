-- id: second-opinion
-- kind: unwise
-- severity: info
-- scope: note
-- summary: a low rating rests on one conversation
-- why: Somebody who is rude or weary of the job may tell you of the company, or of a bad week. Listen
--      to the complaints, and hear somebody else before you strike the company or the field from
--      your list.
-- source: S2
-- remedy: meet somebody else who works or worked there, or in the same field elsewhere; or put
--      'ivnotes-ignore: second-opinion' into the note if you are sure
-- setting: second-opinion.rating count 2   up to which rating to ask for another opinion
--
-- Where the company is pursued all the same, the rating has decided nothing, and whether enough
-- people were heard is the question of 'hasty-decision'.
SELECT l.note, l.line, 1 AS col, p.who, l.day AS since, NULL AS due, NULL AS until,
       'the rating of ' || l.rating || ' rests on one meeting, with ' || p.names AS message
FROM low_rating AS l JOIN people AS p ON p.note = l.note
