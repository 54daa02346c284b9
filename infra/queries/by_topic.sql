-- What was published on a topic, newest first. Topics: the slugs of the README's table.
SELECT timeline_at, title, site, url, document_id
FROM "clipwire-records"."by-topic"
WHERE topic = 'disaster' AND timeline_at >= '2020-01-01T00:00:00Z'
ORDER BY timeline_at DESC
