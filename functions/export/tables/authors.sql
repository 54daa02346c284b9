-- One row for each author of each record.
SELECT document_id, author, timeline_at, site, topic, title
FROM (SELECT *, unnest(authors) AS author FROM record_rows WHERE outcome = 'published')
ORDER BY author, timeline_at DESC, document_id
