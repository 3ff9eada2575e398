-- id: coffee
-- kind: unwise
-- severity: info
-- summary: coffee costs
-- setting: coffee.most count 3   how many cups
SELECT note, 1 AS line, 1 AS col, NULL AS who, NULL AS since, NULL AS due, NULL AS until,
       'coffee' AS message FROM note WHERE 0
