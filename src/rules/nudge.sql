-- id: nudge
-- kind: owed
-- to: person
-- severity: warning
-- scope: note
-- ends: search
-- summary: a request that stays silent gets one more message
-- brief: nudge WHO
-- why: Busy people overlook messages; silence is rarely a no. Ask once more, by another way than
--      the first: a call after a letter, a note after a call. Two messages into silence are enough,
--      and a third is a nuisance. A message that bounced was never read and counts for none.
-- source: S0 S1, own
-- remedy: ask once more and add the request under 'outreach', or write what they answered after it
--      ('yes', 'no', 'later DATE')
-- setting: nudge.after span 5bd   how long a request may stay silent
-- setting: nudge.bounced span 1bd   how soon to ask again after a message bounced
-- setting: nudge.messages count 2   how many messages one round of requests may have
-- setting: nudge.until span 30d   how long after it was due a second message still makes sense
-- setting: nudge.silence span 6m   after this long without a request the next one starts anew
SELECT r.person AS note, r.line, r.col, r.person AS who, r.day AS since, r.due,
       plus(r.due, setting('nudge.until')) AS until,
       'ask ' || n.name || iif(r.bounced, ' by ', ' once more, by ')
       || CASE
          WHEN r.channel IN ('phone', 'in-person', 'video')
              THEN iif(c.email IS NULL, 'letter', 'email')
          WHEN c.phone IS NULL AND c.email IS NOT NULL AND r.channel IS NOT 'email' THEN 'email'
          WHEN r.bounced AND c.phone IS NULL THEN iif(r.channel = 'letter', 'phone', 'letter')
          ELSE 'phone'
          END
       || iif(r.bounced, ': the ', ': no answer to the ') ||
          CASE r.channel
          WHEN 'phone' THEN 'call'
          WHEN 'video' THEN 'video call'
          WHEN 'linkedin' THEN 'message'
          WHEN 'in-person' THEN 'request'
          ELSE coalesce(r.channel, 'request')
          END
       || ' of ' || r.day || iif(r.bounced, ' bounced', '') AS message
FROM unanswered AS r
JOIN note AS n ON n.note = r.person
JOIN contact AS c ON c.note = r.person
WHERE r.messages < CAST(setting('nudge.messages') AS INTEGER)
  AND NOT EXISTS (SELECT 1 FROM record AS s
                  WHERE s.note = r.person AND s.seq > r.seq AND s.field = 'outreach' AND s.skipped)
  -- A pause moves a row with its end; that of an older round would come after what ended it.
  AND NOT EXISTS (SELECT 1 FROM request AS later
                  WHERE later.person = r.person AND later.day > r.day AND later.day <= c.paused)
