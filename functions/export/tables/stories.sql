-- One row for each record and the story that it belongs to.
SELECT story_id, document_id, story_probability AS probability, timeline_at, processed_at, site, topic, title, url
FROM record_rows
WHERE outcome = 'published' AND story_id IS NOT NULL
ORDER BY story_id, timeline_at, document_id
