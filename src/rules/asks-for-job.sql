-- id: asks-for-job
-- kind: unwise
-- severity: warning
-- scope: note
-- summary: a question asks for a job
-- why: You were given the time to learn, not to apply. Asking for a job, an opening or to be passed
--      on turns a conversation among colleagues into an interview that nobody agreed to, and it
--      looks desperate. Ask for advice, and jobs come up by themselves. Whoever would rather say
--      openly that they want to work there sets 'stance: candid'.
-- source: S1 S2 S4, against S3
-- remedy: ask what it takes, how they came in, whom else to talk to; or set 'stance: candid' in the
--      config or on the organization
SELECT q.note, q.line, q.col, NULL AS who, NULL AS since, NULL AS due, m.day AS until,
       '''' || iif(length(q.text) > 120, substr(q.text, 1, 117) || '...', q.text)
       || ''' asks for a job' AS message
FROM ahead AS m JOIN question AS q ON q.note = m.note
WHERE m.kind = 'informational'
  -- whatever goes on for longer is no question
  AND substr(q.text, 1, 1000) REGEXP
      -- are you hiring
      '\b(are|is) (you|they|it|there|any(one|body)|(your|the) (\w+ )?(company|firm|team'
      || '|department|office|agency|organi[sz]ation|group|employer|boss|county|city|school'
      || '|hospital|lab|studio))( (guys|all|still|currently|now|also|always|actively|thinking of'
      || '|planning on|going to be))* (hiring|recruiting|looking (to hire|for (\w+ )?(people'
      || '|staff|someone|somebody|anyone|help))|taking on (people|staff|anyone))\b'
      || '|\bwill (you|they|(your|the) \w+) be (hiring|recruiting)\b'
      -- is there an opening
      || '|\b(any|some|an?|upcoming|future|the|current|open|suitable)( (current|new|suitable|open'
      || '|other|upcoming|junior|entry-level|summer|part-time|possible|future'
      || '|job))* (openings?(?! (in the (market|schedule|calendar)|statements?|lines?|questions?'
      || '|remarks?|moves?|balances?|hours|nights?|days?|sentences?|you|your|they|used|for (a'
      || '|an) (debate|talk|conversation)))|vacanc(y|ies)|job opportunit(y|ies)|opportunit(y'
      || '|ies) (for me|here|to (join|work (for|with)))|open positions?|positions? (open'
      || '|available|here|for me|in your|on your|with your)|jobs? (open|available|here|for me'
      || '|in your|on your|with your|at your)|(role|place|spot|internship|seat|work'
      || '|room)s? (available|for me|for someone like me))\b'
      || '|\b(do you have|have you got|have you|could you (use|find)|can you (use|find)|is there'
      || '|are there) (any |an? |some )?(jobs?|positions?|internships?|vacanc(y|ies)'
      || '|openings?)\s*\?'
      || '|\b(will|would|could|might) (you|they|there|your \w+) (have|be) (an? |any '
      || '|some )?(\w+ )?(jobs?|positions?|internships?|vacanc(y|ies)|openings?|place|work) (for'
      || '|at|in|on|with)\b'
      || '|\b(know of|heard? of|aware of) (any|an?|some) (\w+ )?(jobs?|openings?|vacanc(y|ies)'
      || '|positions?)\b'
      -- hire me, consider me, take me
      || '|\b(hire|employ|recruit|take on|consider|interview)(ing)? (me|(someone|somebody'
      || '|a person|people|anyone|a candidate) (like me|with my))\b(?! (too|wrong|rude))'
      || '|\b(be|get|getting|being) considered for (a|an|the|any|your|this)\b'
      || '|\b(you|your \w+|they|the company) (\w+ ){0,3}(offer|give|get|find) me (an? |any |some '
      || '|the |your )?(\w+ )?(job|position|role|internship|place|work|chance to work'
      || '|(job )?interview|foot in)\b'
      || '|\b(can|could|may|might|should) i (\w+ )?(apply|work|start|join'
      || '|intern)\b[^?.;]{0,30}\b(here|for you|with you|at your|on your|in your|your (team'
      || '|company|firm|group|department))\b'
      || '|\bhow (can|could|do|would|might|should) i (get|land|find|go about getting) (an?|the'
      || '|your|this) (\w+ )?(job|position|role|internship|place|foot)\b[^?.;]{0,20}\b(here'
      || '|with you|at your|with your|on your|in your|at this (company|firm|office)'
      || '|in the door here)\b'
      || '|\bdo to (be|get) (hired|employed|taken on)\b(?! (in|into) (this|the|your|that) (field'
      || '|industry|profession|line|business|trade))'
      || '|\b(get|getting|be|being|gets) (hired|employed|taken on) (here|by you|(at|by|in'
      || '|on) your)\b'
      || '|\btake me on\b'
      || '|\bi( would|[’'']d) (like|love) to (work|join|start|be hired)\b[^?.;]{0,20}\b(here'
      || '|for you|at your|with you|for your|your (team|company))\b'
      -- pass me on
      || '|\b(you|your \w+|any(one|body)|some(one|body)|they|please)\b[^?.;]{0,40}\b(pass|forward'
      || '|hand|give|send|share|submit|put|circulate|recommend|drop)\w*( on| along| in| out'
      || '| around| them| him| her)? my (name|r[eé]sum[eé]s?|cv|details|application'
      || '|portfolio)\b(?! (a (read|look)|through|under))'
      || '|\b(recommend|refer) me (for|internally|to (hr|human resources|recruit\w*|(the'
      || '|your) (hr|hiring|boss|recruit|manager|director|human)))'
      || '|\bput in a (good )?word for me\b|\bput me forward\b|\bvouch for me\b'
      || '|\bkeep me in mind\b|\b(let me know|think of me|call me|contact me) (if|when|as soon as'
      || '|once|of|about|for)\b[^?.;]{0,60}\b(open(s|ing|ings)?( up)?|job|jobs|position|vacanc(y'
      || '|ies)|hiring)\b'
  -- Their own organization's stance comes before the config's.
  AND NOT EXISTS (SELECT 1 FROM attendance AS a
                  WHERE a.note = m.note
                    AND coalesce((SELECT max(o.stance)
                                  FROM ref AS r JOIN organization AS o ON o.note = r.target
                                  WHERE r.note = a.person AND r.field = 'organization'
                                    AND o.stance IS NOT NULL),
                                 setting('stance')) = 'candid')
