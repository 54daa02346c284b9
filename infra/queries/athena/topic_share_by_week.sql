-- Topic share by week: of the week's records with a topic, how many per cent have it as their main one.
SELECT week, topic, articles, round(100 * CAST(articles AS double) / sum(articles) OVER (PARTITION BY week), 1) AS share
FROM (
  SELECT CAST(date_trunc('week', CAST(day AS date)) AS date) AS week, topic, count(*) AS articles
  FROM topics
  WHERE day >= CAST(CAST(current_date - INTERVAL '90' DAY AS date) AS varchar) AND is_first
  GROUP BY 1, 2
) AS counted
ORDER BY week DESC, share DESC, topic
