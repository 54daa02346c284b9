-- All about a name: what was published last week that names a company, person or place, newest first.
SELECT DISTINCT timeline_at, site, topic, title, document_id
FROM "names"
WHERE day >= CAST(CAST(current_date - INTERVAL '7' DAY AS date) AS varchar) AND lower(name) LIKE '%lowmarsh%'
ORDER BY timeline_at DESC, document_id
