-- Authors: who wrote how much, for how many sites, and on what most lately.
SELECT author, count(*) AS articles, count(DISTINCT site) AS sites, max_by(topic, timeline_at) AS latest_topic
FROM authors
WHERE day >= CAST(CAST(current_date - INTERVAL '30' DAY AS date) AS varchar)
GROUP BY 1
ORDER BY articles DESC, author
LIMIT 100
