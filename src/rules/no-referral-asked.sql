-- id: no-referral-asked
-- kind: unwise
-- severity: info
-- scope: note
-- summary: nothing says that you asked who else to talk to
-- why: One conversation leads to the next if you ask for a name at the end of it; asked for names,
--      most people have one. It may be asked in the note of thanks as well. A name that somebody
--      gave you opens a door that no letter opens.
-- source: S4
-- remedy: add 'referrals: [Omar Diaz]' with the names, or 'referrals: none' if you asked and got
--      none
-- setting: no-referral-asked.until span 14d   how long the lesson is shown
--
-- Names they gave on another day stand in their own note and count: whoever has told names was
-- asked.
SELECT m.note, coalesce(m.date_line, 1) AS line, 1 AS col, p.who, m.day AS since, NULL AS due,
       plus(m.day, setting('no-referral-asked.until')) AS until,
       'nothing says that you asked ' || p.names || ' who else to talk to' AS message
FROM took_place AS m JOIN people AS p ON p.note = m.note
WHERE m.kind = 'informational' AND m.known AND NOT m.referrals_given
  AND NOT EXISTS (SELECT 1 FROM attendance AS a JOIN contact AS c ON c.note = a.person
                  WHERE a.note = m.note AND c.referrals_given)
