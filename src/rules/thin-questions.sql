-- id: thin-questions
-- kind: unwise
-- severity: info
-- scope: note
-- summary: the questions leave out a topic
-- why: An hour with somebody in the field answers what no page does: how they started, where paths
--      lead, what the days and the life are like, what it takes, what they advise, where they want
--      to be, what is hard, and whom else to ask. What is not asked is not learned, and the next
--      chance may be months away. While there are fewer questions than 'prepare' counts, it alone
--      speaks.
--      Friends, family and mentors are asked without a list.
-- source: S2 S4
-- remedy: add a question about it, or ask for less with 'thin-questions.topics'; what was asked of
--      the same person in another meeting counts
-- setting: thin-questions.topics words start,paths,workload,lifestyle,qualifications,advice,goals,challenges,who-else
--      what to ask about: some of these, or none
-- pattern: thin-questions.start   further patterns of questions about how they began
--      \bhow did you( \w+)? (get|come|start|begin|end up|find|choose|decide|land|fall|become
--        |enter|discover|hear|learn|move|switch|make the (move|switch|change|leap)|break)\b
--      \b(how|when) you (\w+ )?(got|came|started|began|ended up|found|chose|decided|landed|became
--        |entered|joined)\b
--      \bgot you (started|into|interested)\b
--      \bwhat (\w+ )?(made|led|brought|drew|attracted|inspired|motivated|convinced|took) you\b
--      \bwhy did you( \w+)? (become|choose|go|pick|decide|study|leave|join|take|move|switch|get
--        |enter|start|apply)\b
--      \byour (own )?(background|career (so far|path|story)|story|journey|education|training
--        |route|way (in|into|here))\b
--      \byour (very )?first (\w+ )?(job|role|position|steps?|days?|weeks?|months?|years?
--        |interview|employer|assignment)\b
--      \bwhat did you (\w+ )?(do|study|work|learn)\b[^?.;\n]* (before|first|at (college|school
--        |university))\b
--      \bwhat did you study\b
--      \bwhat (position|job|role) did you start\b
--      \b(were|are) you (first )?hired (for|as)\b
--      \bposition were you hired\b
--      \bhow long have you\b
--      \bhow long did it take you\b
--      \bwho (taught|trained|mentored|helped|hired) you\b
--      \bwhere did you (start|begin|train|study|earn|learn|go to|work before)\b
--      \bwhen did you (\w+ )?(know|decide|start|begin|join|first|reali[sz]e|become)\b
--      \b(did|have) you always\b
--      \bwhen you (\w+ )?(started|began|joined|changed|were (new|hired|young))\b
--      \bleaving (the|your|that) \w+
--      \bbefore (this|that|you (came|joined|started|became))\b
--      \bdid you (\w+ )?(apply|study|train|start|begin|grow up|go to|have to change|always|plan
--        |mean|learn)\b
--      \byour path\b
--      \bhow old were you\b
--      \b(accident|luck|chance|plan|coincidence) that you\b
--      \byou (became|become) an? \w+
--      \bchanged for you\b
--      \bfirst (\w+ )?(years?|months?|weeks?|days?) (like|hard|here|on the job)\b
--      \bhow were the first\b
--      \bsurprised you\b
-- pattern: thin-questions.paths   the same about where a career leads
--      \bcareer (paths?|ladders?|tracks?|trajector(y|ies)|progress\w*|options|steps?|moves?
--        |growth|develop\w*)\b
--      \bcareers? (like|look|develop|usually|end|go|lead)\w*\b
--      \b(?<!your )(paths?|routes?|roads?) (into|in|to|open|do|that|people|from|up|ahead|forward
--        |lead|are|there)\b
--      \bways (in|into|up|to get into)\b
--      \bnext (step|move|role|rung|job) (for (somebody|someone|people|an?|the)|up|after|from|in)\b
--      \bpromot(e|ed|ion|ions)\b
--      \b(career )?advance(ment|s|d)?\b
--      \b(move|moves|work|works|rise|rises|climb|climbs) (\w+ )?(up|way up)\b
--      \brise (to|without|in|from|within|here)\b
--      \bget ahead\b
--      \bwhere (do|can|could|does|would|might|will) [^?.;\n]{0,50}\b(from here|from there
--        |after (this|that|it|a few)|lead|leads|end up|go next|afterwards)\b
--      \b(opportunities|chances|room|scope) (for|to|of) (\w+ )?(growth|advanc\w+|promotion|grow
--        |rise|move up|develop\w*)\b
--      \bprospects\b
--      \bhow do (people|trainees|most|others|beginners|graduates|newcomers|new \w+
--        |(\w+ )?candidates) (\w+ )?(get|come|move|start|break|enter|advance|progress|rise
--        |make it|find)\b
--      \bbreak(ing)? into\b
--      \b(switch|move|go) (on |over )?(from \w+ )?(in)?to \w+( \w+)? (later|afterwards|from)\b
--      \b(job )?titles should\b
--      \bentry[- ](level|points?)\b
--      \bspeciali[sz](e|es|ations?)\b
--      \bwhat (other )?(jobs|roles|positions|careers) (can|could|do|does|would|lead|open
--        |are (open|there))\b
--      \b(what|which) (\w+ )?(positions|jobs|roles|careers|fields|specialties|areas) (exist
--        |are there|do people|can one|could i|would|open)\b
--      \bi (\w+ )?(be|do|become|end up|get to)\b[^?.;\n]{0,20}\bin (a few|two|three|five|ten
--        |\d+) years\b
--      \bsteps (to|towards?|on the way)\b
--      \b(people|one|somebody|they|most) (\w+ )?(switch|move|change|go|transfer)(es|s)? (to|into
--        |over|on)\b
--      \bgo (on )?from (it|here|there|a|an|that|this)\b
--      \bgo on from\b
--      \bstay (in|at|with) (one|a|the|their|this) (\w+ )?(position|job|role|company|place)\b
--      \bwhat (\w+ )?comes (after|next)\b
-- pattern: thin-questions.workload   about what the days are like
--      \b(typical|average|normal|usual|ordinary|busy|regular|quiet|good|bad) (work ?
--        |working )?(day|week|month|morning|afternoon|monday|tuesday|wednesday|thursday|friday
--        |shift|year)\b
--      \b(days?|weeks?|months?|mornings?|years?|seasons?) (\w+ ){0,3}looks? like\b
--      \bday[- ]to[- ]day\b
--      \bdaily\b
--      \b(how many|long|working|office|extra|late|many|your|the|regular|billable) hours\b
--      \bhours (a|per|do|are|is|in|like)\b
--      \bovertime\b
--      \bwork ?loads?\b
--      \b(busy|busiest|slow|quiet|high) (seasons?|times?|periods?|months?|weeks?|days?)\b
--      \bbus(y|ier|iest)\b
--      \bseasonal\b
--      \bdeadlines?\b
--      \bshifts\b
--      \b(tasks|duties|chores|routines?)\b
--      \bresponsib(le for|ilit(y|ies))\b
--      \bwhat do you (\w+ )?do (all|every|each|most|on a|in a|during)\b
--      \bhow many [^?.;\n]{1,40} (do|does|would|will) (you|one|somebody|someone|people|the team
--        |an? \w+)\b
--      \bhow much (of (your|the|a|an) (day|time|week|work|job)|time|overtime|notice|paperwork
--        |routine|of it)\b
--      \b(spend|spends|fill|fills|eat|eats) (\w+ ){0,3}(day|days|time|week|weeks|hours|morning
--        |mornings)\b
--      \btakes? up (\w+ )?(most|much|the bulk)\b
--      \b(involve|involves|entail|entails)\b
--      \bwalk me through\b
--      \bhow (long|full) (are|is) (your|the|a|an) (\w+ )?(days?|weeks?|shifts?)\b
--      \bwork (\w+ )?(on |at )?(weekends|nights|evenings|holidays|sundays|saturdays)\b
--      \bwhat (does|do|would|will) [^?.;\n]{0,40}\b(days?|weeks?|months?|hours?|mornings?
--        |evenings?|seasons?)\b
--      \bwhat (does|do|did|would) (\w+ )?(january|february|march|april|may|june|july|august
--        |september|october|november|december)\b
--      \bhow (heavy|busy|hectic|intense) (is|are|does|do|was)\b
--      \bhow long is (a|an|the|your) (?!(course|training|program|degree|class|exam))
--      \b(heaviest|longest|lightest|worst|hardest|best) (day|week|month|season|time of)\b
--      \b(week|day|month) is the\b
--      \bconsists? of\b
--      \bhour by hour\b
--      \b(before|until|till|after|by) (seven|eight|nine|five|six|noon|midnight)\b(?=\W*$
--        | (o'clock|in|at)\b)
--      \bhow many (projects|cases|clients|patients|meetings|calls|tasks|files|orders|reports
--        |students|guests)\b
-- pattern: thin-questions.lifestyle   about how one lives with it
--      \blife ?styles?\b
--      \bwork[- /](and )?life\b
--      \bfamil(y|ies)\b
--      \b(kids|children|child)\b
--      \b(private|personal|social|family|your|outside) (life|lives)\b
--      \blife (of|as|outside|beside|after|with|look|like|is|next)\b
--      \b(free|spare|leisure) time\b
--      \b(vacations?|holidays|weekends?|(your|in the|my) evenings?|nights|hobb(y|ies)|sports?)\b
--      \btravel\w*\b
--      \bon the road\b
--      \bcommut(e|es|ing)\b
--      \brelocat\w+\b
--      \bremote(ly)?\b
--      \b(from|at|work|you) home\b
--      \bhome office\b
--      \bhybrid\b
--      \bflexib\w+\b
--      \bpart[- ]time\b
--      \bstress\w*\b
--      \bburn(ed|t)? ?out\b
--      \b(time|under|much|the) pressure\b
--      \bdress( code)?\b
--      \bopen[- ](plan|seat|office)\b
--      \bon call\b
--      \bphysically\b
--      \bswitch off\b
--      \b(exhausting|tiring|hectic|pace|draining)\b
--      \blive (in|outside|near|close|away|abroad|anywhere)\b
-- pattern: thin-questions.qualifications   about what it takes
--      \bqualif\w+
--      \b(degrees?|diplomas?|master'?s|bachelor'?s|ph\.? ?d|mba|gpa)\b
--      \bcertif\w+
--      \blicen[sc]\w+
--      \b(courses?|coursework|classes|credentials?|prerequisites?|portfolio)\b
--      \btraining\b
--      \bskills?\b
--      \b(my|what|which|right|academic|technical) (\w+ )?background\b
--      \beducation\w*\b
--      \b(should|must|need to|have to) (i|one|somebody|someone|a \w+) (\w+ )?(stud(y|ied)|learn
--        |know|have|bring)\b
--      \b(require|required|requires|requirements?)\b
--      \bwhat (does|do|would|will|did|must|should) (it|you|i|one|somebody|someone) (\w+ )?(take
--        |need|have to|bring)\b
--      \bneed(ed)? to (get|become|enter|break|work|start|know|have|be|learn|do)\b
--      \bdo i need\b
--      \b(you|they|he|she|employers?|managers?|teams?|people) (\w+ )?looks? for (in|when)\b
--      \bstands? out\b
--      \b(good|strong|ideal|right|successful|best) (candidates?|applicants?|fit)\b
--      \b(kind|kinds|sort|type|types) of (person|people|personality|personalities|candidate)\b
--      \b(traits?|qualities|strong suit|talents?|aptitudes?)\b
--      \bgood at\b
--      \bshould i (\w+ )?(get|have|take|earn|do) (an?|the|my) (\w+ )?(degree|certificate|course
--        |class|exam)\b
--      \b(do|does|would|must|should|will) (i|one|somebody|someone|you) (\w+ )?(have to 
--        |need to )?(know|speak|be able)\b(?! (of|anyone|anybody|someone|somebody|people|whether
--        |if|that|about|professor|each))
--      \blanguages\b
--      \b(personality|personalities|temperament|character)\b
--      \b(see|find|want|expect|appreciate|value) (\w+ ){0,3}(in|from|of) (an? )?(beginner
--        |newcomer|candidate|applicant|graduate|trainee|new \w+)\b
--      \b(what|which|much|any|work|enough|prior|previous|relevant|without|years of
--        |more) (\w+ )?experience (do|does|did|is|would|to|should|that|in|counts?|matters?
--        |needed)\b
--      \b(without|enough|years of|relevant|previous) (\w+ )?experience\b
--      \b(have to|need to|must i|should i) (know|speak|be able)\b
--      \bon paper\b
--      \bwould you (have|want|like|expect) (\w+ ){1,4}(to )?(have )?(learn|learned|know|bring
--        |study)\b
--      \bwould you (study|learn)\b
--      \b(what|which) [^?.;\n]{0,30}\bdo you still (use|lean on|need)\b
--      \bexperience\b[^?.;\n]{0,20}\b(count|matter|help|need|requir|valu)\w*
-- pattern: thin-questions.advice   about what they advise
--      \badvi[cs]e\b
--      \brecommend\w*
--      \bsuggest\w*
--      \b(tips?|hints?|pointers?)\b
--      \bin my (place|shoes|position|situation)\b
--      \bdo(ne)? (\w+ )?differently\b
--      \b(wish|wished) (you|somebody|someone|people|they)\b
--      \b(known|knew) (before|then|when|earlier|at the start)\b
--      \bwhat (would|should) (you|somebody|someone|a beginner|a newcomer|one|i) (\w+ )?(do|learn
--        |tell|avoid|read|say|focus|start)\b
--      \bmistakes?\b
--      \b(avoid|pitfalls?)\b
--      \bworth (my |the )?(\w+ )?(reading|learning|joining|doing|knowing|attending|time)\b
--      \b(look|looks|read|go|going|review|improve|good|strong|wrong with
--        |think of) (\w+ ){0,3}(r[eé]sum[eé]s?|cv|portfolio)\b
--      \bfind out (whether|if)\b
--      \b(best|right|quickest|fastest|smartest) (way|place|time) (to|for|into|of|in)\b
--      (?<!did you )\bprepare\b
--      \bhow (can|could|should|would|might|do) (i|one|somebody|someone) (\w+ )?(improve
--        |get started|start|find|learn|build|gain|get|make|become|stand|test|try|tell)\b
--      \bif you (were|had|have|started|began|could (start|go back|do|choose|begin))\b
--      \bmy (cover letter|r[eé]sum[eé]|cv|portfolio|pitch|profile)\b
--      \bwould you (\w+ )?(tell|warn|say to)\b
--      \byou( would|\'d) (\w+ )?(tell|warn|say to)\b
--      \bknowing what you\b
--      \bworth following\b
--      \b(blogs?|journals?|podcasts?|newsletters?)\b
--      ^(?!.*\bwhom?\b).*\bshould (i|my)\b
--      \bwould you (have|want|like) (me|us|somebody|someone|an? \w+( \w+)?) (to )?(have )?(read
--        |learn|learned|know|do|see|bring|study)\b
--      \bwould you (study|learn|read|take again)\b
-- pattern: thin-questions.goals   about where they want to be
--      \byour (own |personal |professional |career |long-term |next |future )*(goals?|plans?
--        |ambitions?|aims?|dreams?|hopes?|future)\b
--      \byour next (step|move|role|job|project|years?|chapter|challenge)\b
--      \b(see|picture|imagine|want) (yourself|you (to be|in))\b
--      \bnext (two|three|five|ten|few|\d+) years\b
--      \b(would|do|did) you (\w+ )?(like|want|hope|plan|intend|wish|aim|expect
--        |mean) to (\w+ )?(do|be|stay|achieve|become|move|go|change|reach|learn|accomplish|work
--        |retire|try|leave|keep|build|lead|run)\b
--      \byou (\w+ )?hop(e|ing) (to|for)\b
--      \bnext for you\b
--      \bwhere are you (\w+ )?(headed|heading|going)\b
--      \b(want|like|hoping|trying) to (achieve|accomplish|do next|reach)\b
--      \bretire\b
--      \byou (\w+ )?(working|aiming|striving|looking) (towards?|for|at|forward to) \w+ (career
--        |years|yourself)\b
--      \b(you|yourself) (still |really |ever |also )?(want|hope|intend|wish|aspire|dream) (to
--        |of)\b(?! see)
--      \byou (\w+ )?(aiming|striving|working|heading|headed) (for|towards?|to)\b
--      \b(yourself|yours)\b[^?.;\n]{0,40}\bin (the next )?(a few|two|three|five|ten|fifteen
--        |twenty|\d+) years\b
--      \byou (\w+ ){0,3}(be|doing|stand|go)\b[^?.;\n]{0,20}\bin (the next )?(a few|two|three|five
--        |ten|fifteen|twenty|\d+) years\b
--      \bwhere will you\b
-- pattern: thin-questions.challenges   about what is hard, and what they are good at
--      \bchalleng\w+
--      \b(your|greatest|biggest|their) (\w+ )?(strengths?|weakness(es)?)\b
--      \b(hard|harder|hardest|difficult\w*|tough|tougher|toughest|tricky|trickiest|worst)\b
--      \bproblems?\b
--      \b(like|enjoy|love) (the )?least\b
--      \bleast (favou?rite|like|enjoy\w*|rewarding|pleasant)\b
--      \b(dislikes?|hate|hates)\b
--      \b(frustrat|annoy|bother|struggl|disappoint)\w*
--      \b(obstacles?|hurdles?|drawbacks?|downsides?|disadvantages?|dark sides?|bad sides?
--        |headaches?|worr(y|ies))\b
--      \bkeeps? you (up|awake)\b
--      \bgo(es)? wrong\b
--      \bdriv\w+ you (mad|crazy|up the wall|nuts)\b
--      \bwhat would you change\b
--      \bif you could change\b
--      \byou (\w+ )?(best|good|strong\w*|better) at\b
--      \bunpleasant\w*
-- pattern: thin-questions.who-else   about whom else to ask
--      \bwhom? else\b
--      \b(any|some)(one|body) else\b
--      \b(people|person|colleagues?|names?|others|anyone|anybody|someone
--        |somebody)( \w+){0,4} (i (should|could|might|can|ought)|to (talk|speak|meet|ask|contact
--        |write|reach|interview))\b
--      \b(talk|speak|turn|write|reach out) to next\b
--      \bintroduce me\b
--      \bput me in (touch|contact)\b
--      \bconnect me\b
--      \bwhom? (should|could|would|can|might|do|ought) (i|you) (\w+ )?(talk|speak|ask|meet
--        |contact|write|turn|reach|recommend|suggest|go)\b
--      \b(know|suggest|recommend|name|think of) (me )?(of )?(\w+ )?(anyone|anybody|someone
--        |somebody|people|a person|colleagues?|others)\b
--      \b(refer|point|direct) me to\b
--      \b(worth|good to|right (person|people) to) (talk|speak|meet|ask)\w*\b
--      \b(admire|look up to|respect most)\b
--      \byou would (talk|speak|turn|listen) to\b
WITH topic (topic, key) AS (
  SELECT column1, 'thin-questions.' || column1
  FROM (VALUES ('start'), ('paths'), ('workload'), ('lifestyle'), ('qualifications'), ('advice'),
               ('goals'), ('challenges'), ('who-else'))
  WHERE instr(',' || setting('thin-questions.topics') || ',', ',' || column1 || ','))
SELECT m.note, q.line, q.col, p.who, NULL AS since, NULL AS due, m.day AS until,
       'the questions for ' || p.names || ' leave out ' || m.missing AS message
FROM (SELECT m.note, m.day,
             -- What was not asked of one of them. Where a pattern gave up, it may have been.
             (SELECT group_concat(replace(t.topic, '-', ' '), ', ')
              FROM topic AS t
              WHERE NOT EXISTS (SELECT 1 FROM question AS x
                                WHERE x.note = m.note AND matches(x.text, t.key) IS NOT 0)
                AND EXISTS (SELECT 1 FROM attendance AS a
                            WHERE a.note = m.note
                              AND NOT EXISTS (SELECT 1 FROM contact AS c
                                              WHERE c.note = a.person AND c.soft)
                              AND NOT EXISTS (SELECT 1
                                              FROM appointment AS o
                                              JOIN took_place AS b ON b.note = o.note
                                              JOIN question AS x ON x.note = b.note
                                              WHERE o.person = a.person
                                                AND matches(x.text, t.key) IS NOT 0))) AS missing
      FROM ahead AS m
      WHERE m.kind = 'informational') AS m
JOIN question AS q ON q.note = m.note AND q.seq = 0
JOIN people AS p ON p.note = m.note
WHERE m.missing IS NOT NULL
  -- One line is enough: that all of it is about the person says so, too.
  AND (setting('severity.one-sided') IS 'off'
       OR NOT EXISTS (SELECT 1 FROM one_sided AS o WHERE o.note = m.note))
  -- So is that they are too few.
  AND (setting('severity.prepare') IS 'off'
       OR (SELECT count(*) FROM question AS x WHERE x.note = m.note)
          >= CAST(setting('prepare.questions') AS INTEGER))
UNION ALL
SELECT q.note, q.line, q.col, NULL, NULL, NULL, m.day,
       q.quote || ' took too many steps to compare with '
       || (SELECT group_concat(t.key, ', ') FROM topic AS t WHERE matches(q.text, t.key) IS NULL)
FROM ahead AS m JOIN quotation AS q ON q.note = m.note
WHERE m.kind = 'informational'
  AND EXISTS (SELECT 1 FROM topic AS t WHERE matches(q.text, t.key) IS NULL)
