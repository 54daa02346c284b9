-- Rejections by reason and site: what was wrong with the pages, with one of them as an example.
SELECT reason, site, count(*) AS pages, max(source_key) AS example
FROM rejections
WHERE day >= CAST(CAST(current_date - INTERVAL '30' DAY AS date) AS varchar)
GROUP BY 1, 2
ORDER BY pages DESC, reason, site
