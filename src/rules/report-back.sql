-- id: report-back
-- kind: owed
-- to: person
-- severity: warning
-- scope: note
-- summary: tell whoever sent you how it went
-- why: Somebody vouched for you with their name. Tell them within a week that you met the person,
--      and what you learned; tell them too when it came to nothing. It is common courtesy, it keeps
--      them in your search, and whoever hears back sends you on again. Everybody who sent you is
--      told, and only what you write afterwards counts.
-- source: S0 S1
-- remedy: write to them and add 'reported: DATE email [[PERSON]]' to their note, or
--      'reported: skipped [[PERSON]]' if they know; somebody without a note needs one for that
-- setting: report-back.after span 7d   how soon after the meeting, or the no, to report
SELECT e.note, e.line, e.col, e.who, e.day AS since,
       plus(e.day, setting('report-back.after')) AS due,
       (SELECT min(eve) FROM expected AS x WHERE x.person = e.person AND x.day >= e.day) AS until,
       'tell ' || coalesce((SELECT name FROM note AS s WHERE s.note = e.person), e.who)
       || iif(e.met IS NULL, ' that ' || n.name || ' said no on ',
              ' that you met ' || n.name || ' on ')
       || e.day AS message,
       iif(e.met IS NULL, 'info', NULL) AS severity
FROM (SELECT *, coalesce(met, (SELECT a.day FROM last_answer AS a
                               WHERE a.person = referred AND a.outcome = 'no'
                                 AND a.day >= named)) AS day
      FROM referral) AS e
CROSS JOIN note AS n ON n.note = e.referred
WHERE e.day IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM word AS w WHERE w.person = e.person AND w.day >= e.day)
  AND NOT EXISTS (SELECT 1 FROM waiver AS w
                  WHERE w.note = e.person AND w.field = 'reported' AND e.day <= w.until
                    AND (EXISTS (SELECT 1 FROM mention AS x
                                 WHERE x.note = w.note AND x.record = w.seq
                                   AND x.target = e.referred)
                         OR NOT EXISTS (SELECT 1 FROM mention AS x
                                        WHERE x.note = w.note AND x.record = w.seq)))
  AND NOT EXISTS (SELECT 1 FROM silence AS s WHERE s.person = e.person AND e.day < s.until)
