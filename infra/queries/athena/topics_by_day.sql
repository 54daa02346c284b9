-- Topics by day: how many records of each main topic were processed on each day.
SELECT day, topic, count(*) AS articles
FROM topics
WHERE day >= CAST(CAST(current_date - INTERVAL '30' DAY AS date) AS varchar) AND is_first
GROUP BY 1, 2
ORDER BY day DESC, articles DESC, topic
