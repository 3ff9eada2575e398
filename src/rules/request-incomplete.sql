-- id: request-incomplete
-- kind: unwise
-- severity: info
-- scope: note
-- summary: a request leaves out what they need to say yes
-- why: Whoever reads it wants to know at a glance who you are, who sent you, how little time it
--      takes, and that you do not come for a job. A resume in the same envelope says that you do.
--      Whoever would rather say openly that they want to work there ('stance: candid') says so.
-- source: S0 S2 S4, S3 for candid
-- remedy: add a sentence for what is missing under Request; leave the resume for when they ask
-- pattern: request-incomplete.who   further patterns of what says who you are
--      \bmy name('s| is)\b
--      \bthis is (?-i:[A-Z])
--      \bi('m| am| was) (a|an|the|one of)\b(?! (bit|little|great|big|huge|fan|admirer))
--      \bi('m| am) (?-i:[A-Z]\w+)
--      \bi('m| am) (\w+ )?(studying|working|training|retraining|finishing|changing|moving
--        |employed|unemployed|between|in my|new (to|in)|about to (finish|graduate)
--        |at the \w+ (college|university|school)|by (trade|training|profession))\b
--      \bi('ve| have) (\w+ )?(been|worked|kept|spent|taught|run|studied|sold|managed|finished
--        |moved|left|graduated)\b
--      \bas an? (former |recent |young |fellow |future |newly )?\w+
--      \bafter (\w+ ){1,4}(years|months) (in|as|at|of|with|on)\b
--      \bi was (laid off|let go|made redundant)\b
--      \b(recent|fellow) (graduate|alum\w*|student)\b
--      \bwe (met|studied|worked|sat|talked|spoke)\b
--      \bby (trade|training|profession)\b
--      \bi (?!will|would|can|could|may|might|shall|should|must|want|hope|promise)(\w+ )?(work
--        |worked|study|studied|teach|taught|graduated|run|manage|managed|keep|kept|drive|drove
--        |sell|sold|trained|finished|completed|earned|hold|served|spent|joined|switched|moved
--        |left|majored|live|grew up)\b
--      \blet me introduce myself\b
--      \bintroduce myself\b
--      \bi(\'m| am) (\w+ )?(switching|transitioning|moving|coming|returning)\b
--      \bhaving (spent|worked|studied|taught|served|finished|been)\b
--      \bi was (in|on) your\b
--      \bi was (your|his|her) \w+
--      \bmy background (is|was|lies|in|as|includes)\b
-- pattern: request-incomplete.sender   the same of who sent you, besides their name
--      \b(referred|recommended|introduced|pointed|sent|directed) me\b
--      \bgave me (your|his|her) \w+
--      \btold me (about|of|that) (you|your)\b
--      \b(at|on) the (suggestion|advice|recommendation) of\b
--      \bput (us|me) in (touch|contact)\b
--      \byour name (came|was|from)\b
--      \b(got|have|had|received) your (name|address|number|e-?mail|contact\w*|details|card) (from
--        |through|via)\b
--      \bin common\b
--      \bmutual (friend|acquaintance|contact|connection)\b
--      \b(spoke|speaks|talked|talks|raves?|thinks) (so |very )?(highly|well|warmly
--        |the world)? ?(of|about) you\b
--      \b(came|come) (to you )?(through|by way of) (my|our|your|a) \w+
--      \b(pass|hand|giv|gave|shar|forward|sent)\w* (\w+ )?your (name|contact\w*|number|e-?mail
--        |details|card|address)\b
--      \bheard (\w+ )?(about|of) (you|your \w+) (\w+ )?(from|through|via)\b
--      \b(says|sends|send|said) (you )?(hello|hi|(his|her|their|best) (regards|greetings|love))\b
--      \b(said|thought|mentioned|suggested|recommended|proposed|told me) (that )?(i|you|we)\b
--      \b(suggested|recommended|mentioned|proposed) (your|me|to me|getting|writing|contacting
--        |reaching|talking|asking)\b
--      \b(advised|encouraged|urged|told|asked) me to (write|get|contact|reach|talk|ask|call|turn
--        |speak)\b
--      \b(was|were|been|am) (\w+ )?(referred|recommended|introduced|pointed|sent|directed) to you\b
--      \b(referral|recommendation|introduction) (from|by)\b
-- pattern: request-incomplete.minutes   of how short it will be
--      \b(\d+|five|ten|twelve|fifteen|nineteen|twenty|twenty-five|thirty|forty|forty-five)( ?(-
--        |to|or|and) ?(\d+|ten|fifteen|twenty|twenty-five|thirty))?( short
--        | brief)?[ -]?min(ute)?s?\b
--      \bhalf an hour\b
--      \bhalf[- ]hour\b
--      \bquarter[- ](of an )?hour\b
--      \b(an|one|1) hour\b
--      \bmin(ute)?s?,? ?\(?(say|perhaps|maybe|about|around|roughly)?,? (\d+|ten|fifteen|twenty
--        |thirty)\b
-- pattern: request-incomplete.no-job   of asking for no job
--      \bnot (about )?(an? )?(job|jobs|employment)\b
--      \bnot (an? )?(\w+ )?(application|request for (an? )?(job|work|employment|position))\b
--      \bno (job|application|request for (an? )?(job|work|position))\b
--      \b(rather|instead|other) (than|of) (an? )?(job|position)\b
--      \bjob[- ]hunting\b
--      (\bnot|n't|\bnever|\bno longer) (\w+ ){0,3}(ask|look|appl|search|angl|fish|writ|hunt|hop
--        |seek|expect|request|try|mean|want|need|worr|com)\w*\b[^.?!;\n]{0,40}\b(job|jobs
--        |position|employment|work|openings?|vacanc(y|ies)|role|anything|offer|hired|interview)\b
--      (\bnot|n't|\bnever) (\w+ ){0,2}(after|about|here for|for)\b[^.?!;\n]{0,40}\b(job|jobs
--        |position|employment|work|openings?|vacanc(y|ies)|role|interview)\b
--      (\bnot|n't|\bnever|\bno longer) (on|in) the (job )?market\b
--      \b(no|without) [^.?!;\n]{0,30}\b(asking|looking|applying|hop(e|ing)|request\w*|plea) (for
--        |of) (an? |any |your )?(job|position|work|employment|vacancy)\b
--      \bi (\w+ )?(have|am happy (in|with)) (a|my) (\w+ )?job\b[^.?!;\n]{0,20}\b(not|never)\b
-- pattern: request-incomplete.wants-job   of wanting one, for 'stance: candid'
--      \b(would|'d) (\w+ ){0,2}(like|love|be (happy|glad|proud|keen)|enjoy) (to )?(work\w*
--        |join\w*|be (part|hired|employed)|apply)\b
--      \b(want|wants|hope|hoping|looking|aim|aiming|wish|plan|planning|keen|eager|dream
--        |dreaming) (to|of) (\w+ )?(work\w*|join\w*|be (hired|employed|part)|becom\w+ part
--        |apply\w*)\b
--      \binterest(ed)? in (\w+ )?(working|joining|a (job|position|role)|employment)\b
--      \b(employed|hired) by\b
--      \bapply(ing)? (to|for|at|with)\b
--      \blooking for (an? )?(\w+ )?(job|work|position|role)\b
--      \bwork(ing)? for you\b
--      \b(would|'d) be (\w+ )?(thrilled|excited|honou?red|delighted|over the moon) to (work|join)\b
--      \b(keen|set|intent) on (joining|working)\b
--      \bmy (\w+ )?(aim|goal|hope|dream|wish|ambition) (is|would be|has always been) to (\w+ )?
--        (work|join|be (a )?part|become|apply)\b
-- pattern: request-incomplete.resume   of enclosing a resume
--      \b(enclos|attach|append)\w*\b[^.?!\n]{0,40}\b(r[eé]sum[eé]s?|cv|curriculum vitae)\b
--      \b(r[eé]sum[eé]|cv|curriculum vitae) (\w+ ){0,3}(enclosed|attached|below|here|included
--        |appended)\b
--      \b(r[eé]sum[eé]|cv|curriculum vitae) (\w+ ){1,3}(attachments?|enclosures?|appendix)\b
--      \b(here is|here's|find|include|included|including|sending
--        |send you) (you )?(also )?(a copy of )?my (\w+ )?(r[eé]sum[eé]|cv|curriculum vitae)\b
-- pattern: request-incomplete.except   patterns of what only looks as if one were enclosed
--      \b(not|never|without)( \w+)? (attach|enclos|send|includ|append)\w*[^.?!\n]*
--      n't( \w+)? (attach|enclos|send|includ|append)\w*[^.?!\n]*
--      \b(happy|glad|willing|able) to [^.?!\n]*
--      \b(can|could|would|will|may|might|should|shall) (also |gladly |i )?(send|attach|enclose
--        |bring|share|include)\b[^.?!\n]*
--      \b(no|not|without) [^.?!\n]{0,20}(attach|enclos)\w*
SELECT t.note, t.line, 1 AS col, t.who, NULL AS since, NULL AS due, NULL AS until,
       'the request '
       || substr(iif(t.lacks <> '', '; it does not say ' || substr(t.lacks, 3), '')
                 || iif(t.resume, '; it encloses a resume', '')
                 || iif(t.unread, '; it took too many steps to compare with request-incomplete''s '
                                  || 'patterns', ''), 6) AS message
FROM (SELECT r.note, r.line, r.who, r.resume,
             r.who_i_am + r.sender + r.minutes + r.resume
             + iif(r.candid, r.wants_job, r.no_job) IS NULL AS unread,
             iif(r.who_i_am IS 0, ', who you are', '')
             || iif(r.sender IS 0, ', who sent you', '')
             || iif(r.minutes IS 0, ', how many minutes it takes', '')
             || iif(r.candid AND r.wants_job IS 0, ', that you want to work there', '')
             || iif(NOT r.candid AND r.no_job IS 0, ', that you ask for no job', '') AS lacks
      -- Grouped only so that each text is compared once.
      FROM (SELECT s.note, s.line, coalesce(c.note, (SELECT who FROM people AS p
                                                    WHERE p.note = s.note)) AS who,
                   -- A meeting's letter went to all of its people.
                   CASE WHEN setting('stance') <> 'candid'
                             AND NOT EXISTS (SELECT 1 FROM organization
                                             WHERE stance = 'candid')
                        THEN 0
                        WHEN c.note IS NOT NULL
                        THEN (SELECT stance FROM stance AS t WHERE t.person = c.note) = 'candid'
                        ELSE coalesce((SELECT max(t.stance = 'candid')
                                       FROM attendance AS a JOIN stance AS t ON t.person = a.person
                                       WHERE a.note = s.note), setting('stance') = 'candid')
                   END AS candid,
                   matches(s.text, 'request-incomplete.who') AS who_i_am,
                   matches(s.text, 'request-incomplete.minutes') AS minutes,
                   matches(s.text, 'request-incomplete.no-job') AS no_job,
                   -- Dear, and asked for only where somebody may be candid.
                   CASE WHEN setting('stance') = 'candid'
                             OR EXISTS (SELECT 1 FROM organization WHERE stance = 'candid')
                        THEN matches(s.text, 'request-incomplete.wants-job',
                                     'request-incomplete.no-job')
                   END AS wants_job,
                   matches(s.text, 'request-incomplete.resume', 'request-incomplete.except')
                   AS resume,
                   -- In words or by name; where nobody did, there is nothing to say.
                   CASE WHEN NOT EXISTS (SELECT 1 FROM ref AS f
                                         WHERE f.note = c.note AND f.field = 'referred-by')
                             AND (c.note IS NOT NULL
                                  OR NOT EXISTS (SELECT 1 FROM attendance AS a
                                                 JOIN sender AS f ON f.person = a.person
                                                 WHERE a.note = s.note))
                        THEN 1
                        ELSE CASE matches(s.text, 'request-incomplete.sender')
                             WHEN 1 THEN 1
                             WHEN 0 THEN iif(c.note IS NOT NULL,
                                  (SELECT max(instr(lower(s.text), f.first)
                                              OR instr(lower(s.text), f.last))
                                   FROM sender AS f WHERE f.person = c.note),
                                  (SELECT max(instr(lower(s.text), f.first)
                                              OR instr(lower(s.text), f.last))
                                   FROM attendance AS a JOIN sender AS f ON f.person = a.person
                                   WHERE a.note = s.note))
                             END
                   END AS sender
            FROM section AS s
            LEFT JOIN contact AS c ON c.note = s.note
            LEFT JOIN meeting AS m ON m.note = s.note
            WHERE s.name = 'request' AND s.words > 0
              AND (c.note IS NOT NULL OR m.kind = 'informational')
            GROUP BY s.note) AS r) AS t
-- Beside a subquery SQLite does not look for the rows within r, where it would ask all again.
WHERE (t.lacks <> '' OR t.resume OR t.unread) IS (SELECT 1)
