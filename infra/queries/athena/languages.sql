-- Languages: how many records each language has, from how many sites, and how many of them got no topic.
SELECT
  language, count(*) AS articles, count(DISTINCT site) AS sites,
  count(*) FILTER (WHERE topic IS NULL) AS without_topic
FROM records
WHERE day >= CAST(CAST(current_date - INTERVAL '30' DAY AS date) AS varchar) AND outcome = 'published'
GROUP BY 1
ORDER BY articles DESC, language
