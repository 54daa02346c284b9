-- Sites by articles: who published how much, how long the articles are, and when the newest came.
SELECT site, count(*) AS articles, round(avg(word_count)) AS words, max(timeline_at) AS newest
FROM records
WHERE day >= CAST(CAST(current_date - INTERVAL '30' DAY AS date) AS varchar) AND outcome = 'published'
GROUP BY 1
ORDER BY articles DESC, site
LIMIT 100
