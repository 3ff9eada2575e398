-- id: guest-paid
-- kind: unwise
-- severity: info
-- scope: note
-- summary: they paid for the coffee, and you had asked for it
-- why: You were the one who wanted to meet, and their time was free already. Pay for their coffee or
--      their meal, and ask for the check early, so that there is no debate. What their company's
--      canteen serves is no present of theirs.
-- source: S3
-- remedy: nothing to mend here, thank them for it; 'paid: their-company' if it was the company's
-- setting: guest-paid.until span 14d   how long the lesson is shown
SELECT m.note, coalesce(m.paid_line, 1) AS line, 1 AS col, p.who, m.day AS since, NULL AS due,
       plus(m.day, setting('guest-paid.until')) AS until,
       'paid for by ' || p.names || ', whom you had asked to meet' AS message
FROM took_place AS m JOIN people AS p ON p.note = m.note
WHERE m.kind = 'informational' AND m.known AND m.paid = 'them'
