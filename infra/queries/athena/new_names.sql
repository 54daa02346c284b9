-- New names: people and organisations that were named this week and not in the ninety days before.
SELECT name, kind, count(DISTINCT document_id) AS articles, min(timeline_at) AS first_at
FROM "names"
WHERE day >= CAST(CAST(current_date - INTERVAL '97' DAY AS date) AS varchar) AND kind <> 'place'
GROUP BY 1, 2
HAVING min(day) >= CAST(CAST(current_date - INTERVAL '7' DAY AS date) AS varchar)
ORDER BY articles DESC, name
LIMIT 50
