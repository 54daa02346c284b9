-- Outcomes by day: how many versions ended each day, and how.
SELECT day, outcome, count(*) AS versions
FROM history
WHERE day >= CAST(CAST(current_date - INTERVAL '30' DAY AS date) AS varchar)
GROUP BY 1, 2
ORDER BY day DESC, versions DESC, outcome
