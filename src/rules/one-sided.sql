-- id: one-sided
-- kind: unwise
-- severity: info
-- scope: note
-- summary: no question is about the field, the job or the company
-- why: Your questions should be about the field, the job and the company, and not only about one
--      part of your contact's career. You are finding out whether the work is for you; how somebody
--      else came to it is only where that begins.
--      Among friends, family and mentors it may be about them.
-- source: S2
-- remedy: ask what the work, the company or the field is like
-- pattern: one-sided.also   further patterns of what is about the field, the job or the company
--      \b(fields?|industr(y|ies)|professions?|trades?|sectors?|lines? of (work|business)
--        |branch(es)?)\b
--      \b(jobs?|roles?|positions?|occupations?|careers?|crafts?)\b
--      \b(your|the|this|such|of|at|good|bad|own) work\b
--      \bworks?\b
--      \b(compan(y|ies)|firms?|organi[sz]ations?|agenc(y|ies)|employers?|business(es)?
--        |corporations?)\b
--      \b(offices?|teams?|departments?|division|lab|clinic|school|hospital|museum)\b
--      \b(county|city|union|management|boss|bosses|managers?|colleagues?|staff|employees?)\b
--      \b(markets?|clients?|customers?|competit\w+|suppliers?|vendors?|products?|services?
--        |projects?)\b
--      \b(culture|software|systems?|tools?|technolog(y|ies)|trends?|methods?|standards?
--        |regulations?)\b
--      \b(hire|hires|hiring|recruit\w*|candidates?|freelancers?|applicants?|trainees|interns
--        |beginners)\b
--      \b(merger|payroll|budgets?|schedule|program|strategy|mission|values|laws?)\b
--      \bhow (do|does) (you|one|they|it|the|your|a|an|[a-z]+s)\b
--      \b(what|which|where|when|whom?|why) (\w+ ){0,2}do (you|they|people|clients)\b
--      \b(what|how) (is|are) the\b
--      \b(what|which) (changes|matters|happens|counts|surprises|sells|makes|will)\b
--      \bhow (large|big|old|many|much|often)\b
--      \b(pay|pays|salar(y|ies)|wages?)\b
-- pattern: one-sided.except   patterns of what is about the person only
--      \b(how|why|when|where|what|who) did you [^?.;,\n]*
--      \b(how|why|when|where) (you|were you) [^?.;,\n]*
--      \bwhat (\w+ )?(made|led|drew|brought|inspired|attracted|motivated|convinced
--        |took) you [^?.;,\n]*
--      \bwhat (job|position|role) (did|were|was) [^?.;,\n]*
--      \b(did|were|was) you [^?.;,\n]*
--      \bhave you (always|ever|been|had) [^?.;,\n]*
--      \bhow long (have|did|were) [^?.;,\n]*
--      \byour (own )?(background|story|first|goals?|plans?|careers?|stud(y|ies)|degree|education
--        |path|journey|ambitions?|dreams?|strengths?|weakness(es)?|r[eé]sum[eé]|hobbies) [^?.;,\n]*
--      \b(where do you |do you )?(see|picture|imagine) yourself [^?.;,\n]*
--      \bwhat do you wish\b[^?.;,\n]*
--      \b(chang|switch)\w+ (fields|jobs|careers)\b
--      \bintroduce me to [^?.;,\n]*
--      \b(would|do) you (still )?(like|want|hope|plan|intend|wish) to [^?.;,\n]*
--      \bwould you (choose|do|take|become) [^?.;,\n]*
--      \bwhat would you (do|have done|like) [^?.;,\n]*
--      \bwho (taught|trained|mentored|helped) you\b[^?.;,\n]*
--      \bwhom? (else )?(should|could|would|can|might|do) (i|you) [^?.;,\n]*
--      \bare you (happy|proud|glad|married|from)\b[^?.;,\n]*
--      \bwhat (was|were) your [^?.;,\n]*
--      \bhow old were you\b[^?.;,\n]*
--      \bthe (one|first|best) thing you\b[^?.;,\n]*
--      \b(do|will) you miss [^?.;,\n]*
--      \b(do|will) you (still )?(remember|play|live) [^?.;,\n]*
--      \b(can|may|could|shall|should|would) i [^?.;,\n]*
--      \bhow (is|was|were) your [^?.;,\n]*
--      # courtesies, and what is arranged
--      \b(how )?(is|are|was|were|did) (your|the|you) ((\w+ ){0,2}(parents?|mother|father|mum|mom
--        |dad|sister|brother|wife|husband|partner|kids|children|son|daughter|family|move|trip
--        |flight|holidays?|vacation|weekend|wedding|baby|garden|house|flat|dog|cat|knee|journey
--        |party|concert|marathon)|(get|arrive|sleep|drive) (home|well|here|back
--        |safely))\b[^?.;,\n]*
--      \b(can|could|would|will) you (\w+ )?(send|put|give|lend|introduce|connect|bring|call|write
--        |show|tell) me (\w+ )?(?!(about|how|what|why|where|through|whether|around)\b)[^?.;,\n]*
--      \bwould you (\w+ )?(like|prefer|care for|want|mind) (me|some|a|an|tea|coffee|to (meet|see
--        |have|come|get|be)|if i|the book)\b[^?.;,\n]*
--      \bdo you still (?!(work|use|need|do|have to|see|get|find|make|teach|train|weld|write|code
--        |program)\b)\w+[^?.;,\n]*
--      \bwould (an? )?(other |earlier |later )?(mon|tues|wednes|thurs|fri|satur|sun)day\b[^?.;,\n]*
--        |\bwould (tomorrow|next week|noon|the morning|morning|lunch|coffee|\d+)\b[^?.;,\n]*
--      ^\W*(say )?thank(s|ing)? (you|her|him|them|for|to)\b[^?.;\n]*
--      # people, and what was theirs
--      \bdo you (\w+ )?know (of )?(any|some|an)(one|body|other)?\b[^?.;,\n]*
--        |\bdo you (\w+ )?know (a \w+|people)\b[^?.;,\n]*
--      \bwhom? else\b[^?.;,\n]*
--      \b(is|are) there (an? |any |some |other )?(\w+ )?(recruiters?|colleagues?|people|person
--        |anyone|anybody|someone|somebody|association|group) (\w+ )?(you|i|who|that
--        |else)\b[^?.;,\n]*
--      \b(which|what) (\w+ )?(jobs?|roles?|positions?) did you\b[^?.;,\n]*
--      \b(tell|telling) me (\w+ )?your (story|background)\b[^?.;,\n]*
--      \bcareer so far\b|^\W*why (this|the|your|that) \w+\W*$|\bjob search\b
--        |\b(job )?interview like when you\b|\bcareer (history|story)\b|\bhow it (all )?(began
--        |started)\b
--      \bwhat (was|were) (the|your) (job interview|interview|first)\b[^?.;,\n]*
--      \b(my|our) (resume|r[eé]sum[eé]|cv|plan|portfolio|cover letter|application|pitch|profile)\b
SELECT m.note, q.line, q.col, p.who, NULL AS since, NULL AS due, m.day AS until,
       'no question for ' || p.names || ' is about the field, the job or the company' AS message
FROM one_sided AS m
JOIN question AS q ON q.note = m.note AND q.seq = 0
JOIN people AS p ON p.note = m.note
UNION ALL
SELECT q.note, q.line, q.col, NULL, NULL, NULL, m.day,
       q.quote || ' took too many steps to compare with one-sided''s patterns'
FROM ahead AS m JOIN quotation AS q ON q.note = m.note
WHERE m.kind = 'informational'
  AND (matches(q.text, 'one-sided.also') IS NULL OR matches(q.text, 'one-sided.except') IS NULL)
