-- The words of the practice as views over the facts, so that no two rules ever disagree about
-- whether a meeting happened or a request was answered. All of them are timeless: they say from
-- which day something counts, never whether it counts now. Ask them by `note` or by `person`;
-- both go by index.

-- Who is at a meeting. `person` is the contact's note, NULL for a name without one; `who` is the
-- note, else the name; `again` 1: the same one was named before. Where people are counted, ask
-- for `NOT again`.
CREATE VIEW attendance AS
SELECT r.note, r.seq, r.line, r.col, r.target AS person,
       coalesce(r.target, r.text) AS who,
       coalesce((SELECT name FROM note AS p WHERE p.note = r.target), r.text) AS name,
       (r.seq > 0 AND EXISTS (SELECT 1 FROM ref AS before
                              WHERE before.note = r.note AND before.seq < r.seq
                                AND before.field = 'contact' AND before.target IS r.target
                                AND (r.target IS NOT NULL OR before.key = r.key))) AS again
FROM ref AS r
WHERE r.field = 'contact';

-- Whom what was said to all who were there may be owed to: those who did not ask before the others to
-- be left alone (`banned` is the day), and of these whoever is not paused.
CREATE VIEW addressee AS
SELECT a.note, a.seq, a.person, a.who, a.name, a.again, m.day,
       coalesce(c.do_not_contact, '9999-12-31') AS banned, coalesce(c.paused, '') AS paused
FROM attendance AS a
JOIN meeting AS m ON m.note = a.note
LEFT JOIN contact AS c ON c.note = a.person;

-- The people of a meeting in one line of text; `who` is the first of them.
CREATE VIEW people AS
SELECT m.note,
       coalesce((SELECT group_concat(name, ', ')
                 FROM (SELECT name FROM attendance
                       WHERE note = m.note AND NOT again ORDER BY seq)),
                'somebody') AS names,
       (SELECT who FROM attendance WHERE note = m.note ORDER BY seq LIMIT 1) AS who
FROM meeting AS m;

-- Took place: from its day on, without a closing state. `known` 1: the notes say so, by
-- `state: held` or by evidence. While they do not, it is still `ahead` up to its day, and what
-- comes after belongs to record-outcome and thank-you alone.
CREATE VIEW took_place AS
SELECT *, state IS 'held' OR evidence = 1 AS known FROM meeting
WHERE day IS NOT NULL AND (state IS NULL OR state IN ('scheduled', 'held'));

-- The people of the meetings that took place.
CREATE VIEW met AS
SELECT m.note, m.day, m.kind, m.known, a.seq, a.line, a.col, a.person, a.who, a.name, a.again
FROM attendance AS a JOIN took_place AS m ON m.note = a.note;

-- Ahead, up to and including its day: nothing says yet what became of it.
CREATE VIEW ahead AS
SELECT * FROM meeting
WHERE day IS NOT NULL AND evidence = 0 AND (state IS NULL OR state = 'scheduled');

-- What a contact's own note says I sent.
CREATE VIEW sent AS
SELECT note, seq, line, col, day, field
FROM record
WHERE field IN ('outreach', 'touches', 'reported', 'feeler') AND day IS NOT NULL
  AND outcome IS NOT 'bounced';

-- A request for a meeting. One that bounced reached nobody.
CREATE VIEW request AS
SELECT note AS person, note, seq, line, col, day, channel, minutes, text, outcome,
       outcome IS 'bounced' AS bounced
FROM record
WHERE field = 'outreach' AND day IS NOT NULL;

-- An answer to a request. It never comes before what it answers, whatever the note says.
CREATE VIEW answer AS
SELECT note AS person, note, seq, line, col, max(day, coalesce(outcome_day, day)) AS day,
       outcome, later_day
FROM record
WHERE field = 'outreach' AND day IS NOT NULL AND outcome IN ('yes', 'no', 'later');

-- The last answer to any request: what stands between that person and me now.
CREATE VIEW last_answer AS
SELECT * FROM answer AS a
WHERE NOT EXISTS (SELECT 1 FROM answer AS later
                  WHERE later.person = a.person AND (later.day, later.seq) > (a.day, a.seq));

-- A meeting of whatever state, with each of its people who has a note. Together with `answer` it
-- says what ends waiting: one dated on the day of a request, or later, answers it. `open`: without
-- a closing state.
CREATE VIEW appointment AS
SELECT a.person, m.note, m.day, m.state,
       m.state IS NULL OR m.state IN ('scheduled', 'held') AS open
FROM attendance AS a JOIN meeting AS m ON m.note = a.note
WHERE a.person IS NOT NULL AND m.day IS NOT NULL;

-- The requests `seq` of the round that the request `last` belongs to, up to and including it.
-- An answer, a meeting or a long silence between two of them ends a round.
CREATE VIEW round AS
SELECT r.person, r.seq AS last, q.seq, q.day, q.bounced
FROM request AS r JOIN request AS q ON q.person = r.person
WHERE (q.day, q.seq) <= (r.day, r.seq)
  AND NOT EXISTS (SELECT 1 FROM answer AS x
                  WHERE x.person = r.person AND x.day >= q.day AND x.day < r.day)
  AND NOT EXISTS (SELECT 1 FROM appointment AS x
                  WHERE x.person = r.person AND x.day >= q.day AND x.day < r.day)
  AND NOT EXISTS (SELECT 1 FROM request AS s
                  WHERE s.person = r.person AND (s.day, s.seq) > (q.day, q.seq)
                    AND (s.day, s.seq) <= (r.day, r.seq)
                    AND NOT EXISTS (SELECT 1 FROM request AS p
                                    WHERE p.person = r.person AND (p.day, p.seq) < (s.day, s.seq)
                                      AND coalesce(plus(p.day, setting('nudge.silence')),
                                                   '9999-12-31') > s.day));

-- The rounds as wholes: what was asked of somebody, from the `first` request to the last, `seq` and
-- `last`, however many `messages` of them arrived.
CREATE VIEW asking AS
SELECT r.person, r.seq, min(q.day) AS first, r.day AS last, total(NOT q.bounced) AS messages
FROM request AS r JOIN round AS q ON q.person = r.person AND q.last = r.seq
WHERE NOT EXISTS (SELECT 1 FROM round AS b
                  JOIN request AS s ON s.person = b.person AND s.seq = b.last
                  WHERE b.person = r.person AND b.seq = r.seq AND (s.day, s.seq) > (r.day, r.seq))
GROUP BY r.person, r.seq;

-- The minutes that somebody at a meeting ahead was asked for: those of the last request before it
-- that names any and reached them. One that another meeting followed was answered by that one, and
-- one of half a year ago is forgotten.
CREATE VIEW asked_for AS
SELECT note, seq, person, name, minutes
FROM (SELECT m.note, a.seq, a.person, a.name,
             (SELECT r.minutes FROM request AS r
              WHERE r.person = a.person AND r.minutes IS NOT NULL AND NOT r.bounced
                AND r.day <= m.day
                AND coalesce(plus(r.day, setting('nudge.silence')), '9999-12-31') > m.day
                AND NOT EXISTS (SELECT 1 FROM met AS x
                                WHERE x.person = r.person AND x.day >= r.day AND x.day < m.day)
              ORDER BY r.day DESC, r.seq DESC LIMIT 1) AS minutes
      FROM ahead AS m JOIN attendance AS a ON a.note = m.note)
WHERE minutes IS NOT NULL;

-- A contact whom I asked, or met to learn something from. A request that bounced asked nobody.
CREATE VIEW approached AS
SELECT c.note AS person
FROM contact AS c
WHERE EXISTS (SELECT 1 FROM request AS r WHERE r.person = c.note AND NOT r.bounced)
   OR EXISTS (SELECT 1 FROM met AS m WHERE m.person = c.note AND m.kind = 'informational');

-- The last request of a round that nobody answered: neither a word nor a meeting came before the
-- next round. `messages`: how many of the round reached them; `due`: when one more would be.
CREATE VIEW unanswered AS
SELECT r.*, plus(r.day, setting(iif(r.bounced, 'nudge.bounced', 'nudge.after'))) AS due,
       (SELECT count(*) FROM round AS q
        WHERE q.person = r.person AND q.last = r.seq AND NOT q.bounced) AS messages
FROM request AS r
WHERE (r.outcome IS NULL OR r.bounced)
  AND NOT EXISTS (SELECT 1 FROM request AS x
                  WHERE x.person = r.person AND (x.day, x.seq) > (r.day, r.seq)
                    AND x.day < coalesce(plus(r.day, setting('nudge.silence')), '9999-12-31'))
  AND NOT EXISTS (SELECT 1 FROM answer AS x
                  WHERE x.person = r.person AND x.day >= r.day
                    AND NOT EXISTS (SELECT 1 FROM request AS y
                                    WHERE y.person = r.person AND (y.day, y.seq) > (r.day, r.seq)
                                      AND y.day <= x.day))
  AND NOT EXISTS (SELECT 1 FROM appointment AS x
                  WHERE x.person = r.person AND x.day >= r.day
                    AND NOT EXISTS (SELECT 1 FROM request AS y
                                    WHERE y.person = r.person AND (y.day, y.seq) > (r.day, r.seq)
                                      AND y.day <= x.day));

-- Somebody who kept silent to as many messages as a round may have. What happens before `until`
-- is no reason to write to them once more.
CREATE VIEW silence AS
SELECT person, day, coalesce(plus(day, setting('nudge.silence')), '9999-12-31') AS until
FROM unanswered
WHERE messages >= CAST(setting('nudge.messages') AS INTEGER);

-- Thanks for a meeting, once for every person they are for. Thanks that speak of some of the
-- people there are for these alone. `written`: in writing, or by no channel named. Who was there is
-- asked of `ref`, whose index tells a person's meetings without a look at the rows.
CREATE VIEW thanks AS
SELECT t.note, t.seq, t.line, t.col, t.day, t.channel, t.skipped, t.text, a.target AS person,
       coalesce(a.target, (SELECT text FROM ref AS r WHERE r.note = a.note AND r.seq = a.seq))
           AS who,
       t.channel IS NULL OR t.channel IN ('email', 'letter', 'card', 'text', 'linkedin') AS written
FROM ref AS a JOIN record AS t ON t.note = a.note
WHERE a.field = 'contact' AND t.field = 'thank-you' AND t.outcome IS NOT 'bounced'
  AND (coalesce(t.text, '') = ''
       OR EXISTS (SELECT 1 FROM mention AS x
                  WHERE x.note = t.note AND x.record = t.seq AND x.target = a.target)
       OR (a.target IS NULL
           AND EXISTS (SELECT 1 FROM attendance AS b
                       WHERE b.note = a.note AND b.seq = a.seq
                         AND instr(lower(t.text), lower(b.name)) > 0))
       OR NOT EXISTS (SELECT 1 FROM attendance AS b
                      WHERE b.note = t.note
                        AND (EXISTS (SELECT 1 FROM mention AS x
                                     WHERE x.note = t.note AND x.record = t.seq
                                       AND x.target = b.person)
                             OR (b.person IS NULL AND instr(lower(t.text), lower(b.name)) > 0))));

-- Somebody met who has had no written thanks since; a catch-up among friends needs none.
CREATE VIEW unthanked AS
SELECT m.* FROM met AS m
WHERE m.kind <> 'catch-up' AND NOT m.again
  AND NOT EXISTS (SELECT 1 FROM thanks AS t
                  WHERE t.note = m.note AND t.who = m.who
                    AND (t.skipped OR (t.written AND t.day >= m.day)));

-- A touch: anything from me that reached them. `note` is where it is written down.
CREATE VIEW touch AS
SELECT note AS person, note, line, col, day, field AS kind FROM sent
UNION ALL
SELECT person, note, line, col, day, 'thank-you' FROM thanks
WHERE person IS NOT NULL AND day IS NOT NULL
UNION ALL
SELECT person, note, line, col, day, 'meeting' FROM met WHERE person IS NOT NULL;

-- The day of every contact's last touch, NULL where there was none: of `touch`, each of whose parts
-- goes by its index here. Grouped only so that the day is worked out once.
CREATE VIEW last_touch AS
SELECT c.note AS person,
       (SELECT max(day) FROM (SELECT day FROM sent AS t WHERE t.note = c.note
                              UNION ALL
                              SELECT day FROM thanks AS t WHERE t.person = c.note
                              UNION ALL
                              SELECT day FROM met AS t WHERE t.person = c.note)) AS day
FROM contact AS c
GROUP BY c.note;

-- A word from me that the notes tell of: a touch, unless it is a meeting of which nothing says yet
-- that it took place. Ask whether there was one since some day.
CREATE VIEW word AS
SELECT note AS person, day FROM sent
UNION ALL
SELECT person, day FROM thanks WHERE person IS NOT NULL
UNION ALL
SELECT person, day FROM met WHERE person IS NOT NULL AND known;

-- A meeting of which nothing says yet that it took place is a touch only once its day has come:
-- `eve`, the day before it, is the last without.
CREATE VIEW expected AS
SELECT person, day, plus(day, '-1d') AS eve FROM met WHERE NOT known;

-- `skipped` in place of a record waives what came up to `until`, the day of the next record of that
-- field.
CREATE VIEW waiver AS
SELECT w.note, w.seq, w.field,
       coalesce((SELECT min(r.day) FROM record AS r
                 WHERE r.note = w.note AND r.field = w.field AND r.seq > w.seq), '9999-12-31')
           AS until
FROM record AS w
WHERE w.skipped;

-- Somebody who gave me a name: named in another contact's `referred-by`, or with `referrals` of
-- their own.
CREATE VIEW referrer AS
SELECT c.note AS person
FROM contact AS c
WHERE EXISTS (SELECT 1 FROM ref
              WHERE ref.target = c.note AND ref.field = 'referred-by' AND ref.note <> c.note)
   OR EXISTS (SELECT 1 FROM ref WHERE ref.note = c.note AND ref.field = 'referrals');

-- Who sent me to whom: `person` (`who`, as in attendance) spoke of `referred`. However many
-- notes say so it is said once, where I would look for it first. `named`: no earlier than this day,
-- '' where nothing tells; `met`: the day I first met them since.
CREATE VIEW referral AS
-- whom the person met says to come from
SELECT r.note, r.line, r.col, r.target AS person, coalesce(r.target, r.text) AS who,
       r.note AS referred, r.named,
       (SELECT min(m.day) FROM met AS m
        WHERE m.person = r.note AND m.known AND m.day >= r.named) AS met
FROM (SELECT r.*, coalesce((SELECT min(m.day) FROM ref AS q JOIN met AS m ON m.note = q.note
                            WHERE q.target = r.note AND q.field = 'referrals'
                              AND m.person = r.target AND m.known), '') AS named
      FROM ref AS r) AS r
WHERE r.field = 'referred-by' AND r.target IS NOT r.note
  AND NOT EXISTS (SELECT 1 FROM ref AS b
                  WHERE b.note = r.note AND b.seq < r.seq
                    AND b.field = 'referred-by' AND b.target IS r.target
                    AND (b.target IS NOT NULL OR b.key = r.key))
UNION ALL
-- or whom somebody named in their own note,
SELECT r.note, r.line, r.col, r.note, r.note, r.target, c.named,
       (SELECT min(m.day) FROM met AS m
        WHERE m.person = r.target AND m.known AND m.day >= c.named)
FROM (SELECT c.note, c.referrals_given,
             coalesce((SELECT min(a.day) FROM answer AS a WHERE a.person = c.note),
                      (SELECT created FROM note AS n WHERE n.note = c.note), '') AS named
      FROM contact AS c) AS c
CROSS JOIN ref AS r ON r.note = c.note
WHERE c.referrals_given AND r.field = 'referrals' AND r.target <> r.note
  AND NOT EXISTS (SELECT 1 FROM ref AS b
                  WHERE b.note = r.note AND b.seq < r.seq
                    AND b.field = 'referrals' AND b.target = r.target)
  AND NOT EXISTS (SELECT 1 FROM ref AS b
                  WHERE b.note = r.target AND b.target = r.note
                    AND b.field = 'referred-by')
  AND NOT EXISTS (SELECT 1 FROM met AS m JOIN ref AS q ON q.note = m.note
                  WHERE m.person = r.note AND m.known
                    AND q.field = 'referrals' AND q.target = r.target)
UNION ALL
-- or everybody at the first meeting where they were named
SELECT r.note, r.line, r.col, a.person, a.who, r.target, t.day,
       (SELECT min(m.day) FROM met AS m
        WHERE m.person = r.target AND m.known AND m.day >= t.day)
FROM took_place AS t
CROSS JOIN ref AS r ON r.note = t.note
CROSS JOIN attendance AS a ON a.note = t.note
CROSS JOIN note AS n ON n.note = t.note
WHERE t.referrals_given AND t.known AND NOT a.again
  AND r.field = 'referrals' AND r.target <> coalesce(a.person, 0)
  AND NOT EXISTS (SELECT 1 FROM ref AS b
                  WHERE b.note = r.note AND b.seq < r.seq
                    AND b.field = 'referrals' AND b.target = r.target)
  -- whose own note does not say which of them it was.
  AND NOT EXISTS (SELECT 1 FROM ref AS b JOIN attendance AS o ON o.note = r.note
                  WHERE b.note = r.target AND b.target = o.person
                    AND b.field = 'referred-by')
  AND NOT EXISTS (SELECT 1 FROM met AS m
                  JOIN ref AS q ON q.note = m.note JOIN note AS f ON f.note = m.note
                  WHERE m.person = a.person AND m.known
                    AND q.field = 'referrals' AND q.target = r.target
                    AND (m.day, f.path) < (t.day, n.path));

-- A voice of an organization: a person met who works or worked there; a meeting ahead counts.
CREATE VIEW voice AS
SELECT DISTINCT r.target AS organization, r.note AS person
FROM ref AS r
WHERE r.field IN ('organization', 'formerly') AND r.target IS NOT NULL
  AND EXISTS (SELECT 1 FROM met WHERE met.person = r.note);

-- People who work or worked for the same organization, whether it has a note or is only named
-- alike; everybody with themselves.
CREATE VIEW colleague AS
SELECT r.note AS person, q.note AS colleague
FROM ref AS r
JOIN ref AS q ON q.target = r.target OR (q.key = r.key AND q.target IS NULL AND r.target IS NULL)
WHERE r.field IN ('organization', 'formerly') AND q.field IN ('organization', 'formerly');

-- A meeting that nobody else is there to compare with: of all that took place, or are ahead, the
-- only one with these people and their colleagues.
CREATE VIEW lone_meeting AS
SELECT m.* FROM took_place AS m
WHERE NOT EXISTS (SELECT 1 FROM ref AS a JOIN met AS x ON x.person = a.target
                  WHERE a.note = m.note AND a.field = 'contact' AND x.note <> m.note)
  AND NOT EXISTS (SELECT 1 FROM ref AS a JOIN colleague AS c ON c.person = a.target
                  JOIN met AS x ON x.person = c.colleague
                  WHERE a.note = m.note AND a.field = 'contact' AND x.note <> m.note);

-- A low rating that rests on one meeting, while the company is not pursued all the same.
CREATE VIEW low_rating AS
SELECT m.note, m.day, m.rating, coalesce(m.rating_line, 1) AS line
FROM lone_meeting AS m
WHERE m.kind = 'informational' AND m.rating <= CAST(setting('second-opinion.rating') AS INTEGER)
  AND NOT EXISTS (SELECT 1 FROM ref AS a
                  JOIN ref AS r ON r.note = a.target AND r.field IN ('organization', 'formerly')
                  JOIN organization AS o ON o.note = r.target
                  WHERE a.note = m.note AND a.field = 'contact' AND o.pursuing_line IS NOT NULL);

-- Learn or candid: what a contact's organization says, else the config.
CREATE VIEW stance AS
SELECT c.note AS person,
       coalesce((SELECT max(o.stance)
                 FROM ref AS r JOIN organization AS o ON o.note = r.target
                 WHERE r.note = c.note AND r.field = 'organization'), setting('stance')) AS stance
FROM contact AS c;

-- Who sent me to a contact: first and last word of the referrer's name, in lower case.
CREATE VIEW sender AS
SELECT person,
       substr(name, 1, instr(name || ' ', ' ') - 1) AS first,
       replace(name, rtrim(name, replace(name, ' ', '')), '') AS last
FROM (SELECT r.note AS person,
             lower(coalesce((SELECT name FROM note AS p WHERE p.note = r.target), r.text)) AS name
      FROM ref AS r WHERE r.field = 'referred-by');

-- A question as a message names it: on one line, and not the whole of a long one.
CREATE VIEW quotation AS
SELECT note, seq, line, col, text,
       '''' || iif(length(flat) > 120, substr(flat, 1, 117) || '...', flat) || '''' AS quote
FROM (SELECT *, replace(replace(text, char(13), ''), char(10), ' ') AS flat FROM question);

-- Whether a question is about the field, the job or the company: it says so beside what it says
-- about the person, or it says nothing about the person. NULL where a pattern gave up.
CREATE VIEW outlook AS
SELECT note, seq,
       matches(text, 'one-sided.also', 'one-sided.except')
       OR matches(text, 'thin-questions.paths') OR matches(text, 'thin-questions.workload')
       OR matches(text, 'thin-questions.lifestyle') OR matches(text, 'thin-questions.qualifications')
       OR NOT (matches(text, 'one-sided.except')
               OR matches(text, 'thin-questions.start') OR matches(text, 'thin-questions.advice')
               OR matches(text, 'thin-questions.goals') OR matches(text, 'thin-questions.who-else'))
       AS about
FROM question;

-- A meeting ahead whose questions are all about the person, unless it is with friends alone.
CREATE VIEW one_sided AS
SELECT m.* FROM ahead AS m
WHERE m.kind = 'informational'
  AND EXISTS (SELECT 1 FROM question AS q WHERE q.note = m.note)
  AND NOT EXISTS (SELECT 1 FROM outlook AS q WHERE q.note = m.note AND q.about IS NOT 0)
  AND EXISTS (SELECT 1 FROM attendance AS a
              WHERE a.note = m.note
                AND NOT EXISTS (SELECT 1 FROM contact AS c WHERE c.note = a.person AND c.soft));

-- First and last word of a name in lower case, the first without its dot.
CREATE VIEW named AS
SELECT note, path, name,
       replace(substr(folded, 1, instr(folded || ' ', ' ') - 1), '.', '') AS first,
       replace(folded, rtrim(folded, replace(folded, ' ', '')), '') AS last
FROM (SELECT note, path, name, lower(trim(name)) AS folded FROM note);
