-- One row for the last alert of each record and each view that it was first for; `view` is empty where every view knew.
SELECT
  document_id, story_id, alert_id, alerted_at, view, published_at, published_at_source, processed_at, site, topic,
  title, url
FROM (
  SELECT *, unnest(CASE WHEN len(first_for) = 0 THEN [''] ELSE first_for END) AS view
  FROM record_rows
  WHERE outcome = 'published' AND alert_id IS NOT NULL
)
ORDER BY alerted_at DESC, document_id, view
