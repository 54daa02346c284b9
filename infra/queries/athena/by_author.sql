-- By an author: all that one person wrote, newest first.
SELECT timeline_at, site, topic, title, document_id
FROM authors
WHERE day >= CAST(CAST(current_date - INTERVAL '365' DAY AS date) AS varchar) AND lower(author) LIKE '%halloran%'
ORDER BY timeline_at DESC, document_id
