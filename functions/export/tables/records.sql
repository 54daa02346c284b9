-- One row for each record of the day, published or rejected; lists are in tables of their own.
SELECT
  document_id, outcome, reason, title, standfirst, summary, site, url, language, topic,
  published_at, published_at_source, modified_at, timeline_at, processed_at,
  word_count, extraction_confidence, story_id, source_key, pipeline_version
FROM record_rows
ORDER BY processed_at DESC, document_id
