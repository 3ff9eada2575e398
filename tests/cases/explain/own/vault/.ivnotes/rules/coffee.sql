-- id: dear-coffee
-- kind: owed
-- to: self
-- severity: info
-- scope: note
-- lapse: never
-- summary: coffee that cost more than it should
-- why: Meetings are for talking.
-- remedy: meet in a park
-- setting: dear-coffee.most count 8   what a coffee may cost
SELECT note, 1 AS line, 1 AS col, NULL AS who, NULL AS since, NULL AS due, NULL AS until,
       'dear' AS message
FROM meeting WHERE 0
