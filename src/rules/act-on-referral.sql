-- id: act-on-referral
-- kind: owed
-- to: person
-- severity: warning
-- scope: note
-- ends: search
-- summary: approach the people you were sent to
-- brief: approach WHO
-- why: A name is the best that a conversation can give: 'Jane Green thought I should talk to you'
--      opens a door that a stranger's letter does not. It fades within days, and whoever gave it
--      will ask. An old message to that person does not count; a conversation of the last half
--      year does, and so does one that is going on.
-- source: S0 S4
-- remedy: write to them, say who sent you, and add the request under 'outreach' in their note; or
--      'outreach: skipped' there
-- setting: act-on-referral.after span 7d   how soon after a name was given to approach its bearer
SELECT e.note, e.line, e.col, e.who, e.day AS since,
       plus(e.day, setting('act-on-referral.after')) AS due, NULL AS until,
       'approach ' || e.name || ', whom ' || e.referrer || ' named on ' || e.day AS message
FROM (SELECT r.note, r.seq, r.line, r.col, r.target, r.key, coalesce(r.target, r.text) AS who,
             coalesce(x.name, r.text) AS name, m.day, m.day AS first, p.names AS referrer
      FROM took_place AS m
      CROSS JOIN ref AS r ON r.note = m.note
      CROSS JOIN people AS p ON p.note = m.note
      LEFT JOIN note AS x ON x.note = r.target
      WHERE m.referrals_given AND m.known AND r.field = 'referrals'
      UNION ALL
      -- a contact's note does not say when, so that every approach since its first day counts
      SELECT r.note, r.seq, r.line, r.col, r.target, r.key, coalesce(r.target, r.text),
             coalesce(x.name, r.text),
             coalesce((SELECT a.day FROM last_answer AS a WHERE a.person = r.note), n.created),
             coalesce((SELECT min(a.day) FROM answer AS a WHERE a.person = r.note), n.created),
             n.name
      FROM contact AS c
      CROSS JOIN ref AS r ON r.note = c.note
      CROSS JOIN note AS n ON n.note = c.note
      LEFT JOIN note AS x ON x.note = r.target
      WHERE c.referrals_given AND r.field = 'referrals'
        AND NOT EXISTS (SELECT 1 FROM met AS m JOIN ref AS q ON q.note = m.note
                        WHERE m.person = r.note AND m.known AND q.field = 'referrals'
                          AND q.target IS r.target AND (q.target IS NOT NULL OR q.key = r.key))
     ) AS e
WHERE e.day IS NOT NULL AND e.target IS NOT e.note
  AND NOT EXISTS (SELECT 1 FROM ref AS again
                  WHERE again.note = e.note AND again.seq < e.seq AND again.field = 'referrals'
                    AND again.target IS e.target AND (e.target IS NOT NULL OR again.key = e.key))
  -- named before, and owed from then on: one approach is one line
  AND NOT EXISTS (SELECT 1 FROM ref AS b
                  JOIN took_place AS m ON m.note = b.note
                  JOIN note AS x ON x.note = b.note
                  WHERE b.target = e.target AND b.field = 'referrals' AND b.note <> e.note
                    AND m.known
                    AND (m.day, x.path) < (e.day, (SELECT path FROM note WHERE note = e.note))
                    AND coalesce(plus(plus(m.day, setting('act-on-referral.after')),
                                      setting('lapse')) >= e.day, 1))
  AND NOT EXISTS (SELECT 1 FROM ref AS b
                  JOIN took_place AS m ON m.note = b.note
                  JOIN note AS x ON x.note = b.note
                  WHERE e.target IS NULL AND b.key = e.key AND b.target IS NULL
                    AND b.field = 'referrals' AND b.note <> e.note AND m.known
                    AND (m.day, x.path) < (e.day, (SELECT path FROM note WHERE note = e.note))
                    AND coalesce(plus(plus(m.day, setting('act-on-referral.after')),
                                      setting('lapse')) >= e.day, 1))
  -- approached since
  AND NOT EXISTS (SELECT 1 FROM word AS w WHERE w.person = e.target AND w.day >= e.first)
  AND NOT EXISTS (SELECT 1 FROM appointment AS m WHERE m.person = e.target AND m.day >= e.first)
  AND NOT EXISTS (SELECT 1 FROM ref AS a JOIN meeting AS m ON m.note = a.note
                  WHERE e.target IS NULL AND a.key = e.key AND a.target IS NULL
                    AND a.field = 'contact' AND m.day >= e.first)
  -- asked or met within half a year before: what is owed to them now other rules say
  AND NOT EXISTS (SELECT 1 FROM unanswered AS u
                  WHERE u.person = e.target AND e.day <= plus(u.due, setting('nudge.until')))
  AND NOT EXISTS (SELECT 1 FROM silence AS s WHERE s.person = e.target AND e.day < s.until)
  AND NOT EXISTS (SELECT 1 FROM last_answer AS a
                  WHERE a.person = e.target
                    AND e.day < coalesce(plus(a.day, setting('nudge.silence')), '9999-12-31'))
  AND NOT EXISTS (SELECT 1 FROM met AS m
                  WHERE m.person = e.target
                    AND e.day < coalesce(plus(m.day, setting('nudge.silence')), '9999-12-31'))
  AND NOT EXISTS (SELECT 1 FROM waiver AS w
                  WHERE w.note = e.target AND w.field = 'outreach' AND e.day <= w.until)
