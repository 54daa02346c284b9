-- From publication to record: hours between the page's own time and ours, by site, for pages that state their time.
SELECT
  site, count(*) AS articles, round(avg(date_diff('minute', published_at, processed_at)) / 60.0, 1) AS hours,
  round(max(date_diff('minute', published_at, processed_at)) / 60.0, 1) AS longest
FROM records
WHERE day >= CAST(CAST(current_date - INTERVAL '30' DAY AS date) AS varchar)
  AND outcome = 'published' AND published_at_source = 'declared'
GROUP BY 1
ORDER BY articles DESC, site
LIMIT 100
