-- id: a
-- kind: unwise
-- severity: warning
-- summary: a contact is there
-- setting: nudge.after span 1d   of another rule
SELECT note, name_line AS line, 1 AS col, note AS who, NULL AS since, NULL AS due, NULL AS until,
       'there is ' || name AS message
FROM note WHERE type = 'contact'
