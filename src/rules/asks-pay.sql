-- id: asks-pay
-- kind: unwise
-- severity: warning
-- scope: note
-- summary: a question is about their pay
-- why: What somebody earns is nobody's business after ten minutes, and what the job pays can be
--      looked up. Asked here it costs you the good impression that you came for.
-- source: S2
-- remedy: ask the web instead, and ask them what nobody else can tell; or put '<!-- ivnotes-ignore:
--      asks-pay -->' before a question that you mean
SELECT q.note, q.line, q.col, NULL AS who, NULL AS since, NULL AS due, m.day AS until,
       '''' || iif(length(q.text) > 120, substr(q.text, 1, 117) || '...', q.text)
       || ''' asks about pay' AS message
FROM ahead AS m JOIN question AS q ON q.note = m.note
WHERE m.kind = 'informational'
  -- whatever goes on for longer is no question
  AND substr(q.text, 1, 1000) REGEXP
      -- the words themselves, but not where they are somebody's trade
      '\b(salar(y|ies)|wages?|remuneration|pay ?checks?|stock options|benefits? packages?'
      || '|pay (ranges?|scales?|grades?|bands?|rates?|raises?|packages?|rises?|steps?)|(base'
      || '|starting|take-home|hourly|annual|entry-level|average|typical) (pay|compensation'
      || '|earnings)|(the|your|total) compensation( (package|range))?|(signing |yearly |annual '
      || '|year-end |christmas )?bonus(es)?)\b(?!\W+(data|surveys?|benchmark\w*|stud(y|ies)'
      || '|software|systems?|tools?|model\w*|analy\w+|plan(s|ning|ner)?|budget\w*|negotiat\w*'
      || '|administrat\w*|transparency|equity|gaps?|account\w*|accruals?|expenses?|process\w*'
      || '|structures?|teams?|departments?|specialists?|managers?|consultants?|committees?'
      || '|claims?|forecast\w*|polic(y|ies)|laws?|theor(y|ies)|rounds?|questions?|points?'
      || '|tax(es)?|report\w*|entr(y|ies)|costs?|track)\b)'
      -- how much do you make, what does it pay
      || '|\bhow much (money )?(do|does|did|can|could|would|will|might|should|is'
      || '|are) [^?.;]{0,50}\b(earn(ing)?|paid|mak(e|ing)|pay(ing)?)\b(?!\s+(use|sense|sure|time'
      || '|of|up|attention|into|off|out|back|it|them|tax(es)?|in tax|decisions?|mistakes?'
      || '|changes?|heed|progress|for (?!this|the (job|role|position)|an? (\w+ )?(job|role'
      || '|position)))\b)'
      || '|\bwhat (do|does|did|can|could|would|will|might'
      || '|should) [^?.;]{0,60}\b(earn(?!\s+(?!a (year|month|week)|an hour)(your|an?|the|their'
      || '|his|her|my|trust|respect)\b)|pay(?!\s+(attention|off|back|for|dividends|into|out|heed'
      || '|close|most|much|special|more)\b)|make (a|per|each|every) (year|month|week|day)'
      || '|make an hour)\b'
      || '|\b(well|better|badly|fairly|poorly|highly|decently)[ -]paid\b'
      || '|\bpaid (well|better|badly|fairly|poorly|enough|decently|by the hour)\b'
      || '|\bhow much (you|they|one|people|he|she) (\w+ )?(earn|make|get paid|are paid|is paid)\b'
      || '|\bhow (well|badly|much|good|decent)\b[^?.;]{0,40}\b(paid|pays?|the pay)\b(?! (off'
      || '|attention|for|back|into|out))'
      || '|\bpays? (well|better|badly|poorly|decently|enough|a living wage)\b'
      || '|\b(is|was|how[’'']?s|what[’'']?s|about|discuss|on) (the|your|their|its) pay\b'
      || '|\b(make|earn) (six figures|a (good|decent) living)\b'
      -- benefits of theirs
      || '|\bbenefits (do|does|would|did) (you|they|it|(the|your) \w+) (get|offer|have|give'
      || '|provide|receive|pay)\b(?! (to )?(your |their |its |the )?(clients|customers|users'
      || '|members|patients))'
      || '|\b(days of|how much|how many) (paid )?(vacation|holiday|leave|time off)\b'
