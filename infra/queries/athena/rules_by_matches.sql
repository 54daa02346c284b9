-- Rules by matches: how many records each rule caught in each week.
SELECT CAST(date_trunc('week', CAST(day AS date)) AS date) AS week, rule, count(*) AS matches
FROM matches
WHERE day >= CAST(CAST(current_date - INTERVAL '30' DAY AS date) AS varchar)
GROUP BY 1, 2
ORDER BY week DESC, matches DESC, rule
