-- id: thank-you
-- kind: owed
-- to: person
-- severity: warning
-- scope: note
-- summary: thanks in writing to everybody you met
-- brief: thank WHO
-- why: They gave you their time for nothing. Few people say thank you in writing, and those who do
--      are remembered; a call or a word at the door does not stay on a desk. Everybody who sat with
--      you is thanked, on the day after at the latest. A catch-up among friends needs none.
-- source: S0 S1 S2 S3 S4
-- remedy: write a card, a letter or an email, and add 'thank-you: DATE card' to the meeting, or
--      'thank-you: skipped' if none is called for
-- setting: thank-you.after span 1d   how long after the meeting thanks are due
SELECT m.note, m.line, m.col, m.who, m.day AS since,
       plus(m.day, setting('thank-you.after')) AS due, NULL AS until,
       'thank ' || m.name || ' in writing for the meeting of ' || m.day AS message
FROM unthanked AS m
