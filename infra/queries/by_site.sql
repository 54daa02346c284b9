-- What one site published, newest first.
SELECT timeline_at, title, topic, url, document_id
FROM "clipwire-records"."by-site"
WHERE site = 'The Harrowfield Courier' AND timeline_at >= '2020-01-01T00:00:00Z'
ORDER BY timeline_at DESC
