-- Names beside a name: which other people, organisations and places stand in the articles that name one.
SELECT other.name, other.kind, count(DISTINCT other.document_id) AS articles
FROM "names" AS one
JOIN "names" AS other ON other.document_id = one.document_id AND other.day = one.day AND other.name <> one.name
WHERE one.day >= CAST(CAST(current_date - INTERVAL '90' DAY AS date) AS varchar) AND lower(one.name) LIKE '%lowmarsh%'
GROUP BY 1, 2
ORDER BY articles DESC, name
LIMIT 50
