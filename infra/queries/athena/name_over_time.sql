-- Name over time: how many articles a week name a company, person or place, in all spellings that contain the words.
SELECT CAST(date_trunc('week', timeline_at) AS date) AS week, name, kind, count(DISTINCT document_id) AS articles
FROM "names"
WHERE day >= CAST(CAST(current_date - INTERVAL '90' DAY AS date) AS varchar) AND lower(name) LIKE '%lowmarsh%'
GROUP BY 1, 2, 3
ORDER BY week DESC, articles DESC, name
