-- From publication to alert: minutes between the page's own time, our record and the alert, by site.
SELECT
  site, count(*) AS alerts, round(avg(date_diff('minute', published_at, alerted_at)), 1) AS after_publication,
  round(avg(date_diff('second', processed_at, alerted_at)) / 60.0, 1) AS after_processing
FROM (
  SELECT DISTINCT document_id, site, published_at, processed_at, alerted_at
  FROM alerts
  WHERE day >= CAST(CAST(current_date - INTERVAL '30' DAY AS date) AS varchar) AND published_at_source = 'declared'
) AS told
GROUP BY 1
ORDER BY alerts DESC, site
LIMIT 100
